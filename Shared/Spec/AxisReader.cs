using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Spec;

/// <summary>Reads one entry of <c>axes</c>.</summary>
/// <param name="values">Reads the values.</param>
/// <param name="errors">Gets what is wrong.</param>
internal sealed class AxisReader(ParameterValues values, SpecErrors errors)
{
    /// <summary>Most values on one axis: they are held in memory.</summary>
    public const int MostValues = 1_000_000;

    private static readonly string[] _keys = ["parameter", "from", "to", "points", "scale", "values"];

    /// <summary>The axis, or null if anything is wrong with it.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="path">Its path.</param>
    /// <param name="count">How many values it asks for, even if they are wrong.</param>
    public Axis? Read(SpecNode node, string path, out long count)
    {
        count = 1;
        var fields = new SpecFields(node, path, errors, _keys);
        if (node.Entries is null)
        {
            return null;
        }

        string? name = fields.Scalar("parameter");
        if (name is null)
        {
            if (fields.IsMissing("parameter"))
            {
                errors.Add(path, "has no parameter", node, "add 'parameter: …'");
            }

            return null;
        }

        ParameterInfo? parameter = values.Find(name, fields.Path("parameter"), fields.Find("parameter")!);
        if (fields.IsMissing("values"))
        {
            return ReadRange(fields, path, parameter, out count);
        }

        string? other = _keys[1..^1].FirstOrDefault(fields.Has);
        if (other is not null)
        {
            errors.Add(path, $"'values' and '{other}' exclude each other", node, "list the values, or give from, to and points");
        }

        return ReadList(fields, parameter, out count);
    }

    private Axis? ReadList(SpecFields fields, ParameterInfo? parameter, out long count)
    {
        string path = fields.Path("values");
        SpecNode? list = fields.Find("values");
        IReadOnlyList<SpecNode> items = fields.List("values");
        count = items.Count;
        if (list?.Items is { Count: 0 })
        {
            errors.Add(path, "the axis is empty", list, "give at least one value, or remove the axis");
        }

        if (parameter is null)
        {
            return null;
        }

        var found = new List<double>();
        var seen = new HashSet<double>();
        foreach (SpecNode item in items)
        {
            if (values.Value(parameter, item, path) is not double value)
            {
                continue;
            }

            if (!seen.Add(value))
            {
                errors.Add(path, $"{ParameterValues.Show(parameter, value)} is there twice", item, "remove one of the two");
            }

            found.Add(value);
        }

        return found.Count == items.Count && found.Count > 0 ? new(parameter.Name, parameter.Unit, found, false) : null;
    }

    private Axis? ReadRange(SpecFields fields, string path, ParameterInfo? parameter, out long count)
    {
        foreach (string key in _keys[1..4].Where(fields.IsMissing))
        {
            errors.Add(path, $"has no '{key}'", fields.Node, "an axis is {parameter, from, to, points} or {parameter, values: […]}");
        }

        bool isLogarithmic = fields.Word("scale", ["linear", "log"], "linear") == "log";
        count = fields.Whole("points", 0, long.MaxValue, 1);
        SpecNode? from = fields.Find("from"), to = fields.Find("to"), points = fields.Find("points");
        bool isSized = IsSized(count, points, fields.Path("points"));
        if (parameter is null || from is null || to is null)
        {
            return null;
        }

        double? first = values.Value(parameter, from, fields.Path("from")), last = values.Value(parameter, to, fields.Path("to"));
        return first is double a && last is double b && points is not null && isSized
            ? Spread(parameter, a, b, (int)count, isLogarithmic, path, fields.Node)
            : null;
    }

    private bool IsSized(long count, SpecNode? points, string path)
    {
        if (count < 1)
        {
            errors.Add(path, "the axis is empty", points, "give at least one point, or remove the axis");
        }
        else if (count > MostValues)
        {
            errors.Add(path, $"{count} points on one axis are more than {MostValues}", points, "choose fewer points");
        }

        return count is >= 1 and <= MostValues;
    }

    private Axis? Spread(ParameterInfo parameter, double from, double to, int count, bool isLogarithmic, string path, SpecNode node)
    {
        if (isLogarithmic && Math.Sign(from) * Math.Sign(to) <= 0)
        {
            errors.Add(path, "a log axis cannot reach or cross 0", node, "choose 'from' and 'to' both above 0, or scale: linear");
            return null;
        }

        if (from == to != (count == 1))
        {
            errors.Add(
                path, $"{count} points do not fit from {ParameterValues.Show(parameter, from)} to {ParameterValues.Show(parameter, to)}", node,
                count == 1 ? "choose at least 2 points, or values: […]" : "choose different ends, or points: 1");
            return null;
        }

        double[] spread = isLogarithmic ? Logarithmic(from, to, count) : Linear(from, to, count);
        string? problem = Problem(parameter, spread);
        if (problem is not null)
        {
            errors.Add(path, problem, node, "choose other ends or points, or values: […]");
            return null;
        }

        return new(parameter.Name, parameter.Unit, spread, isLogarithmic);
    }

    private static string? Problem(ParameterInfo parameter, double[] spread)
    {
        for (int i = 0; i < spread.Length; i++)
        {
            if (!double.IsFinite(spread[i]))
            {
                return "the range is too wide for this program's numbers";
            }

            if (parameter.IsInteger && spread[i] != Math.Floor(spread[i]))
            {
                return $"{spread[i]} is not a whole number; {parameter.Name} is a count";
            }

            if (i > 0 && spread[i] == spread[i - 1])
            {
                return "the points are too close to differ";
            }
        }

        return null;
    }

    private static double[] Linear(double from, double to, int count)
    {
        var spread = new double[count];
        for (int i = 0; i < count; i++)
        {
            spread[i] = from + ((to - from) * i / Math.Max(1, count - 1));
        }

        (spread[0], spread[^1]) = (from, to);
        return spread;
    }

    // Pow is the platform's: the last bit of an inner value may differ between operating systems (the ends may not),
    // and then so does the identity. Values that must be the same everywhere can be listed.
    private static double[] Logarithmic(double from, double to, int count)
    {
        var spread = new double[count];
        for (int i = 0; i < count; i++)
        {
            spread[i] = from * Math.Pow(to / from, i / Math.Max(1.0, count - 1));
        }

        (spread[0], spread[^1]) = (from, to);
        return spread;
    }
}
