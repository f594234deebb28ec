using System.Globalization;
using System.Numerics;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Spec;

/// <summary>Nodes of a spec file → plan: what each key of the spec means.</summary>
internal sealed class SpecBinder
{
    private const long MostKeptSimulations = 10_000_000;
    private static readonly string[] _keys =
        ["name", "scenario", "set", "axes", "sampling", "replicates", "seed", "observe", "limits", "keep"];

    private static readonly string[] _laterDesigns = ["sobol", "latin-hypercube", "random", "boundary"];

    private readonly SpecErrors _errors;
    private readonly SpecFields _fields;
    private readonly string _fileName;

    /// <summary>Binds one file.</summary>
    public SpecBinder(SpecNode root, SpecErrors errors, string fileName)
    {
        (_errors, _fileName) = (errors, fileName);
        _fields = new(root, "", errors, _keys);
    }

    /// <summary>The plan.</summary>
    /// <exception cref="SpecException">Anything is wrong.</exception>
    public PlanReading Bind(string text)
    {
        string name = SpecName.Read(_fields, _errors, _fileName);
        CheckSampling();
        int replicates = Replicates();
        ulong seed = Seed();
        Limits limits = ReadLimits();
        string keep = _fields.Word("keep", ["simulations", "points"], "");
        Model? model = LoadModel();
        if (model is null)
        {
            _errors.ThrowIfAny();
        }

        var values = new ParameterValues(model!, _errors);
        Dictionary<string, double> set = ReadSet(values);
        List<Axis> axes = ReadAxes(values, replicates);
        IReadOnlyList<string> observe = Observe(model!);
        _errors.ThrowIfAny();

        BigInteger simulations = axes.Aggregate(new BigInteger(replicates), (n, axis) => n * axis.Values.Count);
        Keep kept = keep == "points" || (keep.Length == 0 && simulations > MostKeptSimulations) ? Keep.Points : Keep.Simulations;
        var spec = new SweepSpec(name, model!.Scenario, set, axes, replicates, seed, observe, limits, kept);
        var plan = new Plan(spec, model, text, Canonical.Identity(spec, model)) { File = _fileName };
        CornerCheck.Run(plan, _errors, _fields.Find("axes") ?? _fields.Find("set"));
        _errors.ThrowIfAny();
        return new(plan, Warnings(plan));
    }

    private List<SpecError> Warnings(Plan plan)
    {
        if (plan.Spec.Replicates <= 1 || plan.Model.IsStochastic)
        {
            return [];
        }

        SpecNode at = _fields.Find("replicates")!;
        string message = $"replicates: {plan.Model.Scenario} has no randomness, so {plan.Spec.Replicates} replicates of a point are all the same";
        return [new(message, "replicates", at.Line, at.Column, "write replicates: 1")];
    }

    private Model? LoadModel()
    {
        string? name = _fields.Scalar("scenario");
        SpecNode? at = _fields.Find("scenario");
        if (name is null)
        {
            if (_fields.IsMissing("scenario"))
            {
                _errors.Add("scenario", "is missing", _fields.Node, $"add 'scenario: …', one of: {string.Join(", ", ScenarioLibrary.Names())}");
            }

            return null;
        }

        try
        {
            return ScenarioLibrary.Load(Beside(name));
        }
        catch (SpecException failure)
        {
            foreach (SpecError error in failure.Errors)
            {
                string place = error.Line is null ? "" : $"{name}, line {error.Line}, column {error.Column}: ";
                _errors.Add("scenario", place + error.Message, at, error.Hint);
            }

            return null;
        }
    }

    private string Beside(string scenario)
    {
        string beside = Path.Combine(Path.GetDirectoryName(_fileName) ?? "", scenario);
        return ScenarioLibrary.IsPath(scenario) && File.Exists(beside) ? beside : scenario;
    }

    private void CheckSampling()
    {
        SpecNode? node = _fields.Find("sampling");
        string? design = node?.Text ?? (node?.Entries is [var only] ? only.Key.Text : null);
        if (node is null || node.Text == "grid")
        {
            return;
        }

        if (design is not null && _laterDesigns.Contains(design, StringComparer.Ordinal))
        {
            _errors.Add("sampling", $"'{design}' is not available yet", node, "write sampling: grid");
        }
        else
        {
            _errors.AddUnknown("sampling", "design", design ?? node.Kind, node, ["grid"]);
        }
    }

