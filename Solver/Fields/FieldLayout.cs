using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Which quantity of a medium is which variable of the fields, by how it is coupled: calcium and its mobile kinetic buffers
/// (one block per cell), stationary kinetic buffers (eliminated point by point), other diffusing pools (solved after calcium),
/// gates (closed form). Variables are numbered in this order.
/// </summary>
internal sealed class FieldLayout
{
    private const int MostMobile = 2, PlanesOfRapid = 4;
    private readonly int[] _variableOf, _sidePlaneOf;

    /// <summary>Sorts the parts.</summary>
    /// <exception cref="CompositionException">The medium holds what fields cannot.</exception>
    public FieldLayout(ScenarioDefinition scenario, MediumParts medium)
    {
        Medium = medium;
        int[] fields = [.. Pools(p => p.IsDiffusing)];
        Held = [.. Pools(p => p.IsClamped)];
        Refuse(fields.Length + Held.Count < medium.Pools.Count, scenario, "a mixed pool belongs to a compartment; along a cable pools are diffusing or clamped");
        Refuse(fields.Length == 0, scenario, "a cable needs a diffusing pool");
        Calcium = fields.Contains(medium.PoolNames.ToList().IndexOf("cytosol")) ? medium.PoolNames.ToList().IndexOf("cytosol") : fields[0];
        Mobile = [.. medium.Buffers.Where(b => !b.IsRapid && b.IsMobile)];
        Stationary = [.. medium.Buffers.Where(b => !b.IsRapid && !b.IsMobile)];
        OneWay = [.. fields.Where(p => p != Calcium)];
        Rapid = [.. Enumerable.Range(0, medium.Pools.Count).Select(p => medium.Buffers.Where(b => b.IsRapid && b.Pool == p).ToArray())];
        Refuse(medium.Buffers.Any(b => !b.IsRapid && b.Pool != Calcium), scenario, $"kinetic buffers belong to {medium.PoolNames[Calcium]}; elsewhere use rapid");
        Refuse(Mobile.Count > MostMobile, scenario, $"at most {MostMobile} mobile kinetic buffers; make the others rapid or stationary");
        Refuse(
            medium.Buffers.Any(b => medium.Pools[b.Pool].Free >= 0 || medium.Pools[b.Pool].IsClamped), scenario,
            "a pool with a constant free share, or a clamped one, holds no buffers: leave out its 'free', or use a rapid buffer alone");
        FirstOneWay = Block + Stationary.Count;
        FirstGate = FirstOneWay + OneWay.Count;
        Variables = FirstGate + medium.Gates.Count;
        _variableOf = new int[medium.Pools.Count];
        _sidePlaneOf = new int[medium.Pools.Count];
        for (int p = 0; p < _variableOf.Length; p++)
        {
            int at = OneWay.ToList().IndexOf(p), planes = Held.Contains(p) ? 1 : Rapid[p].Length > 0 ? PlanesOfRapid : 0;
            _variableOf[p] = p == Calcium ? 0 : at >= 0 ? FirstOneWay + at : -1;
            _sidePlaneOf[p] = planes > 0 ? SidePlanes : -1;
            SidePlanes += planes;
        }
    }

    /// <summary>The parts.</summary>
    public MediumParts Medium { get; }

    /// <summary>Pool of the strongly coupled calcium.</summary>
    public int Calcium { get; }

    /// <summary>Its kinetic buffers that diffuse.</summary>
    public IReadOnlyList<Buffer> Mobile { get; }

    /// <summary>Its kinetic buffers that do not.</summary>
    public IReadOnlyList<Buffer> Stationary { get; }

    /// <summary>The other diffusing pools.</summary>
    public IReadOnlyList<int> OneWay { get; }

    /// <summary>Clamped pools.</summary>
    public IReadOnlyList<int> Held { get; }

    /// <summary>Instantaneous buffers of every pool [pools].</summary>
    public IReadOnlyList<Buffer[]> Rapid { get; }

    /// <summary>Size of the block: calcium and its mobile buffers; also the first variable of the stationary buffers.</summary>
    public int Block => 1 + Mobile.Count;

    /// <summary>First variable of the other pools.</summary>
    public int FirstOneWay { get; }

    /// <summary>First variable of the gates.</summary>
    public int FirstGate { get; }

    /// <summary>Variables in all.</summary>
    public int Variables { get; }

    /// <summary>Planes without a history in all.</summary>
    public int SidePlanes { get; }

    /// <summary>Variable of a pool; −1 if it is clamped.</summary>
    public int VariableOf(int pool) => _variableOf[pool];

    /// <summary>First plane without a history of a clamped pool (one) or of a field with instantaneous buffers (four); −1 for others.</summary>
    public int SidePlaneOf(int pool) => _sidePlaneOf[pool];

    /// <summary>Instantaneously buffered calcium plus free, µM, at free calcium <paramref name="c"/>.</summary>
    public double Total(int pool, ReadOnlySpan<double> v, double c)
    {
        double total = c;
        foreach (Buffer b in Rapid[pool])
        {
            total += b.Bound(v, c);
        }

        return total;
    }

    private static void Refuse(bool wrong, ScenarioDefinition scenario, string why)
    {
        if (wrong)
        {
            throw new CompositionException($"{scenario.Name}: {why}");
        }
    }

    private IEnumerable<int> Pools(Func<Pool, bool> which) =>
        Enumerable.Range(0, Medium.Pools.Count).Where(p => which(Medium.Pools[p]));
}
