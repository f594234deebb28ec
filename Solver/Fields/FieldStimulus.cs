using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// What is at t = 0 besides rest: <c>patch</c> (a pool at <c>amplitude</c> from 0 to <c>width</c>), <c>gaussian</c>
/// (<c>amplitude</c>·exp(−(x/<c>width</c>)²) on top of rest; lasts where the pool is clamped), <c>front</c> (a pool that falls from 1 to 0 at mid-cable over <c>width</c>).
/// Kinetic and instantaneous buffers start in equilibrium with the free calcium at their place.
/// </summary>
internal sealed class FieldStimulus
{
    private readonly string _use;
    private readonly int _pool, _amplitude = -1, _width = -1;
    private readonly FieldGeometry _geometry;

    /// <summary>Declares the parameters.</summary>
    /// <exception cref="CompositionException">There is no such stimulus.</exception>
    public FieldStimulus(ScenarioDefinition scenario, ParameterTable table, FieldLayout layout, FieldGeometry geometry)
    {
        _geometry = geometry;
        PartDefinition? part = scenario.Parts.FirstOrDefault(p => p.Role == "stimulus");
        _use = part?.Use ?? "none";
        if (part is null)
        {
            return;
        }

        if (_use is not ("none" or "patch" or "gaussian" or "front"))
        {
            throw new CompositionException($"{scenario.Name}: unknown stimulus '{_use}'; fields along a cable have none, patch, gaussian, front");
        }

        string pool = part.Options.GetValueOrDefault("pool", layout.Medium.PoolNames[layout.Calcium]);
        _pool = layout.Medium.Pool(scenario, pool);
        string length = geometry.ScaleName is null ? "µm" : "widths";
        if (_use is "patch" or "gaussian")
        {
            _amplitude = table.Add(new(part.Options.GetValueOrDefault("amplitude", "stimulus.amplitude"), "µM", 2, 0, 10000, $"concentration of {pool} in the stimulus", "chosen"));
        }

        if (_use is not "none")
        {
            _width = table.Add(new(part.Options.GetValueOrDefault("width", "stimulus.width"), length, 5, 0, 10000, "width of the stimulus", "chosen"));
        }
    }

    /// <summary>Concentration of a pool at the start, µM.</summary>
    /// <param name="pool">Number of the pool.</param>
    /// <param name="x">Place, in the geometry's unit.</param>
    /// <param name="rest">At rest, µM.</param>
    /// <param name="v">Parameters.</param>
    public double At(int pool, double x, double rest, ReadOnlySpan<double> v)
    {
        if (_use == "none" || pool != _pool)
        {
            return rest;
        }

        double z = _use == "front" ? (x - (0.5 * v[_geometry.Length])) / v[_width] : x / v[_width];
        return _use switch
        {
            "patch" => x < v[_width] ? v[_amplitude] : rest,
            "gaussian" => rest + (v[_amplitude] * Exp(-(z * z))),
            _ => z > 0 ? Exp(-2 * z) / (1 + Exp(-2 * z)) : 1 / (1 + Exp(2 * z)),
        };
    }

    /// <summary>Place from which on the start is the same everywhere, in the geometry's unit; infinite if there is none.</summary>
    public double UniformFrom(ReadOnlySpan<double> v) => _use switch
    {
        "none" => 0,
        "patch" => v[_width],
        _ => double.PositiveInfinity,
    };

    private static double Exp(double x) => x < -700 ? 0 : Lanes.Elementary.Exp(Lanes.Lane1.All(x)).Value;
}
