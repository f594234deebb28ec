using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>The loop of <see cref="RowPass{V}"/>, closed once per model by reflection.</summary>
internal sealed unsafe class PoolPass<V, C, D, B> : RowPass<V>
    where V : unmanaged, ILanes<V>
    where C : struct, ICombine<C, V>
    where D : struct, IDirections
    where B : struct, IBuffers<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(PlaneRow* rows, Combination<V>* k, int n)
    {
        bool isRapid = rows->U != rows->Last;
        C combine = C.Load(k);
        for (int i = 0; i < n; i += V.Count)
        {
            V flow = V.All(rows->PerFlow) * *(V*)(rows->Flow + i);
            V u = *(V*)(rows->U + i), free = isRapid ? *(V*)(rows->Free + i) : u, last = isRapid ? *(V*)(rows->Last + i) : u;
            V left = B.Bind<C, D>(ref combine, rows + 1, k, i, free, flow);
            V rate = V.All(rows->Scale) * (left + RowDiffusion.Of<V, D>(rows, i, u));
            combine.Use(rows, k, i, last, D.IsMasked ? *(V*)(rows->Inside + i) * rate : rate);
            combine.Close(rows, k, i);
        }
    }
}
