using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>name=value</c> as typed on the command line, checked against a model.</summary>
/// <param name="Parameter">Index in <see cref="Model.Parameters"/>.</param>
/// <param name="Values">Values in the parameter's own unit; one for <c>--set</c>, several for <c>--axis</c>.</param>
public sealed record Assignment(int Parameter, IReadOnlyList<double> Values)
{
    /// <summary>Reads <c>name=value</c>.</summary>
    /// <exception cref="CommandException">Form, name, unit or bounds are wrong.</exception>
    public static Assignment Of(Model model, string text)
    {
        (string name, string value) = Split(text);
        int at = IndexOf(model, name);
        return new(at, [ValueOf(model.Parameters[at], value)]);
    }

    /// <summary>Reads <c>name=v1,v2,…</c>.</summary>
    /// <exception cref="CommandException">Form, name, unit or bounds are wrong.</exception>
    public static Assignment ListOf(Model model, string text)
    {
        (string name, string values) = Split(text);
        int at = IndexOf(model, name);
        return new(at, [.. values.Split(',').Select(v => ValueOf(model.Parameters[at], v))]);
    }

    private static (string Name, string Value) Split(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new CommandException($"'{text}' is not of the form name=value", "e.g. --set release.gain=2");
    }

    private static int IndexOf(Model model, string name)
    {
        int at = model.IndexOf(name);
        if (at >= 0)
        {
            return at;
        }

        string? nearest = Nearest.Of(name, model.Parameters.Select(p => p.Name));
        throw new CommandException(
            $"{model.Scenario} has no parameter '{name}'",
            nearest is null ? $"calciumsweep describe {model.Scenario} lists them" : $"did you mean '{nearest}'?");
    }

    private static double ValueOf(ParameterInfo parameter, string text)
    {
        if (parameter.Words.TryGetValue(text, out double named))
        {
            return named;
        }

        if (!Quantity.TryParse(text, parameter.Unit, out double value, out string problem))
        {
            throw new CommandException(
                $"{parameter.Name}: {problem}", parameter.Words.Count > 0 ? $"a number, or {string.Join(", ", parameter.Words.Keys)}" : null);
        }

        if (!(value >= parameter.Min && value <= parameter.Max))
        {
            throw new CommandException(
                $"{parameter.Name} = {value:G6} is out of bounds", $"from {parameter.Min:G6} to {parameter.Max:G6} {parameter.Unit}");
        }

        return parameter.IsInteger && value != Math.Floor(value)
            ? throw new CommandException($"{parameter.Name} is a whole number, not {value:G6}") : value;
    }
}
