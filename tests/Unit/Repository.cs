namespace CalciumSweep.Unit;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder in it.</summary>
    /// <param name="parts">The way from the root.</param>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CalciumSweep.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("CalciumSweep.sln not found: tests run from their build folder in the checkout");
        }

        return folder;
    }
}
