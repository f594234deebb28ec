namespace CalciumSweep.Solver.Cable;

/// <summary>ΔF/F0 of one simulation, followed from step to step.</summary>
/// <param name="dye">The dye.</param>
/// <param name="cells">Cells of the cable.</param>
internal sealed class DyeRecord(Dye dye, int cells)
{
    private readonly double[] _bound = new double[cells], _profile = new double[cells];
    private readonly List<(double Time, double Value)> _series = [];
    private double[] _weights = [];
    private double _rest, _scale, _highest, _best, _dx;
    private int _first, _top;

    /// <summary>True if ΔF/F0 of the middle site is below half of its largest so far.</summary>
    public bool HasFallen => _series[^1].Value < 0.5 * _best;

    /// <summary>A simulation begins.</summary>
    /// <param name="p">Parameter indices.</param>
    /// <param name="v">Parameters.</param>
    /// <param name="dx">Length of a cell, µm.</param>
    /// <param name="isAlone">True if what lies beside the cable is at rest.</param>
    public void Begin(CableParameters p, double[] v, double dx, bool isAlone)
    {
        (_weights, _dx, _highest, _first) = (dye.Weights(v, dx), dx, 0, isAlone ? 0 : 1);
        _rest = dye.AtRest(v, v[p.CytosolRest]);
        _scale = dye.PerBound(v, v[p.CytosolRest]) * (isAlone ? dye.InColumn(v, v[p.Area]) : 1);
        _series.Clear();
    }

    /// <summary>After an accepted step.</summary>
    public void Observe(ICableView view, CableLane lane)
    {
        view.CopyDye(lane.Index, _bound);
        int middle = view.Sites / 2;
        for (int k = _first; k < view.Sites; k++)
        {
            _highest = Math.Max(_highest, At(CellOf(view, k)));
        }

        double here = At(CellOf(view, middle));
        if (_series.Count == 0 || here > _best)
        {
            (_best, _top) = (here, _series.Count);
            for (int i = 0; i < _profile.Length; i++)
            {
                _profile[i] = At(i);
            }
        }

        _series.Add((lane.Time, here));
    }

    /// <summary>The observables, in order; only the first if the middle site has not fired.</summary>
    public double[] Measure(bool hasFired)
    {
        if (!hasFired)
        {
            return [_highest, double.NaN, double.NaN, double.NaN, double.NaN];
        }

        double half = 0.5 * _best;
        int start = _top;
        while (start > 0 && _series[start].Value > 0.1 * _best)
        {
            start--;
        }

        return
        [
            _highest, _best, EventShape.Width(_profile, half) * _dx, EventShape.DurationAround(_series, _top, half),
            _series[_top].Time - _series[start].Time,
        ];
    }

    private static int CellOf(ICableView view, int site) => (site * view.CellsPerSite) + ((view.CellsPerSite - 1) / 2);

    private double At(int cell)
    {
        double sum = _weights[0] * (_bound[cell] - _rest);
        for (int i = 1; i < _weights.Length; i++)
        {
            sum += _weights[i] * (_bound[Mirror(cell - i)] - _rest + (_bound[Mirror(cell + i)] - _rest));
        }

        return _scale * sum;
    }

    private int Mirror(int cell)
    {
        int n = _bound.Length, at = ((cell % (2 * n)) + (2 * n)) % (2 * n);
        return at < n ? at : (2 * n) - 1 - at;
    }
}
