using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// What a site sees of its cell and junction while a step is under way: free calcium follows c′ = f + q t − λ (c − c₀) +
/// G (j − c)/volume, the linearisation of the field equations at the cell with its neighbours moving at their present
/// speed; the junction follows V_j T′ = g_r (e − j) − G (j − c). Both are solved in closed form over a piece in which G is constant.
/// </summary>
public struct SitePlace
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

    /// <summary>The place <paramref name="h"/> s later, with release conductance <paramref name="g"/>.</summary>
    /// <param name="t">Time since the start of the step, s.</param>
    /// <param name="h">Duration, s.</param>
    /// <param name="g">Release conductance, µm³/s.</param>
    public readonly SitePlace After(double t, double h, double g)
    {
        SitePlace next = this;
        double rate = Loss + (g * PerCell), b = DriveSlope / rate, a = (Drive + (g * J * PerCell) - b) / rate;
        double decay = Decay(rate * h);
        next.C = a + (b * (t + h)) + ((C - a - (b * t)) * decay);
        double exchange = Refill + g;
        if (exchange > 0)
        {
            double target = ((Refill * Store) + (g * C)) / exchange;
            next.J = target + ((J - target) * Decay(exchange * JunctionSlope * h));
        }

        return next;
    }

    private static double Decay(double x)
    {
        Lane1 e = Elementary.Exp(Lane1.All(-Math.Min(x, 700)));
        return e.Value;
    }
}
