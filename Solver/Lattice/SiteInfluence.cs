namespace CalciumSweep.Solver.Lattice;

/// <summary>
/// Bounds on what a site adds at one distance (see <see cref="ReleaseKernel"/>), from the shape of the five functions
/// u^(−½) … u^(−9/2) times exp(−a/u − κu), each of which rises to one maximum and falls.
/// </summary>
internal readonly struct SiteInfluence
{
    private readonly ReleaseKernel _kernel;
    private readonly double _kappa;
    private readonly Hump _p1, _p3, _p5, _p7, _p9;

    /// <param name="beta">Diffusion × release time / spacing².</param>
    /// <param name="kappa">Uptake rate × release time.</param>
    /// <param name="distance">Distance in site spacings, ≥ 1.</param>
    public SiteInfluence(double beta, double kappa, int distance)
    {
        A = (double)distance * distance / (4 * beta);
        _kappa = kappa;
        _kernel = new(kappa);
        (_p1, _p3, _p5) = (new(A, kappa, 1), new(A, kappa, 3), new(A, kappa, 5));
        (_p7, _p9) = (new(A, kappa, 7), new(A, kappa, 9));
    }

    /// <summary>distance²/4β.</summary>
    public double A { get; }

    /// <summary>Adds value, slope and a bound on all later values, at time s since the site fired.</summary>
    public void AddValue(double s, ref Influence sum)
    {
        double value = _kernel.Window(A, s);
        sum.Value += value;
        sum.Slope += Density(s) - Density(s - 1);

        // Once the window lies beyond the top of f, W only falls; before, it is at most its length × f's height.
        sum.Future += s - 1 >= _p1.Top ? value : _p1.Height;
    }

    /// <summary>An upper bound of W″ over [s, s + h].</summary>
    public double Curvature(double s, double h)
    {
        // With f′ = a·u^(−5/2)E − ½u^(−3/2)E − κu^(−½)E: W″ = f′(s) − f′(s − 1).
        var late = new Powers(_kernel, A, s);
        var latest = new Powers(_kernel, A, s + h);
        var early = new Powers(_kernel, A, s - 1);
        var earlier = new Powers(_kernel, A, s - 1 + h);
        double rise = (A * _p5.Max(s, s + h, late.P5, latest.P5)) - (0.5 * Math.Min(late.P3, latest.P3))
            - (_kappa * Math.Min(late.P1, latest.P1));
        if (s - 1 + h <= 0)
        {
            return rise;
        }

        double from = s - 1, to = s - 1 + h;
        double fall = (A * Math.Min(early.P5, earlier.P5)) - (0.5 * _p3.Max(from, to, early.P3, earlier.P3))
            - (_kappa * _p1.Max(from, to, early.P1, earlier.P1));
        return from < 1 ? rise - fall : Math.Min(rise - fall, SecondDerivative(from, s + h, early, latest));
    }

    private double Density(double u) => u > 0 ? _kernel.Decay(A, u) / Math.Sqrt(u) : 0;

    // Also W″ = ∫ f″ over the window, with f″ = [a²u^(−9/2) − 3a·u^(−7/2) + (¾ − 2κa)u^(−5/2) + κu^(−3/2) + κ²u^(−½)]E:
    // the better bound once the window is short beside s.
    private double SecondDerivative(double from, double to, in Powers first, in Powers last)
    {
        double middle = 0.75 - (2 * _kappa * A);
        double p5 = middle > 0 ? _p5.Max(from, to, first.P5, last.P5) : Math.Min(first.P5, last.P5);
        return (A * A * _p9.Max(from, to, first.P9, last.P9)) - (3 * A * Math.Min(first.P7, last.P7)) + (middle * p5)
            + (_kappa * _p3.Max(from, to, first.P3, last.P3)) + (_kappa * _kappa * _p1.Max(from, to, first.P1, last.P1));
    }

    private readonly struct Powers
    {
        public readonly double P1, P3, P5, P7, P9;

        public Powers(ReleaseKernel kernel, double a, double u)
        {
            double decay = kernel.Decay(a, u);
            if (decay > 0)
            {
                double r = 1 / u;
                P1 = decay * Math.Sqrt(r);
                P3 = P1 * r;
                P5 = P3 * r;
                P7 = P5 * r;
                P9 = P7 * r;
            }
        }
    }
}
