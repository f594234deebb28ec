namespace CalciumSweep.Solver.Compartment;

/// <summary>An accepted step of one simulation as a rule sees it: free concentrations, gates, bound calcium and tallies at both ends.</summary>
/// <param name="parameters">The simulation's parameters.</param>
/// <param name="time">Start, s.</param>
/// <param name="dt">Length, s; 0 at the very start of the run.</param>
/// <param name="before">State at the start [variables].</param>
/// <param name="after">State at the end [variables].</param>
/// <param name="slopesBefore">Derivatives at the start, 1/s [variables].</param>
/// <param name="slopesAfter">Derivatives at the end, 1/s [variables].</param>
/// <param name="flowsBefore">Flows of mechanisms at the start, µM/s [fluxes].</param>
/// <param name="flowsAfter">Flows at the end [fluxes].</param>
internal readonly ref struct CellStep(
    ReadOnlySpan<double> parameters, double time, double dt, ReadOnlySpan<double> before, ReadOnlySpan<double> after,
    ReadOnlySpan<double> slopesBefore, ReadOnlySpan<double> slopesAfter, ReadOnlySpan<double> flowsBefore, ReadOnlySpan<double> flowsAfter)
{
    private readonly ReadOnlySpan<double> _slopesBefore = slopesBefore, _slopesAfter = slopesAfter;

    /// <summary>The simulation's parameters.</summary>
    public ReadOnlySpan<double> Parameters { get; } = parameters;

    /// <summary>State at both ends [variables].</summary>
    public ReadOnlySpan<double> Before { get; } = before;

    /// <inheritdoc cref="Before"/>
    public ReadOnlySpan<double> After { get; } = after;

    /// <summary>Flows of mechanisms, numbered as in the flux set, then binding and gates, at both ends [fluxes].</summary>
    public ReadOnlySpan<double> FlowsBefore { get; } = flowsBefore;

    /// <inheritdoc cref="FlowsBefore"/>
    public ReadOnlySpan<double> FlowsAfter { get; } = flowsAfter;

    /// <summary>Start, s.</summary>
    public double Start => time;

    /// <summary>Length, s.</summary>
    public double Length => dt;

    /// <summary>End, s.</summary>
    public double End => time + dt;

    /// <summary>The course of a variable within the step.</summary>
    public Piece Piece(int variable) =>
        new(Before[variable], After[variable], dt * _slopesBefore[variable], dt * _slopesAfter[variable]);

    /// <summary>Derivative of a variable at the start, 1/s.</summary>
    public double SlopeBefore(int variable) => _slopesBefore[variable];

    /// <summary>Derivative of a variable at the end, 1/s.</summary>
    public double SlopeAfter(int variable) => _slopesAfter[variable];
}
