namespace CalciumSweep.Coordinator.Api;

/// <summary>A part of a map: values of its axes, in their units, ends included; null has no end.</summary>
/// <param name="XFrom">Smallest x.</param>
/// <param name="XTo">Largest x.</param>
/// <param name="YFrom">Smallest y.</param>
/// <param name="YTo">Largest y.</param>
internal readonly record struct DiagramPart(double? XFrom = null, double? XTo = null, double? YFrom = null, double? YTo = null)
{
    /// <summary>True if a point is in it.</summary>
    public bool Contains(double x, double y) => !(x < XFrom || x > XTo || y < YFrom || y > YTo);
}
