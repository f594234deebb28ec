using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Geometry;

/// <summary>
/// What a mesh hides of a point source. A source of strength J in one cell raises that cell by J·R_grid, and R_grid grows as
/// dx falls (as 1/dx in a box, as −ln dx in a sheet), whereas calcium at a fixed distance a is raised by J·R(a). The
/// difference R(a) − R_grid is local and known: it is the Green's function of diffusion in space less that on the lattice,
/// <code>
/// R(a) − R_grid = ∫₀^∞ [ Π_i (4π D_i t)^(−1/2) · e^(−a²/4Dt)  −  Π_i e^(−2 a_i t) I₀(2 a_i t) / dx_i ] dt,   a_i = D_i/dx_i²,
/// </code>
/// over the directions that the mesh resolves (those it does not divide by the thickness), with D the geometric mean.
/// Either part alone is R; in a box R_grid = 0.252731/(D dx) (Watson's integral, 1939) and R(a) = 1/(4πDa), in a sheet of
/// thickness h both diverge at large t, alike, and the difference is ln(0.198489 dx/a)/(2πDh): 0.198489 dx is the radius
/// that Peaceman (1978, SPE J 18:183) gives the cell of a well.
/// </summary>
internal static class SubgridResistance
{
    private const double LogStep = 0.05, FirstLog = -20, LastLog = 23;

    /// <summary>R(a) − R_grid, s/µm³: negative where the mesh is finer than the source.</summary>
    /// <param name="diffusion">Diffusion coefficient along each resolved direction, µm²/s [directions].</param>
    /// <param name="dx">Length of a cell along each of them, µm [directions].</param>
    /// <param name="across">Product of the cell lengths that are not resolved, µm (or µm²); 1 in a box.</param>
    /// <param name="radius">a, µm.</param>
    public static double Missing(ReadOnlySpan<double> diffusion, ReadOnlySpan<double> dx, double across, double radius)
    {
        double mean = GeometricMean(diffusion), scale = TimeScale(diffusion, dx), sum = 0;
        for (double u = FirstLog; u <= LastLog; u += LogStep)
        {
            // The trapezoidal rule in ln t: the integrand decays on both sides, so that it converges faster than any power.
            double t = scale * Exp(u);
            double inSpace = Exp(-Math.Min(700, radius * radius / (4 * mean * t)));
            foreach (double d in diffusion)
            {
                inSpace /= Math.Sqrt(4 * Math.PI * d * t);
            }

            sum += LogStep * t * (inSpace - OnLattice(diffusion, dx, t));
        }

        return sum / across;
    }

    /// <summary>
    /// By how much a source of strength 1 µM µm³/s that starts now has raised its own cell after <paramref name="time"/>,
    /// per µm³ of the directions not resolved, s/µm³.
    /// </summary>
    /// <inheritdoc cref="Missing"/>
    public static double OfGrid(ReadOnlySpan<double> diffusion, ReadOnlySpan<double> dx, double across, double time)
    {
        double last = ScalarLog.Log(time), sum = 0;
        for (double u = last - LogStep / 2; u >= last - 30; u -= LogStep)
        {
            double t = Exp(u);
            sum += LogStep * t * OnLattice(diffusion, dx, t);
        }

        return sum / across;
    }

    // Density of a random walk on the lattice that is back where it started.
    private static double OnLattice(ReadOnlySpan<double> diffusion, ReadOnlySpan<double> dx, double t)
    {
        double density = 1;
        for (int i = 0; i < diffusion.Length; i++)
        {
            density *= ScaledBessel(2 * diffusion[i] * t / (dx[i] * dx[i])) / dx[i];
        }

        return density;
    }

    /// <summary>e⁻ˣ I₀(x), x ≥ 0: its power series below 30 (all terms positive), its asymptotic series above.</summary>
    private static double ScaledBessel(double x)
    {
        double term = 1, sum = 1;
        if (x < 30)
        {
            for (int k = 1; term > 1e-17 * sum; k++)
            {
                term *= 0.25 * x * x / ((double)k * k);
                sum += term;
            }

            return Exp(-x) * sum;
        }

        for (int k = 1; k < 20; k++)
        {
            term *= ((2 * k) - 1) * ((2 * k) - 1) / (8 * k * x);
            sum += term;
        }

        return sum / Math.Sqrt(2 * Math.PI * x);
    }

    private static double TimeScale(ReadOnlySpan<double> diffusion, ReadOnlySpan<double> dx)
    {
        double longest = 0;
        for (int i = 0; i < dx.Length; i++)
        {
            longest = Math.Max(longest, dx[i] * dx[i] / diffusion[i]);
        }

        return longest;
    }

    private static double GeometricMean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += ScalarLog.Log(value);
        }

        return Exp(sum / values.Length);
    }

    // The platform's exponential differs in the last bit from one library to the next, and a result must not.
    private static double Exp(double x) => Elementary.Exp(Lane1.All(x)).Value;
}
