using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace CalciumSweep.Architecture;

/// <summary>The arrows of use, read from the compiled assemblies.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> _allowed = new(StringComparer.Ordinal)
    {
        ["Solver"] = [],
        ["Shared"] = ["Solver"],
        ["Store"] = ["Shared", "Solver"],
        ["Worker"] = ["Store", "Shared", "Solver"],
        ["Client"] = ["Shared", "Solver"],
        ["Dashboard"] = ["Client", "Shared", "Solver"],
        ["Coordinator"] = ["Dashboard", "Client", "Worker", "Store", "Shared", "Solver"],
    };

    private static readonly string[] _drivers = ["Microsoft.Data.Sqlite", "linq2db", "SQLitePCLRaw", "Npgsql"];

    public static TheoryData<string> Projects => [.. _allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_those_its_arrow_points_at(string project) =>
        Assert.Empty(Undrawn(project, References(project)));

    [Fact]
    public void Solver_uses_the_framework_alone() =>
        Assert.All(References("Solver"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_store_knows_a_database_driver(string project) =>
        Assert.True(project == "Store" || Drivers(References(project)).Length == 0);

    [Fact]
    public void An_undrawn_arrow_would_be_seen()
    {
        Assert.Equal(["CalciumSweep.Worker"], Undrawn("Store", ["CalciumSweep.Shared", "CalciumSweep.Worker"]));
        Assert.Equal(["linq2db"], Drivers(["System.Runtime", "linq2db"]));
    }

    private static string[] Undrawn(string project, IEnumerable<string> references) =>
    [
        .. references.Where(name => name.StartsWith("CalciumSweep.", StringComparison.Ordinal)
            && !_allowed[project].Contains(name["CalciumSweep.".Length..])),
    ];

    private static string[] Drivers(IEnumerable<string> references) =>
        [.. references.Where(name => _drivers.Any(driver => name.StartsWith(driver, StringComparison.Ordinal)))];

    private static List<string> References(string project)
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"CalciumSweep.{project}.dll");
        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
