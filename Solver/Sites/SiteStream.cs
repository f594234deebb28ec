namespace CalciumSweep.Solver.Sites;

/// <summary>Names a site's random stream.</summary>
/// <param name="Key">Philox key of the point.</param>
/// <param name="Replicate">Replicate.</param>
/// <param name="Site">Index of the site.</param>
public readonly record struct SiteStream(ulong Key, uint Replicate, uint Site);
