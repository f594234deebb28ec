using BenchmarkDotNet.Attributes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Kernels;

/// <summary>Our own exponential per vector, and one call of Philox (128 random bits).</summary>
[InProcess]
public unsafe class ElementaryBenchmarks : IDisposable
{
    private const int Count = 1000;
    private readonly AlignedMemory _memory = new(Count * 64);

    /// <summary>Arguments between −5 and 5.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < Count * 8; i++)
        {
            ((double*)_memory.Start)[i] = -5 + (i % 1000 * 0.01);
        }
    }

    /// <summary>eˣ of eight lanes.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Lane8 Exp8() => Sum<Lane8>();

    /// <summary>eˣ of four lanes.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Lane4 Exp4() => Sum<Lane4>();

    /// <summary>Philox4x32-10.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public uint Philox4x32()
    {
        uint all = 0;
        for (uint i = 0; i < Count; i++)
        {
            uint a = i, b = 1, c = 2, d = 3;
            Philox.Scramble(7, 11, ref a, ref b, ref c, ref d);
            all ^= a ^ b ^ c ^ d;
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    private V Sum<V>()
        where V : unmanaged, ILanes<V>
    {
        V* at = (V*)_memory.Start;
        V sum = V.All(0);
        for (int i = 0; i < Count; i++)
        {
            sum = sum + Elementary.Exp(at[i]);
        }

        return sum;
    }
}
