using Microsoft.AspNetCore.Mvc;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A part of a map: values of its axes, in their units, ends included; null has no end.</summary>
/// <param name="XFrom">Smallest x.</param>
/// <param name="XTo">Largest x.</param>
/// <param name="YFrom">Smallest y.</param>
/// <param name="YTo">Largest y.</param>
internal readonly record struct DiagramPart(
    [FromQuery(Name = "xFrom")] double? XFrom = null, [FromQuery(Name = "xTo")] double? XTo = null,
    [FromQuery(Name = "yFrom")] double? YFrom = null, [FromQuery(Name = "yTo")] double? YTo = null)
{
    /// <summary>True if a point is in it.</summary>
    public bool Contains(double x, double y) => !(x < XFrom || x > XTo || y < YFrom || y > YTo);
}
