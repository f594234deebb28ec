namespace CalciumSweep.Solver.Grid;

/// <summary>Constant sources, each in one cell of one state: a channel that stays open, a pipette.</summary>
/// <param name="sources">State, row, x, and rate in µM/s of that cell.</param>
internal sealed unsafe class PointSources(IReadOnlyList<(int State, int Row, int X, double Rate)> sources) : RowSources
{
    private readonly double[] _lent = new double[sources.Count];

    /// <inheritdoc/>
    public override void Advance(int row, int stage, PlaneSet last, PlaneSet to, in RkcWeights weights)
    {
        foreach (var (state, at, x, rate) in sources)
        {
            if (at == row)
            {
                to.State[state][to.Row(row) + x] += (weights.Rate + weights.First) * rate;
            }
        }
    }

    /// <inheritdoc/>
    public override void Lend(int row, int stage, PlaneSet last, PlaneSet rate, double h)
    {
        for (int i = 0; i < sources.Count; i++)
        {
            if (sources[i].Row == row)
            {
                double* at = rate.State[sources[i].State] + rate.Row(row) + sources[i].X;
                _lent[i] = *at;
                *at += 2 * sources[i].Rate;
            }
        }
    }

    /// <inheritdoc/>
    public override void TakeBack(int row, PlaneSet rate)
    {
        for (int i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i].Row == row)
            {
                rate.State[sources[i].State][rate.Row(row) + sources[i].X] = _lent[i];
            }
        }
    }
}
