using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Grid;

/// <summary>What all sites of a simulation share.</summary>
/// <param name="Channels">Kinetics of the channels, with the conductance from the cleft to its edge.</param>
/// <param name="Radius">Radius a at which the cleft ends and the cytosol begins, µm.</param>
/// <param name="JunctionVolume">Volume of a junctional store, µm³.</param>
/// <param name="Csq">Calsequestrin of a junction, µM.</param>
/// <param name="CsqK">[Ca²⁺] of half-saturated calsequestrin, µM.</param>
/// <param name="Refill">Conductance from the network store, µm³/s.</param>
internal sealed record SiteRates(RyrSite Channels, double Radius, double JunctionVolume, double Csq, double CsqK, double Refill)
{
    /// <summary>Free junctional calcium from the total, µM.</summary>
    public double Junction(double total)
    {
        double b = CsqK + Csq - total, root = Math.Sqrt((b * b) + (4 * CsqK * total));
        return b > 0 ? 2 * CsqK * total / (b + root) : 0.5 * (root - b); // each form where it does not cancel
    }

    /// <summary>Total from free junctional calcium, µM.</summary>
    public double JunctionTotal(double free) => free + (Csq * free / (CsqK + free));

    /// <summary>∂j/∂T over the volume, 1/µm³.</summary>
    public double JunctionSlope(double free)
    {
        double k = (CsqK + free) * (CsqK + free);
        return k / (k + (Csq * CsqK)) / JunctionVolume;
    }

    /// <summary>Diffusion and cell length along the directions a mesh resolves, and the product of the lengths it does not.</summary>
    public static (double[] Diffusion, double[] Dx, double Across) Resolved(Mesh mesh, double d, (double X, double Y, double Z) factor)
    {
        double[] along = [d * factor.X, d * factor.Y, d * factor.Z], lengths = [mesh.Dx, mesh.Dy, mesh.Dz];
        double across = mesh.Dimensions switch { 3 => 1, 2 => mesh.Dz, _ => mesh.Dy * mesh.Dz };
        return (along[..mesh.Dimensions], lengths[..mesh.Dimensions], across);
    }
}
