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
    private const int Levels = 254;

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

    /// <summary>One byte a point, row by row: 0 = not known, 1…255 from <see cref="Min"/> to <see cref="Max"/>.</summary>
    public byte[] Raster() => [.. Values.SelectMany(row => row).Select(Level)];

    private byte Level(double? value) => value is not { } number ? (byte)0
        : Max > Min ? (byte)(1 + Math.Round(Levels * (number - Min.Value) / (Max.Value - Min.Value))) : (byte)1;
}
