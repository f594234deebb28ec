using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Lets the sites of a sheet or a box gate before a step, a vector of sites at a time, in <see cref="RyrCluster{V}"/>. Sites
/// are gathered in batches that stay in the cache; each thread has its own.
/// </summary>
/// <typeparam name="V">The lane type: sites of one simulation.</typeparam>
internal sealed unsafe class SiteGroups<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Groups = 32;
    private readonly SiteSources _sources;
    private readonly DrawTable _draws;
    private readonly AlignedMemory[] _groups, _streams, _busy;

    /// <summary>For the sites of a simulation.</summary>
    /// <param name="sources">The sites.</param>
    /// <param name="threads">Threads.</param>
    public SiteGroups(SiteSources sources, int threads = 1)
    {
        _sources = sources;
        int sites = sources.Sites.Count;

        // The streams of nobody's behind those of the sites are for the elements that stay empty, one a thread.
        _draws = new DrawTable(sites + threads);
        for (int i = 0; i < sites; i++)
        {
            _draws.Set(i, sources.StreamOf(sources.Sites[i]));
        }

        _groups = [.. Enumerable.Range(0, threads).Select(_ => new AlignedMemory((long)Groups * sizeof(SitePlace<V>)))];
        _streams = [.. _groups.Select(_ => new AlignedMemory((long)Groups * V.Count * sizeof(int)))];
        _busy = [.. _groups.Select(_ => new AlignedMemory(Groups * sizeof(int)))];
        foreach (AlignedMemory memory in _groups)
        {
            for (int i = 0; i < Groups * V.Count; i++)
            {
                Group(memory, i)->SetSite(i % V.Count, sources.Channels);
            }
        }
    }

    /// <summary>Lets the sites of some rows gate for a step of <paramref name="dt"/> from <paramref name="time"/> on.</summary>
    /// <param name="thread">Number of the thread.</param>
    /// <param name="state">The fields.</param>
    /// <param name="rate">Their rates without the sites.</param>
    /// <param name="time">Time, s.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="fromRow">First row whose sites gate.</param>
    /// <param name="toRow">Row after the last.</param>
    public void Gate(int thread, PlaneSet state, PlaneSet rate, double time, double dt, int fromRow, int toRow)
    {
        int* streams = (int*)_streams[thread].Start;
        int n = 0;
        for (int i = _sources.FirstOfRow(fromRow); i < _sources.FirstOfRow(toRow); i++)
        {
            SiteState s = _sources.Sites[i];
            s.Next = s.Channels;
            if (time < s.HeldUntil || s.Channels.Channels == 0)
            {
                s.G = _sources.Channels.ReleaseConductance(s.Channels.Open);
                continue;
            }

            _sources.Look(s, state, rate, dt, Group(_groups[thread], n), n % V.Count);
            streams[n++] = i;
            if (n == Groups * V.Count)
            {
                Run(thread, n);
                n = 0;
            }
        }

        Run(thread, n);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _draws.Dispose();
        foreach (AlignedMemory memory in _groups.Concat(_streams).Concat(_busy))
        {
            memory.Dispose();
        }
    }

    private static SitePlace<V>* Group(AlignedMemory memory, int site) => (SitePlace<V>*)memory.Start + (site / V.Count);

    private void Run(int thread, int n)
    {
        AlignedMemory memory = _groups[thread];
        int* streams = (int*)_streams[thread].Start;
        for (int i = n; i % V.Count != 0; i++)
        {
            Group(memory, i)->SetIdle(i % V.Count);
            streams[i] = _sources.Sites.Count + thread;
        }

        var groups = (SitePlace<V>*)memory.Start;
        RyrCluster<V>.Gate(groups, (n + V.Count - 1) / V.Count, _draws, streams, (int*)_busy[thread].Start);
        for (int i = 0; i < n; i++)
        {
            SitePlace<V>* group = Group(memory, i);
            SiteState s = _sources.Sites[streams[i]];
            int element = i % V.Count;
            s.Next.Open = ((double*)&group->Open)[element];
            s.Next.Inactivated = ((double*)&group->Inactivated)[element];
            s.Next.Countdown = ((double*)&group->Countdown)[element];
            s.Next.Draw = ((double*)&group->Draw)[element];
            s.G = ((double*)&group->Conducted)[element] / ((double*)&group->Dt)[element];
        }
    }
}
