namespace CalciumSweep.Solver.Fields;

/// <summary>
/// One lane's past points in the ring of slots, and the coefficients that they give: exact for any steps. A slot's age is how
/// many bundle steps ago it was written; the newest point of a lane always has age 1.
/// </summary>
internal sealed class StepHistory
{
    /// <summary>Highest order.</summary>
    public const int MostOrder = 5;

    /// <summary>Slots of the ring: the points of the highest order and the one being made. After a rejected step a lane has one point fewer for a while.</summary>
    public const int Slots = MostOrder + 2;

    private readonly int[] _age = new int[Slots];
    private readonly double[] _before = new double[Slots];  // how long before the newest, s

    /// <summary>Points there are.</summary>
    public int Points { get; private set; }

    /// <summary>Age of a point, newest first.</summary>
    public int Age(int point) => _age[point];

    /// <summary>How long a point is before the newest, s.</summary>
    public double Before(int point) => _before[point];

    /// <summary>Forgets all but the newest point.</summary>
    public void Restart()
    {
        (Points, _age[0], _before[0]) = (1, 1, 0);
    }

    /// <summary>The step stands: its result is the newest point.</summary>
    public void Accept(double dt)
    {
        int kept = 0;
        for (int i = Points; i > 0; i--)
        {
            (_age[i], _before[i]) = (_age[i - 1] + 1, _before[i - 1] + dt);
        }

        (_age[0], _before[0]) = (1, 0);
        while (kept <= Points && _age[kept] < Slots)
        {
            kept++;
        }

        Points = Math.Min(kept, Slots - 1);
    }

    /// <summary>The step does not stand: the newest point was copied into the slot just written.</summary>
    public void Reject()
    {
        int kept = 1;
        while (kept < Points && _age[kept] + 1 < Slots)
        {
            _age[kept]++;
            kept++;
        }

        Points = kept;
    }

    /// <summary>
    /// Coefficients of a step, relative to the newest point y₀: predictor y* = y₀ + Σ p (y − y₀) through order + 1 points,
    /// and ψ − y* = Σ q (y − y₀), ψ being what the backward differentiation formula makes of the past.
    /// </summary>
    /// <param name="dt">Step, s.</param>
    /// <param name="order">Order; there must be order + 1 points (order 1 also makes do with one).</param>
    /// <param name="p">Receives p by age − 1 [slots − 1].</param>
    /// <param name="q">Receives q by age − 1 [slots − 1].</param>
    /// <returns>s: the implicit share of the step, s; and the error estimate over the correction: dt over the age of the oldest point of the predictor (1 without a past).</returns>
    public (double S, double ErrorShare) Coefficients(double dt, int order, Span<double> p, Span<double> q)
    {
        p.Clear();
        q.Clear();
        if (Points == 1)
        {
            return (dt, 1);
        }

        double inverse = 0;
        for (int j = 0; j < order; j++)
        {
            inverse += 1 / (dt + _before[j]);
        }

        double s = 1 / inverse;
        for (int j = 1; j <= order; j++)
        {
            double xi = dt + _before[j], product = 1;
            for (int i = 0; i < order; i++)
            {
                product *= i == j ? 1 : (dt + _before[i]) / (_before[i] - _before[j]);
            }

            double last = j == order ? 1 : (dt + _before[order]) / (_before[order] - _before[j]);
            p[_age[j] - 1] = product * last;
            q[_age[j] - 1] = (j < order ? s / xi * product : 0) - (product * last);
        }

        return (s, dt / (dt + _before[order]));
    }
}
