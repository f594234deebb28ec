using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Spec;

/// <summary>The canonical form of a spec: everything that can change a bit of a result, and nothing else.</summary>
public static class Canonical
{
    /// <summary>SHA-256 of the canonical form, lower-case hex [64 characters].</summary>
    /// <param name="spec">The spec, checked; its name, limits and keep do not enter.</param>
    /// <param name="model">The scenario's model.</param>
    public static string Identity(SweepSpec spec, Model model) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(spec, model))));

    // Every line starts with a fixed word, and the one free text states its length: no two specs share a form.
    private static string Text(SweepSpec spec, Model model)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"numerics {Numerics.Version}\n");
        text.Append(CultureInfo.InvariantCulture, $"model {model.Identity.Length} {model.Identity}\n");
        text.Append(CultureInfo.InvariantCulture, $"scenario {model.Scenario}\n");
        foreach (ParameterInfo parameter in model.Parameters)
        {
            double value = spec.Set.TryGetValue(parameter.Name, out double given) ? given : parameter.Default;
            text.Append(CultureInfo.InvariantCulture, $"parameter {parameter.Name} {Bits(value)}\n");
        }

        foreach (Axis axis in spec.Axes)
        {
            text.Append(CultureInfo.InvariantCulture, $"axis {axis.Parameter}");
            foreach (double value in axis.Values)
            {
                text.Append(' ').Append(Bits(value));
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"sampling grid\nreplicates {spec.Replicates}\nseed {spec.Seed}\n");
        return text.Append(CultureInfo.InvariantCulture, $"observe {string.Join(' ', spec.Observe)}\n").ToString();
    }

    private static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
