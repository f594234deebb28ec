using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Random;

/// <summary>
/// Random numbers of many streams, eight pairs of each at hand. A pure function of stream and draw: what has been read
/// may be read again.
/// </summary>
internal sealed unsafe class DrawTable : IDisposable
{
    private const int Shift = 3, Pairs = EightPairs.Count;
    private readonly RandomStream[] _streams;
    private readonly long[] _block;
    private readonly AlignedMemory _memory;

    /// <summary>A table for <paramref name="streams"/> streams.</summary>
    public DrawTable(int streams)
    {
        _streams = new RandomStream[streams];
        _block = new long[streams];
        _memory = new AlignedMemory(2L * Pairs * streams * sizeof(double));
    }

    /// <summary>Sets a stream.</summary>
    public void Set(int stream, RandomStream value)
    {
        _streams[stream] = value;
        _block[stream] = -1;
    }

    /// <summary>One pair of each of <paramref name="count"/> streams.</summary>
    /// <param name="streams">The streams [count].</param>
    /// <param name="count">How many.</param>
    /// <param name="draws">Number of the pair (a whole number) [count].</param>
    /// <param name="uniforms">On return, uniforms in (0, 1) [count].</param>
    /// <param name="exponentials">On return, exponential variates with mean 1 [count].</param>
    public void Read(int* streams, int count, double* draws, double* uniforms, double* exponentials)
    {
        for (int i = 0; i < count; i++)
        {
            int draw = (int)draws[i], stream = streams[i];
            double* pairs = (double*)_memory.Start + (2 * Pairs * stream);
            if (_block[stream] != draw >> Shift)
            {
                _block[stream] = draw >> Shift;
                EightPairs.Fill(_streams[stream], (uint)(draw >> Shift), pairs, pairs + Pairs);
            }

            uniforms[i] = pairs[draw & (Pairs - 1)];
            exponentials[i] = pairs[Pairs + (draw & (Pairs - 1))];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
