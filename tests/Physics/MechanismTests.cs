using System.Reflection;
using CalciumSweep.Physics.Cell;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;
using CalciumSweep.Unit;

namespace CalciumSweep.Physics;

/// <summary>What every mechanism, found by reflection, owes its kernel.</summary>
public sealed unsafe class MechanismTests
{
    private const int Points = 400, MostOperations = 150;

    public static TheoryData<string> All => [.. MechanismCatalog.All.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Flux_is_inlined(string id) => Assert.True(MechanismCatalog.Of(id)!.Value.Open.GetMethod("Flux")!
        .MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining));

    /// <summary>Corners of the parameter box, then random points of it (uniform, or uniform in the logarithm).</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Flows_and_gates_are_finite_and_slopes_are_derivatives_over_the_whole_box(string id) => Call(nameof(Slopes), id, typeof(Lane1), typeof(Dual));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_lane_of_every_width_has_the_same_bits(string id) =>
        Call(nameof(Widths), id, typeof(Lane1), typeof(Lane2), typeof(Lane4), typeof(Lane8));

    [Theory]
    [MemberData(nameof(All))]
    public void Flux_allocates_nothing(string id) => Call(nameof(Allocation), id, typeof(Lane8));

    [Theory]
    [MemberData(nameof(All))]
    public void Operations_stay_below_the_cliff(string id) => Call(nameof(Operations), id, typeof(Tally));

