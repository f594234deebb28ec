using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Kernels;

/// <summary>A pass of a pump and a leak over 1000 cells: composed by type against the same formulas by hand; the ratio is the cost of composing.</summary>
[InProcess]
public unsafe class MechanismBenchmarks : IDisposable
{
    private const int Cells = 1000;
    private const int Parameters = 8;
    private readonly AlignedMemory _memory = new((4 * Cells * 64) + (2 * Parameters * 64));

    /// <summary>Fills the planes.</summary>
    [GlobalSetup]
    public void Setup()
    {
        double* at = (double*)_memory.Start;
        for (int i = 0; i < 2 * Cells * 8; i++)
        {
            at[i] = i < Cells * 8 ? 0.05 + (i % 100 * 0.02) : 500;
        }
    }

    // Parameters stand in aligned memory, as the solver's do: on a stack frame they straddle cache lines by luck.
    private byte* Rates => _memory.Start + (4 * Cells * 64);

    /// <summary>Composed, eight lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void Composed8() => Composed<Lane8>();

    /// <summary>By hand, eight lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void ByHand8()
    {
        var rates = (Vector512<double>*)Rates;
        (rates[0], rates[1], rates[2]) = (Vector512.Create(100.0), Vector512.Create(0.0625), Vector512.Create(0.05));
        var at = (Vector512<double>*)_memory.Start;
        MechanismPass.ByHand(rates, at, at + Cells, at + (2 * Cells), at + (3 * Cells), Cells);
    }

    /// <summary>Composed, four lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void Composed4() => Composed<Lane4>();

    /// <summary>By hand, four lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void ByHand4()
    {
        var rates = (Vector256<double>*)Rates;
        (rates[0], rates[1], rates[2]) = (Vector256.Create(100.0), Vector256.Create(0.0625), Vector256.Create(0.05));
        var at = (Vector256<double>*)_memory.Start;
        MechanismPass.ByHand(rates, at, at + Cells, at + (2 * Cells), at + (3 * Cells), Cells);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Composed<V>()
        where V : unmanaged, ILanes<V>
    {
        V* at = (V*)_memory.Start;
        var pump = (SercaHill<V>*)(Rates + (Parameters * 64));
        var leak = (Leak<V>*)(Rates + ((Parameters + 4) * 64));
        *pump = new SercaHill<V>(V.All(100), V.All(0.25));
        *leak = new Leak<V>(V.All(0.05));
        MechanismPass.Composed<SercaHill<V>, Leak<V>, V>(pump, leak, at, at + Cells, at + (2 * Cells), at + (3 * Cells), Cells);
    }
}
