namespace CalciumSweep.Solver.Fluxes;

/// <summary>Which slopes of a flow a kernel keeps; what is not kept, the JIT deletes with its arithmetic.</summary>
public interface ISlopes
{
    /// <summary>True to keep ∂j/∂into.</summary>
    static abstract bool Into { get; }

    /// <summary>True to keep ∂j/∂from.</summary>
    static abstract bool From { get; }
}
