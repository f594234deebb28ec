using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Grid;

/// <summary>One release site: where it is, its channels, its junction.</summary>
/// <param name="index">Its number: that of its random stream.</param>
/// <param name="place">Place, µm.</param>
/// <param name="row">Row of its cell.</param>
/// <param name="x">Cell in the row.</param>
internal sealed class SiteState(int index, (double X, double Y, double Z) place, int row, int x)
{
    private readonly double[] _total = new double[RowSources.Slots], _released = new double[RowSources.Slots];

    /// <summary>Its number: that of its random stream.</summary>
    public int Index { get; } = index;

    /// <summary>Place, µm.</summary>
    public (double X, double Y, double Z) Position { get; } = place;

    /// <summary>Row of its cell.</summary>
    public int Row { get; } = row;

    /// <summary>Cell in the row.</summary>
    public int X { get; } = x;

    /// <summary>Until when its channels are held as they are, s.</summary>
    public double HeldUntil { get; set; }

    /// <summary>Distance from the nearest stimulated site, µm; 0 if it is stimulated itself.</summary>
    public double Distance { get; set; }

    /// <summary>Time at which it fired, s; NaN if it has not.</summary>
    public double Arrival { get; set; } = double.NaN;

    /// <summary>Channels now, and at the end of the step being tried.</summary>
    public RyrState Channels, Next;

    /// <summary>Mean release conductance over the step, µm³/s.</summary>
    public double G;

    /// <summary>Mean flow from outside into the cleft over the step (channels of the cell membrane), µM µm³/s.</summary>
    public double Trigger;

    /// <summary>Release and refill at the step's start, µM µm³/s.</summary>
    public double FirstRelease, FirstRefill;

    /// <summary>Rates of the cell that were changed for a moment, µM/s; error over tolerance and smallest value of the junction.</summary>
    public double LentC, LentE, Error, Lowest;

    /// <summary>Total calcium of the junction now, µM; calcium released so far, µM µm³.</summary>
    public double Total0 => _total[0];

    /// <inheritdoc cref="Total0"/>
    public double Released0 => _released[0];

    /// <summary>Release before the step taken last, µM µm³.</summary>
    public double ReleasedBefore { get; private set; }

    /// <summary>Junction's total in a slot.</summary>
    public ref double Total(int slot) => ref _total[slot];

    /// <summary>Release in a slot.</summary>
    public ref double Released(int slot) => ref _released[slot];

    /// <summary>Takes the values of a slot and the channels over.</summary>
    public void Commit(int slot)
    {
        ReleasedBefore = _released[0];
        (_total[0], _released[0], Channels) = (_total[slot], _released[slot], Next);
    }
}
