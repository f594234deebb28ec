using System.Text.RegularExpressions;
using System.Xml.Linq;
using CalciumSweep.Shared.Api;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Shared.Scenarios;

/// <summary>Every mechanism with its law: the summary of its one file, which stands in the solver's documentation.</summary>
public static partial class MechanismLibrary
{
    private static readonly Lazy<IReadOnlyList<MechanismAnswer>> _all = new(Read);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<MechanismAnswer> All => _all.Value;

    /// <summary>One of them, or null.</summary>
    public static MechanismAnswer? Of(string id) => All.FirstOrDefault(m => m.Id == id);

    /// <summary>Ids of those that a scenario's file uses, in its order.</summary>
    public static IReadOnlyList<string> IdsIn(string scenario) =>
        [.. Uses().Matches(scenario).Select(use => use.Groups["id"].Value).Where(id => MechanismCatalog.Of(id) is not null).Distinct(StringComparer.Ordinal)];

    private static MechanismAnswer[] Read()
    {
        string file = Path.ChangeExtension(typeof(MechanismCatalog).Assembly.Location, ".xml");
        Dictionary<string, string> laws = File.Exists(file)
            ? XDocument.Load(file).Descendants("member").Where(m => m.Attribute("name")?.Value.StartsWith("T:", StringComparison.Ordinal) == true)
                .ToDictionary(m => m.Attribute("name")!.Value[2..], m => Spaces().Replace(m.Element("summary")?.Value ?? "", " ").Trim(), StringComparer.Ordinal)
            : [];
        return
        [
            .. MechanismCatalog.All.Select(info => new MechanismAnswer(
                info.Id, laws.GetValueOrDefault(MechanismCatalog.Of(info.Id)!.Value.Open.FullName!, ""), info.Source, info.Pools,
                [.. info.Flows.Select(flow => $"{flow.From ?? "made"} → {flow.Into}")],
                [.. info.Parameters.Select(p => new MechanismParameter(p.Name, p.Unit, p.Default, p.Min, p.Max, p.Meaning))])),
        ];
    }

    [GeneratedRegex(@"\buse:\s*(?<id>[\w.-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
