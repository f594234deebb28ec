using System.Globalization;

namespace CalciumSweep.StoreTests;

/// <summary>The programs of the PostgreSQL server that is installed.</summary>
internal static class PostgresPrograms
{
    /// <summary>Their folder; of several versions the newest.</summary>
    public static string Find() => new[] { "/usr/lib/postgresql", "/usr/local/pgsql" }
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetDirectories(folder, "bin", SearchOption.AllDirectories))
        .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
        .OrderByDescending(folder => double.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), CultureInfo.InvariantCulture, out double v) ? v : 0)
        .FirstOrDefault()
        ?? throw new InvalidOperationException(
            "These tests want a PostgreSQL server, and its programs (initdb, postgres) are not installed: apt-get install postgresql");
}
