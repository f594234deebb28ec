using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;

namespace CalciumSweep.Solver.Grid;

/// <summary>Fields without sites: a load of free calcium in a disc or ball at the middle, followed for some time.</summary>
/// <param name="model">The model.</param>
/// <param name="table">Takes the parameters.</param>
internal sealed class FieldGridRule(GridModel model, ParameterTable table) : GridRule
{
    private const string Chosen = "chosen";

    /// <summary>Indices of the rule's parameters.</summary>
    public int Amount { get; } = table.Add(new("load.amount", "µM", 0, 0, 1000, "free calcium added at the middle at t = 0", "no load"));

    /// <inheritdoc cref="Amount"/>
    public int LoadRadius { get; } = table.Add(new("load.radius", "µm", 1, 0, 500, "how far from the middle calcium is added", Chosen));

    /// <inheritdoc cref="Amount"/>
    public int Duration { get; } = table.Add(new("duration", "s", 1, 1e-6, 1000, "cell time simulated", Chosen));

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("peakCytosolic", "µM", "largest free calcium of any cell"),
        new("meanCytosolic", "µM", "mean free calcium at the end"),
        new("middleCytosolic", "µM", "free calcium at the middle at the end"),
        new("peakDye", "1", "largest ΔF/F0: change of the mean bound indicator over its rest; with an indicator"),
        new("calciumDrift", "1", "relative change of total calcium over the run; closed systems"),
    ];

    /// <inheritdoc/>
    public override string? Check(Mesh mesh, ReadOnlySpan<double> v) => null;

    /// <inheritdoc/>
    public override IGridRun Start<V>(GridFields<V> fields, Simulation simulation) => new FieldGridRun<V>(model, this, fields, simulation);
}