    private int Replicates()
    {
        SpecNode? node = _fields.Find("replicates");
        if (node?.Entries is null)
        {
            return (int)_fields.Whole("replicates", 1, int.MaxValue, 1);
        }

        _errors.Add("replicates", "the form {from, to, …} is not available yet", node, "write a whole number, e.g. replicates: 32");
        return 1;
    }

    private ulong Seed()
    {
        string? text = _fields.Scalar("seed");
        if (text is null || ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            return text is null ? 1 : ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        _errors.Add("seed", $"'{text}' is not a whole number from 0 to {ulong.MaxValue}", _fields.Find("seed"), "e.g. seed: 1");
        return 1;
    }

    private Limits ReadLimits()
    {
        if (_fields.Find("limits") is not SpecNode node)
        {
            return Limits.Default;
        }

        var fields = new SpecFields(node, "limits", _errors, ["attempts", "wallTime"]);
        int attempts = (int)fields.Whole("attempts", 1, 100, Limits.Default.Attempts);
        if (fields.Scalar("wallTime") is not string text)
        {
            return Limits.Default with { Attempts = attempts };
        }

        if (!Quantity.TryParse(text, "s", out double seconds, out string problem))
        {
            _errors.Add("limits.wallTime", problem, fields.Find("wallTime"), "e.g. wallTime: 60 s");
        }
        else if (seconds is < 0.001 or > 1e6)
        {
            _errors.Add("limits.wallTime", $"{seconds} s is not from 0.001 s to 1000000 s", fields.Find("wallTime"), "e.g. wallTime: 60 s");
        }

        return new(attempts, TimeSpan.FromSeconds(Math.Clamp(seconds, 0.001, 1e6)));
    }

    private Dictionary<string, double> ReadSet(ParameterValues values)
    {
        var set = new Dictionary<string, double>(StringComparer.Ordinal);
        SpecNode? node = _fields.Find("set");
        if (node is { Entries: null })
        {
            _errors.Add("set", $"must be a map, not {node.Kind}", node, "write it as { parameter: value }");
        }

        foreach ((SpecNode key, SpecNode value) in node?.Entries ?? [])
        {
            string path = $"set.{key.Text}";
            if (values.Find(key.Text!, path, key) is ParameterInfo parameter && values.Value(parameter, value, path) is double number)
            {
                set[parameter.Name] = number;
            }
        }

        return set;
    }

    private List<Axis> ReadAxes(ParameterValues values, int replicates)
    {
        var reader = new AxisReader(values, _errors);
        var axes = new List<Axis>();
        BigInteger simulations = replicates;
        IReadOnlyList<SpecNode> nodes = _fields.List("axes");
        for (int i = 0; i < nodes.Count; i++)
        {
            Axis? axis = reader.Read(nodes[i], $"axes[{i}]", out long count);
            simulations *= count;
            if (axis is not null)
            {
                axes.Add(axis);
            }
        }

        CheckTwice(nodes);
        if (simulations > long.MaxValue)
        {
            _errors.Add(
                "axes", $"points × replicates is {(double)simulations:0.###e+0}, more than 64 bits can count", _fields.Find("axes"),
                "choose fewer points or axes");
        }

        return axes;
    }

    private void CheckTwice(IReadOnlyList<SpecNode> axes)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((SpecNode key, _) in _fields.Find("set")?.Entries ?? [])
        {
            places[key.Text!] = "set";
        }

        for (int i = 0; i < axes.Count; i++)
        {
            SpecNode? name = axes[i].Entries?.FirstOrDefault(entry => entry.Key.Text == "parameter").Value;
            if (name?.Text is string text && !places.TryAdd(text, $"axes[{i}]"))
            {
                _errors.Add($"axes[{i}].parameter", $"{text} is in {places[text]} already", name, "remove one of the two");
            }
        }
    }

    private IReadOnlyList<string> Observe(Model model)
    {
        if (!_fields.Has("observe"))
        {
            return model.DefaultObservables;
        }

        string[] known = [.. model.Observables.Select(o => o.Name)];
        var names = new List<string>();
        foreach (SpecNode item in _fields.List("observe"))
        {
            string path = $"observe[{names.Count}]", name = item.Text ?? item.Kind;
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                _errors.AddUnknown(path, $"observable of {model.Scenario}", name, item, known);
            }
            else if (names.Contains(name, StringComparer.Ordinal))
            {
                _errors.Add(path, $"{name} is there twice", item, "remove one of the two");
            }

            names.Add(name);
        }

        return names;
    }
}
