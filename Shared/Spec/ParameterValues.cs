using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Spec;

/// <summary>Reads parameter names and values against a model: unit, bounds, whole numbers.</summary>
/// <param name="model">The scenario's model.</param>
/// <param name="errors">Gets what is wrong.</param>
internal sealed class ParameterValues(Model model, SpecErrors errors)
{
    private readonly string[] _names = [.. model.Parameters.Select(p => p.Name)];

    /// <summary>The parameter of a name; null, with an error, if there is none.</summary>
    public ParameterInfo? Find(string name, string path, SpecNode at)
    {
        int index = model.IndexOf(name);
        if (index >= 0)
        {
            return model.Parameters[index];
        }

        errors.AddUnknown(path, $"parameter of {model.Scenario}", name, at, _names);
        return null;
    }

    /// <summary>A value in the parameter's own unit; null, with an error, if it is not one or out of bounds.</summary>
    public double? Value(ParameterInfo parameter, SpecNode node, string path)
    {
        if (node.Text is null || node.IsNull)
        {
            errors.Add(path, $"must be a number, not {node.Kind}", node);
            return null;
        }

        if (parameter.Words.TryGetValue(node.Text, out double named))
        {
            return named;
        }

        if (!Quantity.TryParse(node.Text, parameter.Unit, out double value, out string problem))
        {
            errors.Add(path, problem, node, parameter.Words.Count > 0 ? $"{parameter.Name} is a number or {string.Join(", ", parameter.Words.Keys)}" : $"{parameter.Name} is {(parameter.Unit == "1" ? "a plain number" : $"in {parameter.Unit}")}");
            return null;
        }

        return IsValid(parameter, value, node, path) ? value : null;
    }

    /// <summary>A value with its unit, for messages.</summary>
    public static string Show(ParameterInfo parameter, double value) => parameter.Unit == "1" ? $"{value}" : $"{value} {parameter.Unit}";

    private bool IsValid(ParameterInfo parameter, double value, SpecNode node, string path)
    {
        string range = $"choose a value from {Show(parameter, parameter.Min)} to {Show(parameter, parameter.Max)}";
        if (value > parameter.Max)
        {
            errors.Add(path, $"{value} exceeds the maximum of {parameter.Name} ({Show(parameter, parameter.Max)})", node, range);
            return false;
        }

        if (value < parameter.Min)
        {
            errors.Add(path, $"{value} is below the minimum of {parameter.Name} ({Show(parameter, parameter.Min)})", node, range);
            return false;
        }

        if (parameter.IsInteger && value != Math.Floor(value))
        {
            errors.Add(path, $"{value} is not a whole number; {parameter.Name} is a count", node, $"write {Math.Floor(value)} or {Math.Ceiling(value)}");
            return false;
        }

        return true;
    }
}
