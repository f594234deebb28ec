namespace CalciumSweep.Solver.Protocols;

/// <summary>A protocol that is a number of equal pulses.</summary>
internal interface IPulses
{
    /// <summary>Number of pulses.</summary>
    double Count(ReadOnlySpan<double> v);

    /// <summary>Start of a pulse, s; NaN if there is none of that number.</summary>
    double StartOf(ReadOnlySpan<double> v, double pulse);
}
