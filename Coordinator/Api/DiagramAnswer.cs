using CalciumSweep.Coordinator.Export;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A map of a campaign as numbers.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Show">What is shown.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="At">Where the other axes are held.</param>
/// <param name="Min">Smallest known value; null if none is known.</param>
/// <param name="Max">Largest known value.</param>
/// <param name="Values">Values [y][x]; null where nothing is known yet.</param>
internal sealed record DiagramAnswer(
    string Campaign, string Show, string Unit, DiagramAxis X, DiagramAxis Y, IReadOnlyDictionary<string, double> At,
    double? Min, double? Max, double?[][] Values)
{
    /// <summary>From a grid.</summary>
    public static DiagramAnswer Of(string campaign, DiagramRequest request, PhaseGrid grid)
    {
        double?[][] values =
        [
            .. Enumerable.Range(0, grid.Y.Values.Count).Select(row => Enumerable.Range(0, grid.X.Values.Count)
                .Select(column => double.IsFinite(grid.Values[row, column]) ? grid.Values[row, column] : (double?)null).ToArray()),
        ];
        return new(
            campaign, request.Show, request.Unit, DiagramAxis.Of(grid.X), DiagramAxis.Of(grid.Y),
            grid.Held.ToDictionary(h => h.Axis.Parameter, h => h.Value, StringComparer.Ordinal),
            values.SelectMany(row => row).Min(), values.SelectMany(row => row).Max(), values);
    }
}
