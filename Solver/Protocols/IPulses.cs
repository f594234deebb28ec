namespace CalciumSweep.Solver.Protocols;

/// <summary>A protocol that is a number of equal pulses.</summary>
internal interface IPulses
{
    /// <summary>Number of pulses.</summary>
    double Count(ReadOnlySpan<double> v);

    /// <summary>Start of a pulse, s; NaN if there is none of that number.</summary>
    double StartOf(ReadOnlySpan<double> v, double pulse);

    /// <summary>Number of the pulse that started last; −1 before the first.</summary>
    sealed double LastBy(ReadOnlySpan<double> v, double t)
    {
        double pulse = -1;
        while (StartOf(v, pulse + 1) <= t)
        {
            pulse++;
        }

        return pulse;
    }
}
