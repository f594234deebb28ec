using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// What a site sees of its cell and junction while a step is under way: free calcium follows c′ = f + q t − λ (c − c₀) +
/// G (j − c)/volume, the linearisation of the field equations at the cell with its neighbours moving at their present
/// speed; the junction follows V_j T′ = g_r (e − j) − G (j − c). Both are solved in closed form over a piece in which G is constant.
/// </summary>
public struct SiteOutlook
{
    /// <summary>Free calcium of the cell now, µM.</summary>
    public double C;

    /// <summary>Free junctional calcium now, µM.</summary>
    public double J;

    /// <summary>f + λ c₀: derivative of c without the site, taken back to c = 0, µM/s.</summary>
    public double Drive;

    /// <summary>q: how the drive changes, µM/s².</summary>
    public double DriveSlope;

    /// <summary>λ, 1/s.</summary>
    public double Loss;

    /// <summary>1/(A dx), 1/µm³.</summary>
    public double PerCell;

    /// <summary>Refill conductance g_r, µm³/s, and network store e, µM.</summary>
    public double Refill, Store;

    /// <summary>∂j/∂T / V_j, 1/µm³.</summary>
    public double JunctionSlope;

    /// <summary>Free calcium of cell and junction <paramref name="h"/> s later, with release conductance <paramref name="g"/>.</summary>
    /// <param name="t">Time since the start of the step, s.</param>
    /// <param name="h">Duration, s.</param>
    /// <param name="g">Release conductance, µm³/s.</param>
    public readonly (double C, double J) After(double t, double h, double g)
    {
        double inverse = 1 / (Loss + (g * PerCell)), b = DriveSlope * inverse, a = (Drive + (g * J * PerCell) - b) * inverse;
        double c = a + (b * (t + h)) + ((C - a - (b * t)) * Decay(h * (Loss + (g * PerCell))));
        double exchange = Refill + g, x = exchange * JunctionSlope * h;
        double target = exchange > 0 ? ((Refill * Store) + (g * C)) / exchange : J;

        // e⁻ˣ to x⁴/24 (x is below 0.01 at the defaults), and between 0 and 1 for any x.
        double decay = 1 / (1 + (x * (1 + (x * (0.5 + (x * (1.0 / 6)))))));
        return (c, target + ((J - target) * decay));
    }

    /// <summary>What free calcium of the cell does not exceed from <paramref name="t"/> to <paramref name="end"/>: the line it approaches, and what it is above it now.</summary>
    /// <param name="t">Time since the start of the step, s.</param>
    /// <param name="end">End of the step, s.</param>
    /// <param name="g">Release conductance, µm³/s.</param>
    public readonly double Highest(double t, double end, double g)
    {
        double inverse = 1 / (Loss + (g * PerCell)), b = DriveSlope * inverse, a = (Drive + (g * J * PerCell) - b) * inverse;
        double from = a + (b * t), to = a + (b * end);
        return Math.Max(0, Math.Max(from, to) + Math.Max(C - from, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Decay(double x) => Elementary.Exp(Lane1.All(-Math.Min(x, 700))).Value;
}