    /// <summary>The page is written by docs/gallery.sh: a line of a mechanism that it has is the one that it would have now.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Describe_lists_its_law_and_source_and_the_page_of_laws_says_the_same(string id)
    {
        MechanismAnswer answer = MechanismLibrary.Of(id)!;
        Assert.NotEmpty(answer.Law);
        Assert.NotEmpty(answer.Source);
        Assert.Equal(MechanismCatalog.Of(id)!.Value.Info.Parameters.Select(p => p.Name), answer.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Repository.PathOf("docs", "laws.md")).Where(l => l.StartsWith($"- `{id}`:", StringComparison.Ordinal)))
        {
            Assert.Equal($"- `{id}`: {answer.Law}  ({answer.Source})", line);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_scenario_with_it_describes_its_parameters_and_validation_knows_their_bounds(string id)
    {
        MechanismInfo info = MechanismCatalog.Of(id)!.Value.Info;
        string folder = Directory.CreateTempSubdirectory("calciumsweep-mechanism-").FullName;
        try
        {
            string scenario = Path.Combine(folder, "one.yaml");
            File.WriteAllText(scenario, $$"""
                scenario: one
                geometry: { use: compartment }
                pools: { {{string.Join(", ", info.Pools.Append("cytosol").Distinct(StringComparer.Ordinal).Select(p => $"{p}: {{ use: mixed }}"))}} }
                mechanisms: { it: { use: {{id}} } }
                outcome: { use: oscillation }
                """);
            Model model = ScenarioLibrary.Load(scenario);
            foreach (RateInfo rate in info.Parameters)
            {
                CalciumSweep.Solver.Engine.ParameterInfo shown = model.Parameters[model.IndexOf($"it.{rate.Name}")];
                Assert.Equal((rate.Unit, rate.Default, rate.Min, rate.Max, rate.Meaning, info.Source), (shown.Unit, shown.Default, shown.Min, shown.Max, shown.Meaning, shown.Source));
                Assert.Contains($"it.{rate.Name}", Refusal(rate, (2 * rate.Max) + 1), StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Refusal(RateInfo rate, double value) => Assert.Throws<SpecException>(() => SpecReader.Parse(
            FormattableString.Invariant($"scenario: one.yaml\nset: {{ it.{rate.Name}: {value} }}\naxes:\n  - {{ parameter: duration, values: [1, 2] }}\n"),
            Path.Combine(folder, "spec.yaml"))).Message;
    }

    private static void Call(string test, string id, params Type[] lanes)
    {
        Type open = MechanismCatalog.Of(id)!.Value.Open;
        typeof(MechanismTests).GetMethod(test, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod([.. lanes.Select(v => open.MakeGenericType(v))]).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private static void Slopes<M, D>()
        where M : unmanaged, IMechanism<M, Lane1>
        where D : unmanaged, IMechanism<D, Dual>
    {
        MechanismInfo info = M.Info;
        foreach (var (parameters, pools, gates) in PointsOf(info))
        {
            RecordingCell<Lane1> cell = MechanismProbe.At<M, Lane1>(parameters, [.. pools.Select(Lane1.All)], [.. gates.Select(Lane1.All)]);
            foreach (Lane1 x in new[] { cell.J, cell.ByInto, cell.ByFrom, cell.Gain, cell.Loss }.SelectMany(x => x))
            {
                Assert.True(double.IsFinite(x.Value), $"{info.Id} at {string.Join(' ', parameters)} | {string.Join(' ', pools)} | {string.Join(' ', gates)}");
            }

            Assert.All(cell.Loss, loss => Assert.True(loss.Value >= 0, $"{info.Id}: a gate's loss is negative"));
            for (int f = 0; f < info.Flows.Count && info.HasSlopes; f++)
            {
                int into = info.Pools.ToList().IndexOf(info.Flows[f].Into), from = info.Pools.ToList().IndexOf(info.Flows[f].From ?? "");
                Same(info, parameters, pools, cell.ByInto[f].Value, DerivativeBy<D>(parameters, pools, gates, into, f), cell.J[f].Value / Math.Max(pools[into], 1e-3));
                if (from >= 0)
                {
                    Same(info, parameters, pools, cell.ByFrom[f].Value, DerivativeBy<D>(parameters, pools, gates, from, f), cell.J[f].Value / Math.Max(pools[from], 1e-3));
                }
            }
        }
    }

    // Rounding of a slope is at most some thousand times 2⁻⁵² of the largest term in it, which is of the order of j/c or of the slope.
    private static void Same(MechanismInfo info, double[] parameters, double[] pools, double slope, double derivative, double scale) =>
        Assert.True(
            Math.Abs(slope - derivative) <= 1e-11 * (Math.Abs(derivative) + Math.Abs(scale) + 1e-6),
            $"{info.Id}: {slope}, derivative {derivative} at {string.Join(' ', parameters)} | {string.Join(' ', pools)}");

    private static double DerivativeBy<D>(double[] parameters, double[] pools, double[] gates, int by, int flow)
        where D : unmanaged, IMechanism<D, Dual> =>
        MechanismProbe.At<D, Dual>(parameters, [.. pools.Select((p, i) => Dual.Of(p, i == by ? 1 : 0))], [.. gates.Select(Dual.All)]).J[flow].Slope;

    private static void Widths<M1, M2, M4, M8>()
        where M1 : unmanaged, IMechanism<M1, Lane1>
        where M2 : unmanaged, IMechanism<M2, Lane2>
        where M4 : unmanaged, IMechanism<M4, Lane4>
        where M8 : unmanaged, IMechanism<M8, Lane8>
    {
        foreach (var (parameters, pools, gates) in PointsOf(M1.Info))
        {
            long[] bits = MechanismProbe.Bits<M1, Lane1>(parameters, pools, gates);
            Assert.Equal(bits, MechanismProbe.Bits<M2, Lane2>(parameters, pools, gates));
            Assert.Equal(bits, MechanismProbe.Bits<M4, Lane4>(parameters, pools, gates));
            Assert.Equal(bits, MechanismProbe.Bits<M8, Lane8>(parameters, pools, gates));
        }
    }

    private static void Allocation<M>()
        where M : unmanaged, IMechanism<M, Lane8>
    {
        var (parameters, pools, gates) = PointsOf(M.Info).First();
        var values = stackalloc Lane8[parameters.Length + 1];
        for (int i = 0; i < parameters.Length; i++)
        {
            values[i] = Lane8.All(parameters[i]);
        }

        M mechanism = M.Load(new Rates<Lane8>(M.Info, values));
        var cell = new RecordingCell<Lane8>([.. pools.Select(Lane8.All)], [.. gates.Select(Lane8.All)], M.Info.Flows.Count);
        mechanism.Flux(ref cell);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            mechanism.Flux(ref cell);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Operations<M>()
        where M : unmanaged, IMechanism<M, Tally>
    {
        var values = stackalloc Tally[M.Info.Parameters.Count + 1];
        M mechanism = M.Load(new Rates<Tally>(M.Info, values));
        var cell = new RecordingCell<Tally>(new Tally[M.Info.Pools.Count], new Tally[M.Info.Gates.Count], M.Info.Flows.Count);
        Tally.Operations = 0;
        mechanism.Flux(ref cell);
        Assert.InRange(Tally.Operations, M.Info.Parameters.Count > 0 ? 1 : 0, M.Info.StandsAlone ? 2 * MostOperations : MostOperations);
    }

    private static IEnumerable<(double[] Parameters, double[] Pools, double[] Gates)> PointsOf(MechanismInfo info)
    {
        var random = new System.Random(1);
        int n = info.Parameters.Count;
        for (int point = 0; point < Points; point++)
        {
            bool isCorner = point < Math.Min(Points / 2, 1 << Math.Min(n, 20));
            double[] parameters = [.. info.Parameters.Select((p, i) => isCorner && (n <= 7 ? point >> i & 1 : random.Next(2)) is { } end
                ? (end == 0 ? p.Min : p.Max)
                : p.Min > 0 && point % 2 == 0 ? p.Min * Math.Pow(p.Max / p.Min, random.NextDouble()) : p.Min + ((p.Max - p.Min) * random.NextDouble()))];
            double[] pools = [.. info.Pools.Select(name => name switch
            {
                "voltage" => -120 + (200 * random.NextDouble()),
                "current" => -50 + (100 * random.NextDouble()),
                _ => point % 7 == 0 ? 0 : 1e-4 * Math.Pow(2e7, random.NextDouble()),
            })];
            yield return (parameters, pools, [.. info.Gates.Select(_ => random.NextDouble())]);
        }
    }
}
