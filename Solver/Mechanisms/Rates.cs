using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>Parameters by name, a vector each; used in <c>Load</c> only, so there is no order to get wrong.</summary>
/// <typeparam name="V">The lane type.</typeparam>
public readonly unsafe ref struct Rates<V>
    where V : unmanaged, ILanes<V>
{
    private readonly MechanismInfo _info;
    private readonly V* _values;

    /// <summary>Wraps the values of one instance.</summary>
    /// <param name="info">The mechanism.</param>
    /// <param name="values">A vector per parameter, in the order of <see cref="MechanismInfo.Parameters"/>.</param>
    public Rates(MechanismInfo info, V* values)
    {
        _info = info;
        _values = values;
    }

    /// <summary>A parameter's value in every lane.</summary>
    /// <exception cref="ArgumentException">The mechanism declares no such parameter.</exception>
    public V this[string name]
    {
        get
        {
            for (int i = 0; i < _info.Parameters.Count; i++)
            {
                if (string.Equals(_info.Parameters[i].Name, name, StringComparison.Ordinal))
                {
                    return _values[i];
                }
            }

            throw new ArgumentException($"{_info.Id} declares no parameter '{name}'", nameof(name));
        }
    }
}
