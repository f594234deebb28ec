using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Radial;

/// <summary>
/// A steady point source of calcium in one mobile buffer, full space: D∇²c = R − σ̇δ³(r), D_b∇²b = R, R = k_on·c·b − k_off·(b_t − b),
/// c → c∞ far away.
/// </summary>
/// <param name="Source">σ̇, µM µm³/s.</param>
/// <param name="Diffusion">D, µm²/s.</param>
/// <param name="Rest">c∞, µM.</param>
/// <param name="BufferDiffusion">D_b, µm²/s.</param>
/// <param name="On">k_on, 1/(µM s).</param>
/// <param name="K">k_off / k_on, µM.</param>
/// <param name="Total">b_t, µM.</param>
internal readonly record struct PointSource(
    double Source, double Diffusion, double Rest, double BufferDiffusion, double On, double K, double Total)
{
    private const double FourPi = 4 * Math.PI;

    /// <summary>Free buffer far away, µM.</summary>
    public double FreeBuffer => K * Total / (K + Rest);

    /// <summary>σ̇ / 4π, µM µm³/s.</summary>
    public double Strength => Source / FourPi;

    /// <summary>√(D / (k_on b∞)), µm: how far calcium gets before it meets a free buffer; infinite without buffer.</summary>
    public double Length => Math.Sqrt(Diffusion / (On * FreeBuffer));

    /// <summary>Excess-buffer approximation, µM.</summary>
    public double Excess(double r) => Rest + (Strength / (Diffusion * r) * Decay(r / Length));

    /// <summary>Rapid-buffer approximation, µM (Smith 1996, Biophys J 71:3064): D c + D_b b_t c/(K + c) = σ̇/4πr + its value far away.</summary>
    public double Rapid(double r)
    {
        double w = (Strength / r) + (Diffusion * Rest) + (BufferDiffusion * Total * Rest / (K + Rest));
        double b = (Diffusion * K) + (BufferDiffusion * Total) - w, root = Math.Sqrt((b * b) + (4 * Diffusion * w * K));
        return b > 0 ? 2 * w * K / (b + root) : (root - b) / (2 * Diffusion);
    }

    /// <summary>Linearised for one buffer, µM (Naraghi and Neher 1997, J Neurosci 17:6961).</summary>
    public double Linear(double r)
    {
        double kappa = Total * K / ((K + Rest) * (K + Rest)), mobile = kappa * BufferDiffusion;
        double rate = BufferDiffusion > 0 ? On * (K + Rest) * ((1 / BufferDiffusion) + (kappa / Diffusion)) : double.PositiveInfinity;
        return Rest + (Strength / (r * (Diffusion + mobile)) * (1 + (mobile / Diffusion * Decay(r * Math.Sqrt(rate)))));
    }

    /// <summary>R at c∞ + x and b∞ + y, µM/s: what balances far away is left out, so that small sources keep their digits.</summary>
    public double Binding(double x, double y) => On * ((FreeBuffer * x) + ((K + Rest + x) * y));

    private static double Decay(double x) => x < 700 ? Elementary.Exp(Lane1.All(-x)).Value : 0;
}
