using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Protocols;

/// <summary>One step: the pool is held at a level for a time, then goes back.</summary>
internal sealed class StepProtocol : Protocol
{
    private readonly int _level, _start, _duration;

    /// <summary>Declares the parameters.</summary>
    public StepProtocol(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part)
        : base(scenario, table, medium, part)
    {
        string pool = medium.Pools[Pool].Name;
        bool isSigned = medium.Pools[Pool].IsSigned;
        _level = Add("level", Unit, 0, isSigned ? -1000 : 0, 20000, $"{pool} during the step");
        _start = Add("start", "s", 0, 0, 1e5, $"start of the step of {pool}");
        _duration = Add("duration", "s", 0, 0, 1e5, $"duration of the step of {pool}");
    }

    /// <inheritdoc/>
    public override double At(ReadOnlySpan<double> v, double t, double within) =>
        within >= v[_start] && within < v[_start] + v[_duration] ? v[_level] : v[Base];

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after) =>
        after < v[_start] ? v[_start] : after < v[_start] + v[_duration] ? v[_start] + v[_duration] : double.PositiveInfinity;

    /// <summary>Time at which the step ends, s.</summary>
    public double End(ReadOnlySpan<double> v) => v[_start] + v[_duration];

    /// <summary>Time at which the step starts, s.</summary>
    public double Start(ReadOnlySpan<double> v) => v[_start];
}
