namespace CalciumSweep.Solver.Fields;

/// <summary>Which flows move which pool.</summary>
internal sealed class FieldFlows
{
    private readonly FieldLayout _layout;
    private readonly IReadOnlyList<(int Into, int From)> _flows;

    /// <summary>Sorts the flows of a model.</summary>
    public FieldFlows(FieldLayout layout, IReadOnlyList<(int Into, int From)> flows)
    {
        (_layout, _flows) = (layout, flows);
        Calcium = Of(layout.Calcium);
        OneWay = [.. layout.OneWay.Select(Of)];
    }

    /// <summary>Flows of the strongly coupled calcium.</summary>
    public PoolFlow[] Calcium { get; }

    /// <summary>Flows of the other diffusing pools [one-way pools].</summary>
    public PoolFlow[][] OneWay { get; }

    /// <summary>True if slopes by the pool that a flow comes out of are needed.</summary>
    public static bool NeedsFrom(FieldLayout layout, IReadOnlyList<(int Into, int From)> flows) =>
        flows.Any(f => f.From >= 0 && (f.From == layout.Calcium || (layout.VariableOf(f.From) >= 0 && layout.VariableOf(f.Into) < 0)));

    /// <summary>What a unit of a flow gives a pool, with these parameters: its free share, less what it takes from its other end.</summary>
    public double Share(int pool, int flow, ReadOnlySpan<double> v)
    {
        var (into, from) = _flows[flow];
        var pools = _layout.Medium.Pools;
        return pool == into
            ? pools[into].FreeShare(v)
            : pool == from ? -(pools[from].FreeShare(v) * pools[into].VolumeRatio(v) / pools[from].VolumeRatio(v)) : 0;
    }

    private PoolFlow[] Of(int pool)
    {
        var all = new List<PoolFlow>();
        for (int f = 0; f < _flows.Count; f++)
        {
            var (into, from) = _flows[f];
            if (into == pool || from == pool)
            {
                int other = into == pool ? from : into;
                bool isAlone = other < 0 || _layout.VariableOf(other) < 0;
                all.Add(new(
                    f,
                    into == _layout.Calcium ? 1 : from == _layout.Calcium ? -1 : 0,
                    !isAlone || pool == _layout.Calcium ? 0 : into == pool ? 1 : -1));
            }
        }

        return [.. all];
    }
}
