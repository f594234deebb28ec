using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Results;

/// <summary>Turns stored grains into points. Streams: only the replicates of one point are held at a time.</summary>
public static class PointSummaries
{
    /// <summary>Every point that has at least one finished replicate, by ascending index.</summary>
    /// <param name="layout">How the campaign is cut.</param>
    /// <param name="grains">Stored grains in ascending order (as <see cref="IResultStore.ReadGrains"/> gives them).</param>
    /// <param name="observables">Kept observables of a simulation.</param>
    public static IEnumerable<PointSummary> Of(GrainLayout layout, IEnumerable<GrainResult> grains, int observables)
    {
        var collected = new Replicates(observables);
        foreach (GrainResult grain in grains)
        {
            (long first, int count) = layout.Range(grain.Grain);
            for (int i = 0; i < count; i++)
            {
                long point = (first + i) / layout.Replicates;
                if (point != collected.Point)
                {
                    if (collected.Any)
                    {
                        yield return collected.Summarise();
                    }

                    collected.Begin(point);
                }

                collected.Add(grain, i);
            }
        }

        if (collected.Any)
        {
            yield return collected.Summarise();
        }
    }

    private sealed class Replicates(int observables)
    {
        private readonly List<double>[] _values = [.. Enumerable.Range(0, observables).Select(_ => new List<double>())];
        private readonly long[] _counts = new long[Tally.Empty.Counts.Count];

        public long Point { get; private set; } = -1;

        public bool Any { get; private set; }

        public void Begin(long point)
        {
            (Point, Any) = (point, false);
            Array.Clear(_counts);
            foreach (List<double> values in _values)
            {
                values.Clear();
            }
        }

        public void Add(GrainResult grain, int at)
        {
            // A quarantined simulation has no outcome and does not count.
            if (grain.Outcomes[at] is not Outcome outcome)
            {
                return;
            }

            Any = true;
            _counts[(int)outcome]++;

            // A campaign that keeps points only has no values of single simulations.
            for (int k = 0; k < _values.Length && grain.Observables.Length > 0; k++)
            {
                _values[k].Add(grain.Observables[(at * _values.Length) + k]);
            }
        }

        public PointSummary Summarise() =>
            new(Point, new Tally(_counts), [.. _values.Select(ObservableSummary.Of)]);
    }
}
