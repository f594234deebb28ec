using System.Reflection;

namespace CalciumSweep.Store;

/// <summary>
/// How the tables came about: one SQL file a version under Migrations, run in order. A file once released is never
/// changed; the next version gets a file of its own.
/// </summary>
internal static class Migrations
{
    /// <summary>The steps for SQLite, first version first.</summary>
    public static IReadOnlyList<string> Sqlite { get; } = Read("Sqlite/");

    /// <summary>The steps for PostgreSQL, first version first.</summary>
    public static IReadOnlyList<string> Postgres { get; } = Read("Postgres/");

    private static string[] Read(string folder)
    {
        Assembly assembly = typeof(Migrations).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => ReadText(assembly, name))];
    }

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
