using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A map as numbers.</summary>
internal static class DiagramNumbers
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
            campaign, request.Show, request.Unit, AxisAnswer.Of(grid.X), AxisAnswer.Of(grid.Y),
            grid.Held.ToDictionary(h => h.Axis.Parameter, h => h.Value, StringComparer.Ordinal),
            values.SelectMany(row => row).Min(), values.SelectMany(row => row).Max(), values);
    }
}
