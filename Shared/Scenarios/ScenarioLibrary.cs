using System.Collections.Concurrent;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Scenarios;

/// <summary>The scenarios that come with the program, and those in a user's own files. Thread-safe.</summary>
public static class ScenarioLibrary
{
    // By path and content: a file edited in between is read anew.
    private static readonly ConcurrentDictionary<(string Path, string Text), Model> _models = new();

    /// <summary>Names of the built-in scenarios, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names() => Folder() is not string folder
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>True if a spec's <c>scenario</c> means a file, not a built-in name.</summary>
    public static bool IsPath(string nameOrPath) =>
        nameOrPath.Contains('/') || nameOrPath.Contains(Path.DirectorySeparatorChar) || nameOrPath.EndsWith(".yaml", StringComparison.Ordinal);

    /// <summary>The model of a built-in name, or of a path to a scenario file.</summary>
    /// <exception cref="SpecException">There is no such scenario, or its file is wrong.</exception>
    public static Model Load(string nameOrPath)
    {
        if (IsPath(nameOrPath))
        {
            return LoadFile(nameOrPath);
        }

        IReadOnlyList<string> names = Names();
        if (names.Contains(nameOrPath, StringComparer.Ordinal))
        {
            return LoadFile(Path.Combine(Folder()!, nameOrPath + ".yaml"));
        }

        var errors = new SpecErrors();
        errors.AddUnknown("", "scenario", nameOrPath, null, [.. names]);
        errors.ThrowIfAny();
        throw new InvalidOperationException("an error was added");
    }

    /// <summary>The file of a built-in scenario.</summary>
    public static string Text(string name) => SpecFile.ReadText(Path.Combine(Folder()!, name + ".yaml"));

    private static Model LoadFile(string path)
    {
        string text = SpecFile.ReadText(path);
        return _models.GetOrAdd((Path.GetFullPath(path), text), static key => Compose(ScenarioReader.Parse(key.Text, key.Path)));
    }

    private static Model Compose(ScenarioDefinition definition)
    {
        try
        {
            Model model = Composition.Compose(definition);
            Check(model);
            return model;
        }
        catch (CompositionException failure)
        {
            throw new SpecException([new(failure.Message, null, null, null, null)]);
        }
    }

    private static void Check(Model model)
    {
        var errors = new SpecErrors();
        foreach (ParameterInfo p in model.Parameters.Where(p => !(p.Default >= p.Min && p.Default <= p.Max)))
        {
            errors.Add($"parameters.{p.Name}", $"the default {p.Default} is not from {p.Min} to {p.Max} {p.Unit}", null, "correct default, min or max");
        }

        string[] known = [.. model.Observables.Select(o => o.Name)];
        foreach (string name in model.DefaultObservables.Except(known, StringComparer.Ordinal))
        {
            errors.AddUnknown("observe", "observable", name, null, known);
        }

        errors.ThrowIfAny();
    }

    private static string? Folder()
    {
        for (string? at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            string folder = Path.Combine(at, "scenarios");
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.yaml").Any())
            {
                return folder;
            }
        }

        return null;
    }
}
