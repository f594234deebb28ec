namespace CalciumSweep.Solver.Lattice;

/// <summary>
/// The fire–diffuse–fire front, exactly: the times at which sites 0, 1, 2, … of a line fire. Lengths are in site
/// spacings, times in release times. Site n fires once, when the calcium released by the others reaches Θ there.
/// </summary>
/// <remarks>
/// A fired site adds less the farther away one looks, at any time; so while sites 0 … n − 1 have fired, the calcium at
/// n is above that at n + 1, and sites fire in order. What remains is one first crossing per site of a known function of time.
/// It is approached from below: with c″ ≤ M over [t, t + H], no crossing lies before the first root of
/// c + c′h + Mh²/2 = Θ. Such steps cannot jump over a crossing, converge to a simple one quadratically, and
/// pass a maximum just below Θ in a few steps.
/// </remarks>
internal sealed class Front
{
    private const int MaxSteps = 200_000;

    // Sums of up to a thousand terms are trusted to this share of Θ.
    private const double Resolution = 1e-15;
    private SiteInfluence[] _influences = [];
    private double _beta, _kappa, _threshold, _stride;

    /// <summary>Times of firing, in release times [fired sites].</summary>
    public List<double> Times { get; } = [];

    /// <summary>Evaluations of calcium so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Starts again with no site fired.</summary>
    /// <param name="beta">β = Dτ/d².</param>
    /// <param name="kappa">κ = kτ.</param>
    /// <param name="theta">Θ = c*·d/σ.</param>
    public void Load(double beta, double kappa, double theta)
    {
        (_beta, _kappa) = (beta, kappa);
        _threshold = theta * Math.Sqrt(4 * Math.PI * beta);
        Times.Clear();
        Steps = 0;
    }

    /// <summary>Fires the next site, by force at the given time or earlier if its calcium reaches Θ.</summary>
    /// <param name="byForce">When it fires at the latest; +∞ for a site that is not stimulated.</param>
    public FrontStep FireNext(double byForce)
    {
        if (Times.Count == 0)
        {
            Times.Add(byForce);
            return FrontStep.Fired;
        }

        if (_influences.Length < Times.Count)
        {
            Array.Resize(ref _influences, 2 * Times.Count);
        }

        _influences[Times.Count - 1] = new(_beta, _kappa, Times.Count);
        double from = Times[^1];
        _stride = Times.Count > 1 && from > Times[^2] ? from - Times[^2] : 0.1 * _influences[0].A;
        return byForce <= from ? Fire(from) : Search(from, byForce);
    }

    /// <summary>Calcium at a site, in units of release amount / spacing.</summary>
    public double Calcium(int site, double time)
    {
        double sum = 0;
        for (int i = 0; i < Times.Count; i++)
        {
            double distance = site - i;
            sum += new ReleaseKernel(_kappa).Window(distance * distance / (4 * _beta), time - Times[i]);
        }

        return sum / Math.Sqrt(4 * Math.PI * _beta);
    }

    private FrontStep Fire(double time)
    {
        Times.Add(time);
        return FrontStep.Fired;
    }

    private FrontStep Search(double from, double byForce)
    {
        double t = from;
        for (int step = 0; step < MaxSteps; step++)
        {
            Influence here = At(t);
            double missing = _threshold - here.Value;
            if (missing <= Resolution * _threshold)
            {
                // The last correction is Newton's; it is of the order of rounding.
                double correction = here.Slope > 0 ? missing / here.Slope : 0;
                return Fire(Math.Clamp(t + correction, from, byForce));
            }

            if (double.IsPositiveInfinity(byForce) && here.Future < _threshold)
            {
                return FrontStep.Never;
            }

            double next = t + SafeStep(t, here, missing);
            if (next >= byForce)
            {
                return Fire(byForce);
            }

            if (next <= t)
            {
                return Fire(t);
            }

            t = next;
        }

        return FrontStep.Undecided;
    }

    // A step that no crossing lies within.
    private double SafeStep(double t, in Influence here, double missing)
    {
        double bound = Curvature(t, _stride), tried = _stride, step;
        if (bound <= 0)
        {
            step = here.Slope > 0 ? missing / here.Slope : double.PositiveInfinity;
        }
        else
        {
            double root = Math.Sqrt((here.Slope * here.Slope) + (2 * bound * missing));
            step = here.Slope >= 0 ? 2 * missing / (here.Slope + root) : (root - here.Slope) / bound;
        }

        // The bound holds for the tried stride only. The next one is twice the step, so that the bound stays close.
        step = Math.Min(step, tried);
        _stride = 2 * step;
        return step;
    }

    private Influence At(double t)
    {
        Steps++;
        Influence sum = default;
        int site = Times.Count;
        for (int i = 0; i < site; i++)
        {
            _influences[site - i - 1].AddValue(t - Times[i], ref sum);
        }

        return sum;
    }

    private double Curvature(double t, double h)
    {
        double sum = 0;
        int site = Times.Count;
        for (int i = 0; i < site; i++)
        {
            sum += _influences[site - i - 1].Curvature(t - Times[i], h);
        }

        return sum;
    }
}
