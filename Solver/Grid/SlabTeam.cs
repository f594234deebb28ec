namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Threads that share the rows of one simulation in slabs. What a thread computes depends on its rows alone, and what is
/// gathered over threads is a maximum or minimum, so that the number of threads changes no bit.
/// </summary>
internal sealed class SlabTeam : IDisposable
{
    private readonly Thread[] _helpers;
    private readonly int _rows;
    private Action<int, int, int>? _work;
    private Exception? _failure;
    private volatile int _round, _left;
    private volatile bool _isOver;

    /// <summary>A team; one thread (the caller's) needs no others.</summary>
    /// <param name="threads">Threads, the caller's included.</param>
    /// <param name="rows">Rows to share.</param>
    public SlabTeam(int threads, int rows)
    {
        (Count, _rows) = (Math.Min(threads, rows), rows);
        _helpers = [.. Enumerable.Range(1, Count - 1).Select(i => new Thread(() => Help(i)) { IsBackground = true, Name = $"slab {i}" })];
        foreach (Thread helper in _helpers)
        {
            helper.Start();
        }
    }

    /// <summary>Number of threads.</summary>
    public int Count { get; }

    /// <summary>Does some work in every slab and waits for all: (thread, first row, row after the last).</summary>
    public void Run(Action<int, int, int> work)
    {
        if (Count == 1)
        {
            work(0, 0, _rows);
            return;
        }

        _work = work;
        _left = Count - 1;
        Interlocked.Increment(ref _round);
        Work(0);
        var wait = new SpinWait();
        while (_left > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is { } failure)
        {
            throw new InvalidOperationException("a slab failed", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        foreach (Thread helper in _helpers)
        {
            helper.Join();
        }
    }

    private void Help(int index)
    {
        for (int seen = 0; ;)
        {
            var wait = new SpinWait();
            while (_round == seen)
            {
                if (_isOver)
                {
                    return;
                }

                // Passes are shorter than a sleep of the system; a thread of its own may spin.
                wait.SpinOnce(sleep1Threshold: -1);
            }

            seen++;
            try
            {
                Work(index);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            Interlocked.Decrement(ref _left);
        }
    }

    private void Work(int index) =>
        _work!(index, (int)((long)_rows * index / Count), (int)((long)_rows * (index + 1) / Count));
}
