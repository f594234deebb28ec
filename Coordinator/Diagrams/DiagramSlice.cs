using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>Which points a diagram shows: two axes, the others held. Cells are row-major, row 0 at the first value of y.</summary>
internal sealed class DiagramSlice
{
    private readonly long _base;
    private readonly long[] _strides;
    private readonly DiagramAxes _axes;
    private readonly Plan _plan;

    /// <summary>A slice of a campaign.</summary>
    public DiagramSlice(Plan plan, DiagramAxes axes)
    {
        (_plan, _axes) = (plan, axes);
        _strides = new long[plan.Spec.Axes.Count];
        long stride = 1;
        for (int i = _strides.Length - 1; i >= 0; i--)
        {
            _strides[i] = stride;
            stride *= plan.Spec.Axes[i].Values.Count;
        }

        _base = axes.Hidden.Sum(i => axes.Held[i] * _strides[i]);
    }

    /// <summary>Columns.</summary>
    public int Width => _plan.Spec.Axes[_axes.X].Values.Count;

    /// <summary>Rows.</summary>
    public int Height => _plan.Spec.Axes[_axes.Y].Values.Count;

    /// <summary>Horizontal axis.</summary>
    public Axis X => _plan.Spec.Axes[_axes.X];

    /// <summary>Vertical axis.</summary>
    public Axis Y => _plan.Spec.Axes[_axes.Y];

    /// <summary>Index of the point of a cell.</summary>
    public long Point(int cell) => _base + (cell % Width * _strides[_axes.X]) + (cell / Width * _strides[_axes.Y]);

    /// <summary>The cell of a point; −1 if it is not in the slice.</summary>
    public int Cell(long point)
    {
        int x = 0, y = 0;
        for (int i = 0; i < _strides.Length; i++)
        {
            int at = (int)(point / _strides[i] % _plan.Spec.Axes[i].Values.Count);
            if (i == _axes.X)
            {
                x = at;
            }
            else if (i == _axes.Y)
            {
                y = at;
            }
            else if (at != _axes.Held[i])
            {
                return -1;
            }
        }

        return (y * Width) + x;
    }
}
