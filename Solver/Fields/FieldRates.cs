using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>Constants of the lanes, one vector each, in aligned native memory.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldRates<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly AlignedMemory _memory;
    private readonly int _variables;

    /// <summary>For some variables and flows.</summary>
    public FieldRates(int variables, int pools, int flows)
    {
        _variables = variables;
        Flows = flows;
        _memory = new AlignedMemory(((long)(6 * variables) + (pools * flows) + 7 + (2 * StepHistory.Slots)) * sizeof(V));
    }

    /// <summary>D/dx², 1/s [variables].</summary>
    public V* Diffusion => (V*)_memory.Start;

    /// <summary>s·D/dx² [variables].</summary>
    public V* SD => Diffusion + _variables;

    /// <summary>Kinetic buffers: on, 1/(µM s), off, 1/s, total, µM [variables].</summary>
    public V* On => SD + _variables;

    /// <inheritdoc cref="On"/>
    public V* Off => On + _variables;

    /// <inheritdoc cref="On"/>
    public V* Total => Off + _variables;

    /// <summary>Value at rest, which a clamped end holds [variables].</summary>
    public V* Rest => Total + _variables;

    /// <summary>s, s.</summary>
    public V* S => Rest + _variables;

    /// <summary>Largest error as a ratio of two numbers, largest error of a gate, smallest new value [4].</summary>
    public V* Norm => S + 1;

    /// <summary>Absolute (µM) and relative tolerance [2].</summary>
    public V* Tolerance => Norm + 4;

    /// <summary>Coefficients of the predictor by age − 1, negated [slots].</summary>
    public V* P => Tolerance + 2;

    /// <summary>Coefficients of ψ − y* by age − 1, negated [slots].</summary>
    public V* Q => P + StepHistory.Slots;

    /// <summary>What a unit of a flow gives a pool [pools × flows].</summary>
    public V* Share => Q + StepHistory.Slots;

    /// <summary>Number of flows.</summary>
    public int Flows { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
