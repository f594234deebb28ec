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
    private readonly AlignedMemory _memory = new((4 * Cells + 8) * sizeof(double) * 8);

    /// <summary>Fills the planes.</summary>
    [GlobalSetup]
    public void Setup()
    {
        double* at = (double*)_memory.Start;
        for (int i = 0; i < 2 * Cells * 8; i++)
        {
            at[i] = i < Cells * 8 ? 0.05 + (i % 100 * 0.02) : 500;
        }

        for (int lane = 0; lane < 8; lane++)
        {
            Rates8[lane] = 100;
            Rates8[8 + lane] = 0.0625;
            Rates8[16 + lane] = 0.05;
        }
    }

    private double* Rates8 => (double*)_memory.Start + (4 * Cells * 8);

    /// <summary>Composed, eight lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void Composed8() => Composed<Lane8>();

    /// <summary>By hand, eight lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void ByHand8()
    {
        var at = (Vector512<double>*)_memory.Start;
        MechanismPass.ByHand((Vector512<double>*)Rates8, at, at + Cells, at + (2 * Cells), at + (3 * Cells), Cells);
    }

    /// <summary>Composed, four lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void Composed4() => Composed<Lane4>();

    /// <summary>By hand, four lanes.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public void ByHand4()
    {
        Vector256<double>* rates = stackalloc Vector256<double>[] { Vector256.Create(100.0), Vector256.Create(0.0625), Vector256.Create(0.05) };
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
        var pump = new SercaHill<V>(V.All(100), V.All(0.25));
        var leak = new Leak<V>(V.All(0.05));
        MechanismPass.Composed(&pump, &leak, at, at + Cells, at + (2 * Cells), at + (3 * Cells), Cells);
    }
}
