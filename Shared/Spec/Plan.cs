using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Spec;

/// <summary>
/// A spec laid out: axes → points → simulations, in campaign order (points row-major over the axes, in spec order,
/// then replicates). Immutable and thread-safe; the same on every node.
/// </summary>
public sealed class Plan
{
    private readonly double[] _base;
    private readonly int[] _axisParameter;

    /// <summary>Lays out a checked spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="model">The scenario's model.</param>
    /// <param name="text">The spec file's text as the user wrote it (kept for provenance).</param>
    /// <param name="identity">SHA-256 of the canonical form, lower-case hex [64 characters].</param>
    public Plan(SweepSpec spec, Model model, string text, string identity)
    {
        (Spec, Model, Text, Identity) = (spec, model, text, identity);
        _base = model.Defaults();
        foreach (var (name, value) in spec.Set)
        {
            _base[model.IndexOf(name)] = value;
        }

        _axisParameter = [.. spec.Axes.Select(axis => model.IndexOf(axis.Parameter))];
        ObserveIndex = [.. spec.Observe.Select(name => model.Observables.ToList().FindIndex(o => o.Name == name))];
        Points = spec.Axes.Aggregate(1L, (n, axis) => checked(n * axis.Values.Count));
        Simulations = checked(Points * spec.Replicates);
        Id = new CampaignId($"{spec.Name}-{identity[..6]}");
    }

    /// <summary>The spec.</summary>
    public SweepSpec Spec { get; }

    /// <summary>The scenario's model.</summary>
    public Model Model { get; }

    /// <summary>The spec file's text.</summary>
    public string Text { get; }

    /// <summary>Where the text came from: paths in it are tried relative to its folder first.</summary>
    public string File { get; init; } = "the stored spec";

    /// <summary>SHA-256 of the canonical form, lower-case hex.</summary>
    public string Identity { get; }

    /// <summary>Id of the campaign that this spec makes.</summary>
    public CampaignId Id { get; }

    /// <summary>Number of points.</summary>
    public long Points { get; }

    /// <summary>Number of simulations: points × replicates.</summary>
    public long Simulations { get; }

    /// <summary>Index in <see cref="Model.Observables"/> of each observable that is kept [observe].</summary>
    public IReadOnlyList<int> ObserveIndex { get; }

    /// <summary>Index on each axis of a point [axes].</summary>
    public int[] Coordinates(long point)
    {
        var at = new int[Spec.Axes.Count];
        for (int i = at.Length - 1; i >= 0; i--)
        {
            int n = Spec.Axes[i].Values.Count;
            at[i] = (int)(point % n);
            point /= n;
        }

        return at;
    }

    /// <summary>Every parameter's value at a point [parameters].</summary>
    public double[] Parameters(long point)
    {
        double[] values = [.. _base];
        int[] at = Coordinates(point);
        for (int i = 0; i < at.Length; i++)
        {
            values[_axisParameter[i]] = Spec.Axes[i].Values[at[i]];
        }

        return values;
    }
}
