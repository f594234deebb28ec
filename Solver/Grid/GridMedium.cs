using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Medium;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// What fills a sheet or a box, as the numbers of one simulation. States are numbered: pools in file order, then gates,
/// then calcium bound to each kinetic buffer. A pool with rapid buffers has the total (free and rapidly bound) as its state:
/// the conservative form. All µM, µm, s; pools per their own volume, bound calcium per that of its pool.
/// </summary>
internal sealed class GridMedium
{
    private readonly IReadOnlyList<Pool> _pools;
    private readonly IReadOnlyList<Buffer> _kinetic;

    /// <summary>The numbers of one simulation.</summary>
    /// <param name="pools">Pools.</param>
    /// <param name="buffers">Buffers.</param>
    /// <param name="mechanisms">Mechanisms.</param>
    /// <param name="v">Values of the model's parameters.</param>
    public GridMedium(IReadOnlyList<Pool> pools, IReadOnlyList<Buffer> buffers, IReadOnlyList<MechanismInstance> mechanisms, double[] v)
    {
        (_pools, Mechanisms, Parameters) = (pools, mechanisms, v);
        _kinetic = [.. buffers.Where(b => !b.IsRapid)];
        Gates = mechanisms.Sum(m => m.Info.Gates.Count);
        Diffusion = new double[States];
        Share = new double[pools.Count];
        for (int p = 0; p < pools.Count; p++)
        {
            Diffusion[p] = pools[p].Diffusion < 0 ? 0 : v[pools[p].Diffusion];
            Share[p] = pools[p].FreeShare(v);
        }

        Kinetic = new KineticBuffer[_kinetic.Count];
        for (int b = 0; b < Kinetic.Length; b++)
        {
            Buffer buffer = _kinetic[b];
            Kinetic[b] = new(FirstBound + b, buffer.Pool, buffer.OnRate(v), buffer.OffRate(v), v[buffer.Total]);
            Diffusion[FirstBound + b] = buffer.IsMobile ? v[buffer.Diffusion] : 0;
        }

        Rapid = new RapidBuffer[pools.Count][];
        for (int p = 0; p < pools.Count; p++)
        {
            Rapid[p] = [.. buffers.Where(b => b.IsRapid && b.Pool == p)
                .Select(b => new RapidBuffer(v[b.Total], b.HalfSaturation(v), b.IsMobile ? v[b.Diffusion] : 0))];
        }

        Rest = RestOf(v);
        Weight = [.. Enumerable.Range(0, States).Select(WeightOf)];
    }

    /// <summary>The mechanisms.</summary>
    public IReadOnlyList<MechanismInstance> Mechanisms { get; }

    /// <summary>Values of the model's parameters.</summary>
    public double[] Parameters { get; }

    /// <summary>Number of pools.</summary>
    public int Pools => _pools.Count;

    /// <summary>Number of gates.</summary>
    public int Gates { get; }

    /// <summary>State of the first kinetic buffer.</summary>
    public int FirstBound => Pools + Gates;

    /// <summary>Number of states.</summary>
    public int States => FirstBound + _kinetic.Count;

    /// <summary>Diffusion coefficient of each state, µm²/s; 0 if it stays [states].</summary>
    public double[] Diffusion { get; }

    /// <summary>Free share of each pool; 0 if it is clamped [pools].</summary>
    public double[] Share { get; }

    /// <summary>The kinetic buffers.</summary>
    public KineticBuffer[] Kinetic { get; }

    /// <summary>The rapid buffers of each pool [pools][…].</summary>
    public RapidBuffer[][] Rapid { get; }

    /// <summary>Each state at rest; gates are 0 here and are set by the flux set [states].</summary>
    public double[] Rest { get; }

    /// <summary>What a state counts in total calcium per cytosol volume; 0 if it holds none [states].</summary>
    public double[] Weight { get; }

    /// <summary>Free concentration of each pool at rest, µM [pools].</summary>
    public double[] RestFree() => [.. Rest.Take(Pools).Select((_, p) => Parameters[_pools[p].Rest])];

    /// <summary>Volume of a pool over the cytosol's.</summary>
    public double VolumeRatio(int pool) => _pools[pool].VolumeRatio(Parameters);

    /// <summary>True if the state of a pool is a total from which the free concentration is worked out.</summary>
    public bool HasRapid(int state) => state < Pools && Rapid[state].Length > 0;

    /// <summary>State of the first kinetic indicator, or −1.</summary>
    public int IndicatorState(IReadOnlyList<Buffer> buffers)
    {
        int at = buffers.Where(b => !b.IsRapid).ToList().FindIndex(b => b.IsIndicator);
        return at < 0 ? -1 : FirstBound + at;
    }

    private double[] RestOf(double[] v)
    {
        var rest = new double[States];
        for (int p = 0; p < Pools; p++)
        {
            double free = v[_pools[p].Rest];
            rest[p] = free + Rapid[p].Sum(b => b.Total * free / (b.K + free));
        }

        for (int b = 0; b < Kinetic.Length; b++)
        {
            rest[Kinetic[b].State] = _kinetic[b].Bound(v, v[_pools[Kinetic[b].Pool].Rest]);
        }

        return rest;
    }

    private double WeightOf(int state)
    {
        if (state >= Pools && state < FirstBound)
        {
            return 0;
        }

        int pool = state < Pools ? state : Kinetic[state - FirstBound].Pool;
        if (!_pools[pool].IsCalcium || _pools[pool].IsClamped)
        {
            return 0;
        }

        return VolumeRatio(pool) / (state < Pools ? Share[pool] : 1);
    }
}
