using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Kernels;

/// <summary>The same two fluxes over cells, composed by type and written by hand at both widths.</summary>
internal static unsafe class MechanismPass
{
    /// <summary>Composed: one text for all widths and mechanisms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Composed<A, B, V>(A* first, B* second, V* cytosol, V* store, V* j, V* slope, int n)
        where A : unmanaged, IMechanism<A, V>
        where B : unmanaged, IMechanism<B, V>
        where V : unmanaged, ILanes<V>
    {
        for (int i = 0; i < n; i++)
        {
            var cell = new PassCell<V>(cytosol + i, store + i);
            first->Flux(ref cell);
            second->Flux(ref cell);
            j[i] = cell.J;
            slope[i] = cell.ByInto;
        }
    }

    /// <summary>Pump (Hill, exponent 2) and leak by hand, eight lanes; rates: v, k², leak [vectors].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ByHand(Vector512<double>* rates, Vector512<double>* cytosol, Vector512<double>* store, Vector512<double>* j, Vector512<double>* slope, int n)
    {
        Vector512<double> v = rates[0], k2 = rates[1], leak = rates[2], one = Vector512.Create(1.0), minusTwo = Vector512.Create(-2.0);
        for (int i = 0; i < n; i++)
        {
            Vector512<double> c = cytosol[i], c2 = c * c, r = one / (k2 + c2), vr = v * r;
            j[i] = (leak * (store[i] - c)) - (vr * c2);
            slope[i] = (minusTwo * (vr * k2 * r * c)) - leak;
        }
    }

    /// <summary>The same with four lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ByHand(Vector256<double>* rates, Vector256<double>* cytosol, Vector256<double>* store, Vector256<double>* j, Vector256<double>* slope, int n)
    {
        Vector256<double> v = rates[0], k2 = rates[1], leak = rates[2], one = Vector256.Create(1.0), minusTwo = Vector256.Create(-2.0);
        for (int i = 0; i < n; i++)
        {
            Vector256<double> c = cytosol[i], c2 = c * c, r = one / (k2 + c2), vr = v * r;
            j[i] = (leak * (store[i] - c)) - (vr * c2);
            slope[i] = (minusTwo * (vr * k2 * r * c)) - leak;
        }
    }
}
