using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>One fused pass over cells: the flow of up to four mechanisms. One virtual call per pass, none per cell.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal abstract unsafe class FluxPass<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    /// <summary>Reads the parameter vectors again.</summary>
    public abstract void Reload(V** rates);

    /// <summary>Writes (or adds to) the flow and its slopes in cells 0…n−1.</summary>
    /// <param name="planes">Plane of each port [members × ports].</param>
    /// <param name="weights">Weight of each member [members].</param>
    /// <param name="offset">Byte offset of cell 0 in the planes of pools and gates.</param>
    /// <param name="to">Byte offset of cell 0 in the planes that gates and further flows are written to; j and the slopes start at it already.</param>
    /// <param name="n">Cells.</param>
    /// <param name="j">Flow, µM/s of the pool it goes into [cells].</param>
    /// <param name="byInto">Slope, 1/s [cells]; not touched if not kept.</param>
    /// <param name="byFrom">Slope, 1/s [cells]; not touched if not kept.</param>
    /// <param name="add">True to add to what is there.</param>
    public abstract void Run(byte** planes, V* weights, nint offset, nint to, int n, V* j, V* byInto, V* byFrom, bool add);

    /// <inheritdoc/>
    public abstract void Dispose();
}
