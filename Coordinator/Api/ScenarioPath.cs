using CalciumSweep.Shared.Scenarios;
using YamlDotNet.Core;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Tells, before anything is opened, whether a spec names a scenario file.</summary>
internal static class ScenarioPath
{
    /// <summary>True if a key <c>scenario</c> anywhere has a path as its value. A text that is no YAML has none.</summary>
    public static bool IsIn(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            bool isNext = false;
            while (parser.MoveNext())
            {
                string? scalar = (parser.Current as YamlDotNet.Core.Events.Scalar)?.Value;
                if (isNext && scalar is not null && ScenarioLibrary.IsPath(scalar))
                {
                    return true;
                }

                isNext = scalar == "scenario";
            }
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or FormatException)
        {
            // The reader refuses it, with the place.
        }

        return false;
    }
}
