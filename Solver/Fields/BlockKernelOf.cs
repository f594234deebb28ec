using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>The kernel closed over a block.</summary>
internal sealed unsafe class BlockKernelOf<V, B, R> : BlockKernel<V>
    where V : unmanaged, ILanes<V>
    where B : struct, IBlock<V>
    where R : struct, IRapid
{
    /// <inheritdoc/>
    public override int RightSide => B.RightSide;

    /// <inheritdoc/>
    public override int TrailLength => B.TrailLength;

    /// <inheritdoc/>
    public override void Up(CellRun<V>* run, int first, int end, V* neighbours) => B.Up<R>(run, first, end, neighbours);

    /// <inheritdoc/>
    public override void Down(CellRun<V>* run) => B.Down<R>(run);
}
