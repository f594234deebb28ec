using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>The pass of one group; closed once per model by reflection.</summary>
internal sealed unsafe class GroupPass<G, V, S> : FluxPass<V>
    where G : unmanaged, IGroup<G, V>
    where V : unmanaged, ILanes<V>
    where S : struct, ISlopes
{
    // The JIT aligns stack frames to 16 bytes only: the parameter block lives in aligned native memory.
    private readonly AlignedMemory _memory = new(sizeof(G));

    /// <inheritdoc/>
    public override void Reload(V** rates) => *(G*)_memory.Start = G.Load(rates, 0);

    /// <inheritdoc/>
    public override void Run(byte** planes, V* weights, nint offset, nint to, int n, V* j, V* byInto, V* byFrom, bool add)
    {
        if (add)
        {
            Add(planes, weights, offset, to, n, j, byInto, byFrom);
        }
        else
        {
            Write(planes, weights, offset, to, n, j, byInto, byFrom);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Write(byte** planes, V* weights, nint offset, nint to, int n, V* j, V* byInto, V* byFrom)
    {
        G* group = (G*)_memory.Start;
        for (int i = 0; i < n; i++)
        {
            var cell = new EdgeCell<V, S>(planes, weights, offset + (i * sizeof(V)), to + (i * sizeof(V)));
            group->Flux(ref cell, 0);
            j[i] = cell.J;
            if (S.Into)
            {
                byInto[i] = cell.ByInto;
            }

            if (S.From)
            {
                byFrom[i] = cell.ByFrom;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Add(byte** planes, V* weights, nint offset, nint to, int n, V* j, V* byInto, V* byFrom)
    {
        G* group = (G*)_memory.Start;
        for (int i = 0; i < n; i++)
        {
            var cell = new EdgeCell<V, S>(planes, weights, offset + (i * sizeof(V)), to + (i * sizeof(V)));
            group->Flux(ref cell, 0);
            j[i] = j[i] + cell.J;
            if (S.Into)
            {
                byInto[i] = byInto[i] + cell.ByInto;
            }

            if (S.From)
            {
                byFrom[i] = byFrom[i] + cell.ByFrom;
            }
        }
    }
}
