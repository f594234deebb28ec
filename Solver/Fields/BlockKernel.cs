using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>The strongly coupled block of a model: one virtual call per tile and sweep.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal abstract unsafe class BlockKernel<V>
    where V : unmanaged, ILanes<V>
{
    /// <inheritdoc cref="IBlock{V}.RightSide"/>
    public abstract int RightSide { get; }

    /// <inheritdoc cref="IBlock{V}.TrailLength"/>
    public abstract int TrailLength { get; }

    /// <summary>The kernel for m variables.</summary>
    public static BlockKernel<V> Of(int size, bool isRapid) => (size, isRapid) switch
    {
        (1, false) => new BlockKernelOf<V, Block1<V>, NoRapid>(),
        (1, true) => new BlockKernelOf<V, Block1<V>, WithRapid>(),
        (2, false) => new BlockKernelOf<V, Block2<V>, NoRapid>(),
        (2, true) => new BlockKernelOf<V, Block2<V>, WithRapid>(),
        (3, false) => new BlockKernelOf<V, Block3<V>, NoRapid>(),
        (3, true) => new BlockKernelOf<V, Block3<V>, WithRapid>(),
        _ => throw new ArgumentException($"a block has 1, 2 or 3 variables, not {size}", nameof(size)),
    };

    /// <inheritdoc cref="IBlock{V}.Up"/>
    public abstract void Up(CellRun<V>* run, int first, int end, V* neighbours);

    /// <inheritdoc cref="IBlock{V}.Down"/>
    public abstract void Down(CellRun<V>* run);
}
