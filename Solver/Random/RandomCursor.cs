namespace CalciumSweep.Solver.Random;

/// <summary>Reads a <see cref="RandomStream"/> in order; its <see cref="Index"/> is its whole state.</summary>
/// <param name="stream">What is read.</param>
/// <param name="index">Number of the first uniform to read.</param>
public struct RandomCursor(RandomStream stream, ulong index = 0)
{
    private readonly RandomStream _stream = stream;

    /// <summary>Number of the next uniform.</summary>
    public ulong Index { get; private set; } = index;

    /// <summary>The next uniform, in (0, 1).</summary>
    public double NextUniform() => _stream.Uniform(Index++);

    /// <summary>The next exponential variate with mean 1; takes one uniform.</summary>
    public double NextExponential() => _stream.Exponential(Index++);
}
