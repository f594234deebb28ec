using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>The pass of one group; closed once per model by reflection.</summary>
internal sealed unsafe class GroupPass<G, V> : FluxPass<V>
    where G : unmanaged, IGroup<G, V>
    where V : unmanaged, ILanes<V>
{
    // The JIT aligns stack frames to 16 bytes only: the parameter block lives in aligned native memory.
    private readonly AlignedMemory _memory = new(sizeof(G));

    /// <inheritdoc/>
    public override void Reload(V** rates) => *(G*)_memory.Start = G.Load(rates, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte** planes, V* weights, int n, V* j, V* byInto, bool add)
    {
        G* group = (G*)_memory.Start;
        for (int i = 0; i < n; i++)
        {
            var cell = new EdgeCell<V>(planes, weights, i * sizeof(V));
            group->Flux(ref cell, 0);
            if (add)
            {
                j[i] = j[i] + cell.J;
                byInto[i] = byInto[i] + cell.ByInto;
            }
            else
            {
                j[i] = cell.J;
                byInto[i] = cell.ByInto;
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();
}
