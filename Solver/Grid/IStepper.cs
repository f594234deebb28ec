namespace CalciumSweep.Solver.Grid;

/// <summary>Advances the fields: tries a step, which stands only once it is taken over.</summary>
internal interface IStepper : IDisposable
{
    /// <summary>Rates of the fields at the present state, without the sources; null if the stepper keeps none.</summary>
    PlaneSet? FirstRates { get; }

    /// <summary>Longest stable step for a spectral radius, s.</summary>
    double LongestStep(double radius);

    /// <summary>Order of the error estimate in the step: the error falls as its power.</summary>
    int ErrorOrder { get; }

    /// <summary>Before a step: what it needs at the present state, whatever the step.</summary>
    void Prepare();

    /// <summary>Tries a step; the state stays as it was.</summary>
    /// <param name="h">Step, s.</param>
    /// <param name="radius">Spectral radius, 1/s.</param>
    /// <returns>Largest error over tolerance, and smallest value of the new state.</returns>
    (double Error, double Lowest) Try(double h, double radius);

    /// <summary>Takes the tried step over.</summary>
    void Commit();

    /// <summary>The state was changed from outside.</summary>
    void Forget();
}
