namespace CalciumSweep.Coordinator.Api;

/// <summary>Where a sign-in leads: to a page of this server and nowhere else.</summary>
internal static class ReturnPath
{
    private const int Longest = 2000;
    private static readonly Uri _here = new("http://here.invalid/");

    /// <summary>The path if it is one of this server, as all browsers read it; else the front page.</summary>
    public static string Of(string? given) =>
        given is { Length: > 0 and <= Longest } && given[0] == '/' && !given.StartsWith("//", StringComparison.Ordinal)
        // Browsers take a backslash for a slash, and leave tabs and line ends out.
        && given.All(c => c is > ' ' and <= '~' and not '\\')
        && Uri.TryCreate(_here, given, out Uri? url) && url.Host == _here.Host
            ? given : "/";
}
