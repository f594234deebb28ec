using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>
/// Vesicles of a nerve terminal one by one, each with its own calcium channels (two gates each, as in <c>vgcc.calyx</c>) and its own
/// release sensor (<c>sensor.lou</c>): all openings, bindings and fusions are drawn. What a vesicle sees is its channels' nanodomain,
/// not their mean. The cell's own expectations stay those of mean channels; vesicles take nothing from it.
/// </summary>
internal sealed class Vesicles : CellSites
{
    /// <summary>Time after a stimulus in which release is evoked, s.</summary>
    public const double Window = 0.005;

    private readonly MechanismInstance _channel, _sensor;

    /// <summary>Finds channels, sensor and stimuli.</summary>
    /// <exception cref="CompositionException">One of them is missing.</exception>
    public Vesicles(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, IReadOnlyList<Protocol> protocols, PartDefinition part)
        : base(scenario, part)
    {
        MechanismInstance Mechanism(string id) => medium.Mechanisms.FirstOrDefault(m => m.Info.Id == id)
            ?? throw new CompositionException($"{scenario.Name}: sites vesicles need a mechanism {id}");
        (_channel, _sensor) = (Mechanism("vgcc.calyx"), Mechanism("sensor.lou"));
        (Cytosol, Outside, Voltage, Primed) = (Pool(medium, "cytosol"), Pool(medium, "outside"), Pool(medium, "voltage"), Pool(medium, "primed"));
        Clamp = protocols.FirstOrDefault(p => p.Pool == Voltage);
        Train = protocols.OfType<TrainProtocol>().FirstOrDefault() ?? throw new CompositionException($"{scenario.Name}: sites vesicles need a train");
        Count = table.Add(new(Full("count"), "1", 0, 0, 1e6, "vesicles simulated one by one, with every channel; 0: none", "expectations need none", IsInteger: true));
    }

    /// <summary>Planes of the pools that vesicles see.</summary>
    public int Cytosol { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Outside { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Voltage { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Primed { get; }

    /// <summary>What drives the voltage, or null.</summary>
    public Protocol? Clamp { get; }

    /// <summary>The stimuli.</summary>
    public IPulses Train { get; }

    /// <summary>Index of the number of vesicles.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("simulatedEvoked", "1", "share of the vesicles simulated one by one that fuse within 5 ms of a stimulus, mean over the stimuli; null without any"),
        new("simulatedMinis", "1/s", "fusions per vesicle and second before the first stimulus, likewise"),
        new("openChannels", "1", "highest number of open channels, summed over the vesicles"),
        new("openVariance", "1", "variance between vesicles of their open channels at that time"),
    ];

    /// <summary>A parameter of the channels.</summary>
    public double Channel(ReadOnlySpan<double> v, string name) => v[_channel.RateIndex[IndexOf(_channel, name)]];

    /// <summary>A parameter of the sensor.</summary>
    public double Sensor(ReadOnlySpan<double> v, string name) => v[_sensor.RateIndex[IndexOf(_sensor, name)]];

    /// <summary>Share of the current that is left where a mechanism is blocked.</summary>
    public double Unblocked(ReadOnlySpan<double> v) => 1 - v[_channel.BlockIndex];

    /// <inheritdoc/>
    public override CellSitesRun NewRun() => new VesiclesRun(this);

    private static int IndexOf(MechanismInstance mechanism, string name) => mechanism.Info.Parameters.ToList().FindIndex(p => p.Name == name);
}
