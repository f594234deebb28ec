using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// The passes over one row, vector by vector along x. A difference enters both cells that it lies between with the same
/// bits and opposite sign, so that calcium is conserved to rounding.
/// </summary>
/// <typeparam name="V">The lane type: neighbouring cells of one simulation.</typeparam>
/// <typeparam name="C">What becomes of the rate.</typeparam>
internal static unsafe class RowKernels<V, C>
    where V : unmanaged, ILanes<V>
    where C : unmanaged, ICombine<C, V>
{
    /// <summary>A state with diffusion and the rate in <see cref="PlaneRow.Extra"/>.</summary>
    public static void State(int directions, bool isMasked, PlaneRow* row, Combination<V>* k, int n)
    {
        switch (isMasked ? directions + 4 : directions)
        {
            case 0: State<Still>(row, k, n); break;
            case 1: State<Line>(row, k, n); break;
            case 2: State<Sheet>(row, k, n); break;
            case 3: State<Box>(row, k, n); break;
            case 4: State<MaskedStill>(row, k, n); break;
            case 5: State<MaskedLine>(row, k, n); break;
            case 6: State<MaskedSheet>(row, k, n); break;
            default: State<MaskedBox>(row, k, n); break;
        }
    }

    /// <summary>Calcium bound to a buffer, with diffusion; takes what binds from the rate of the pool.</summary>
    /// <param name="directions">Directions of diffusion.</param>
    /// <param name="isMasked">True if weights are read.</param>
    /// <param name="row">The row.</param>
    /// <param name="k">Coefficients.</param>
    /// <param name="n">Cells.</param>
    /// <param name="b">Rates of the buffer.</param>
    /// <param name="c">Free calcium.</param>
    /// <param name="pool">Rate of the pool beside diffusion.</param>
    public static void Bound(
        int directions, bool isMasked, PlaneRow* row, Combination<V>* k, int n, in KineticBuffer b, double* c, double* pool)
    {
        switch (isMasked ? directions + 4 : directions)
        {
            case 0: Bound<Still>(row, k, n, b, c, pool); break;
            case 1: Bound<Line>(row, k, n, b, c, pool); break;
            case 2: Bound<Sheet>(row, k, n, b, c, pool); break;
            case 3: Bound<Box>(row, k, n, b, c, pool); break;
            case 4: Bound<MaskedStill>(row, k, n, b, c, pool); break;
            case 5: Bound<MaskedLine>(row, k, n, b, c, pool); break;
            case 6: Bound<MaskedSheet>(row, k, n, b, c, pool); break;
            default: Bound<MaskedBox>(row, k, n, b, c, pool); break;
        }
    }

    /// <summary>A gate: gain − loss·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gate(PlaneRow* row, Combination<V>* k, int n, double* gain, double* loss)
    {
        C combine = C.Load(row);
        double* x = row->U, inside = row->Inside;
        for (int i = 0; i < n; i += V.Count)
        {
            combine.Use(k, i, *(V*)(inside + i) * (*(V*)(gain + i) - (*(V*)(loss + i) * *(V*)(x + i))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void State<D>(PlaneRow* row, Combination<V>* k, int n)
        where D : struct, IDirections
    {
        C combine = C.Load(row);
        double* extra = row->Extra, inside = row->Inside;
        V scale = V.All(row->Scale);
        for (int i = 0; i < n; i += V.Count)
        {
            Ahead<D>(row, i);
            V rate = scale * (*(V*)(extra + i) + Diffusion<D>(row, i));
            if (D.IsMasked)
            {
                rate = *(V*)(inside + i) * rate;
            }

            combine.Use(k, i, rate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bound<D>(PlaneRow* row, Combination<V>* k, int n, in KineticBuffer b, double* c, double* pool)
        where D : struct, IDirections
    {
        C combine = C.Load(row);
        double* bound = row->U, inside = row->Inside;
        V on = V.All(b.On), off = V.All(b.Off), total = V.All(b.Total);
        for (int i = 0; i < n; i += V.Count)
        {
            Ahead<D>(row, i);
            V u = *(V*)(bound + i), binds = V.Fma(on * (total - u), *(V*)(c + i), -(off * u));
            *(V*)(pool + i) = *(V*)(pool + i) - binds;
            V rate = binds + Diffusion<D>(row, i);
            if (D.IsMasked)
            {
                rate = *(V*)(inside + i) * rate;
            }

            combine.Use(k, i, rate);
        }
    }

    /// <summary>
    /// Asks for what the next row will need. The passes of a row touch one page of each plane, which is too little
    /// for the hardware's own prefetching to get going (1.4× on a sheet of 512² with five fields).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ahead<D>(PlaneRow* row, int i)
        where D : struct, IDirections
    {
        if (Sse.IsSupported && (V.Count == 8 || (i & 7) == 0))
        {
            Sse.Prefetch1((D.Count > 1 ? row->Down : row->U) + i + row->Ahead);
            Sse.Prefetch1(row->Out + i + row->Ahead);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Diffusion<D>(PlaneRow* row, int i)
        where D : struct, IDirections
    {
        if (D.Count == 0)
        {
            return V.All(0);
        }

        double* p = row->U + i, w = row->W + i;
        V u = *(V*)p, left = *(V*)(p - 1) - u, right = *(V*)(p + 1) - u;
        if (D.IsMasked)
        {
            left = *(V*)(w - 1) * left;
            right = *(V*)(w + 1) * right;
        }

        V sum = row->X * (left + right);
        if (D.Count > 1)
        {
            sum = Pair<D>(sum, u, row->Up + i, row->Down + i, row->WUp + i, row->WDown + i, row->ToUp, row->ToDown);
        }

        if (D.Count > 2)
        {
            sum = Pair<D>(sum, u, row->Front + i, row->Back + i, row->WFront + i, row->WBack + i, row->ToFront, row->ToBack);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair<D>(V sum, V u, double* a, double* b, double* wa, double* wb, double toA, double toB)
        where D : struct, IDirections
    {
        V first = *(V*)a - u, second = *(V*)b - u;
        if (D.IsMasked)
        {
            first = *(V*)wa * first;
            second = *(V*)wb * second;
        }

        return V.Fma(V.All(toA), first, V.Fma(V.All(toB), second, sum));
    }
}
