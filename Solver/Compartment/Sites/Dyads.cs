using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>
/// The release units of a ventricular cell, one by one: in each an L-type channel and a cluster of ryanodine receptors that opens as a
/// whole (closed, open, inactivated each: the nine-state chain of Hinch et al. 2004 before its reduction) share a cleft, whose
/// calcium follows at once: c(l, r) as in <see cref="DyadHinch{V}"/>. Beyond that model the channel inactivates by voltage, and each
/// unit has its own junctional SR, which its release empties and the network SR refills.
/// </summary>
internal sealed class Dyads : CellSites
{
    // The parameters that the units share with their mean-field reduction, in that file's order.
    private readonly Dictionary<string, int> _hinch = new(StringComparer.Ordinal);

    /// <summary>Declares the parameters.</summary>
    public Dyads(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, IReadOnlyList<Protocol> protocols, PartDefinition part)
        : base(scenario, part)
    {
        (Cytosol, Outside, Sr, Voltage) = (Pool(medium, "cytosol"), Pool(medium, "outside"), Pool(medium, "sr"), Pool(medium, "voltage"));
        Medium.Pool junction = medium.Pools[Pool(medium, "junction")];
        (JunctionVolume, JunctionFree, Network) = (junction.Volume, junction.Free, medium.Pools[Sr]);
        (Trigger, Release, Refill) = (Pool(medium, "trigger", isWritten: true), Pool(medium, "release", isWritten: true), Pool(medium, "refill", isWritten: true));
        Clamp = protocols.FirstOrDefault(p => p.Pool == Voltage);
        MechanismInfo hinch = DyadHinch<Lane1>.Info;
        foreach (RateInfo rate in hinch.Parameters)
        {
            _hinch[rate.Name] = table.Add(new(Full(rate.Name), rate.Unit, rate.Default, rate.Min, rate.Max, rate.Meaning, hinch.Source));
        }

        Count = table.Add(new(Full("count"), "1", 50000, 100, 1e6, "units simulated; each stands for units/count of the cell", "all of them", IsInteger: true));
        RefillTime = table.Add(new(Full("refill.time"), "s", 0.01, 1e-9, 1, "time in which the junctional SR of a unit is refilled", "Sobie, Dilly, dos Santos Cruz, Lederer and Jafri 2002, Biophys J 83:59 (6.5–10 ms)"));
        Inactivation = table.Add(new(Full("ltype.inactivation"), "1", 1, 0, 1, "inactivation of L-type channels by voltage: 0 none, 1 as measured", "Jafri, Rice and Winslow 1998, Biophys J 74:1149"));
        Shared = table.Add(new(Full("shared.cleft"), "1", 0, 0, 1, "0: every unit has its own cleft (local control), 1: all units share one (common pool)", "Stern 1992, Biophys J 63:497", IsInteger: true));
    }

    /// <summary>Planes of the pools that the units see.</summary>
    public int Cytosol { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Outside { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Sr { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Voltage { get; }

    /// <summary>Planes of the pools that they write.</summary>
    public int Trigger { get; }

    /// <inheritdoc cref="Trigger"/>
    public int Release { get; }

    /// <inheritdoc cref="Trigger"/>
    public int Refill { get; }

    /// <summary>The network SR.</summary>
    public Medium.Pool Network { get; }

    /// <summary>What drives the voltage, or null.</summary>
    public Protocol? Clamp { get; }

    /// <summary>Indices of parameters.</summary>
    public int Count { get; }

    /// <inheritdoc cref="Count"/>
    public int RefillTime { get; }

    /// <inheritdoc cref="Count"/>
    public int Inactivation { get; }

    /// <inheritdoc cref="Count"/>
    public int Shared { get; }

    /// <inheritdoc cref="Count"/>
    public int JunctionVolume { get; }

    /// <inheritdoc cref="Count"/>
    public int JunctionFree { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("openings", "1", "openings of L-type channels that ended while the receptors were closed or opened them, over the cell"),
        new("triggerProbability", "1", "share of these that opened the receptors; null without any"),
    ];

    /// <summary>Index of a parameter that the units share with their reduction.</summary>
    public int Of(string name) => _hinch[name];

    /// <inheritdoc/>
    public override CellSitesRun NewRun() => new DyadsRun(this);
}
