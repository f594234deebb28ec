using System.Diagnostics;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.GridBenchmark;

/// <summary>
/// The whole ventricular cell of Nivala, de Lange, Rovetti and Qu 2012 (Front Physiol 3:114) in size: 100 × 20 × 10 release
/// units of 5 × 5 × 5 voxels, 100 RyR and 10 L-type channels each, every channel stochastic, cytosol, network SR and a
/// buffer in 2.5 million voxels; depolarised from t = 0. They report 10 minutes for a second of cell time on a Tesla C2050.
/// </summary>
internal static class CellBenchmark
{
    private const int PerUnit = 5;
    private const double SpacingX = 2, SpacingYZ = 1;

    private const string Parts = """
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing, volume: store.fraction }
        buffers:
          buffer: { use: stationary }
        mechanisms:
          serca: { use: serca.hill }
          leak: { use: leak, balance: rest }
        """;

    /// <summary>Runs a slice.</summary>
    /// <param name="seconds">Cell time, s.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="units">Release units along each direction.</param>
    public static Dictionary<string, double> Run<V>(double seconds, int threads, (int X, int Y, int Z) units)
        where V : unmanaged, ILanes<V>
    {
        var mesh = new Mesh(
            units.X * PerUnit, units.Y * PerUnit, units.Z * PerUnit, SpacingYZ / PerUnit, SpacingYZ / PerUnit, SpacingX / PerUnit, 3);
        GridMedium medium = BenchmarkMedium.Of(
            Parts, ("store.rest", 700), ("store.fraction", 0.055), ("buffer.total", 120), ("buffer.kon", 50), ("buffer.koff", 100), ("serca.vmax", 400));
        const ulong Key = 0x4E6976616C61;
        using var f = new GridFields<V>(mesh, medium, (1, 1, 1), medium.Parameters, threads);
        var rates = new SiteRates(
            new RyrSite(0.4, 130, 2000, 625, 400.0 * 400 * 400 * 400, 500, 80, 5), 0.1, 0.1, 10000, 800, 1);
        var places = new SitePlacement("lattice", units, (SpacingYZ, SpacingYZ, SpacingX), 0).Places(Key);
        var sources = new SiteSources(f.Rows, 0, 1, rates, places, Key, 0);
        using var groups = new SiteGroups<V>(sources, threads);
        f.Sources = sources;
        SiteTolerances.Set(f, sources);
        foreach (SiteState s in sources.Sites)
        {
            s.Total(0) = rates.JunctionTotal(700);
            s.Channels.Channels = 100;
            s.Channels.Countdown = -ScalarLog.Log(new RandomStream(Key, 0, (uint)s.Index).Pair(0).Odd);
            s.Channels.Draw = 1;
        }

        var lType = new LTypeChannels(sources.Sites, Key);
        using var control = new StepControl<V>(f, medium.Parameters) { Longest = 100e-6 };
        Action<int, int, int> gate = (thread, from, to) =>
        {
            lType.Gate(sources.FirstOfRow(from), sources.FirstOfRow(to), control.Dt);
            groups.Gate(thread, f.Sets[0], control.FirstRates!, control.Time, control.Dt, from, to);
        };
        double start = f.TotalCalcium() + sources.Amount, entered = 0, gating = 0;
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long clock = Stopwatch.GetTimestamp();
        while (control.Time < seconds && control.Failure is null)
        {
            control.Choose(seconds);
            long at = Stopwatch.GetTimestamp();
            f.Team.Run(gate);
            gating += Stopwatch.GetElapsedTime(at).TotalSeconds;
            if (control.Try())
            {
                lType.Commit();
                entered += control.Dt * sources.Sites.Sum(s => s.Trigger);
            }
        }

        double wall = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        double core = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        double end = f.TotalCalcium() + sources.Amount;
        return new(StringComparer.Ordinal)
        {
            ["voxels"] = (double)mesh.Nx * mesh.Rows,
            ["cell time, s"] = control.Time,
            ["threads"] = threads,
            ["steps"] = control.Steps,
            ["rejected"] = control.Rejected,
            ["spectral radius at the end, 1/s"] = control.Radius,
            ["channel events"] = sources.Sites.Sum(s => s.Channels.Draw - 1),
            ["wall seconds"] = wall,
            ["of these gating"] = gating,
            ["core seconds"] = core,
            ["wall minutes for a second of cell time"] = wall / control.Time / 60,
            ["core minutes for a second of cell time"] = core / control.Time / 60,
            ["mean cytosolic calcium at the end, µM"] = f.Amount(0) / (mesh.InsideCount * mesh.CellVolume),
            ["units that released 5 % of their junction"] = sources.Sites.Count(s => s.Released0 > 0.05 * 0.1 * rates.JunctionTotal(700)),
            ["calcium unaccounted for, relative"] = (end - start - entered) / start,
            ["checksum of the cytosol"] = f.Amount(0),
        };
    }
}
