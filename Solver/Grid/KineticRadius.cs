using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Bound of the fastest rate of the kinetics, 1/s: the largest over all cells of the sum of what each flow, buffer and gate
/// alone relaxes with. (Each is a matrix of rank one with that eigenvalue; their sum has none beyond the sum of them.)
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class KineticRadius<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly GridFields<V> _f;
    private readonly FluxSet<V> _fluxes;
    private readonly FluxBinding<V> _binding;
    private readonly AlignedMemory _tile, _pointers;
    private readonly int _span, _flow, _into, _from, _gain, _loss;

    /// <summary>Over fields.</summary>
    public KineticRadius(GridFields<V> fields, double[] control)
    {
        _f = fields;
        GridMedium m = fields.Medium;
        _span = fields.Mesh.Span;
        _fluxes = new FluxSet<V>(m.Mechanisms, m.Pools, typeof(BothSlopes));
        for (int lane = 0; lane < V.Count; lane++)
        {
            _fluxes.SetLane(lane, m.Parameters, m.RestFree(), control);
        }

        int flows = _fluxes.Flows.Count, planes = m.Pools + m.Gates;
        (_flow, _into, _from) = (planes, planes + flows, planes + (2 * flows));
        (_gain, _loss) = (planes + (3 * flows), planes + (3 * flows) + m.Gates);
        _tile = new AlignedMemory((long)(_loss + m.Gates) * _span * sizeof(double));
        _pointers = new AlignedMemory(planes * sizeof(byte*));
        for (int p = 0; p < planes; p++)
        {
            ((byte**)_pointers.Start)[p] = (byte*)Row(p);
        }

        _binding = _fluxes.Bind((byte**)_pointers.Start, new FluxPlanes<V>
        {
            J = (V*)Row(_flow),
            ByInto = (V*)Row(_into),
            ByFrom = (V*)Row(_from),
            Gain = (V*)Row(_gain),
            Loss = (V*)Row(_loss),
            Stride = _span / V.Count,
        });
    }

    /// <summary>The bound at the present state, 1/s.</summary>
    public double Find()
    {
        V most = V.All(0);
        for (int row = 0; row < _f.Mesh.Rows; row++)
        {
            most = Max(most, OfRow(row));
        }

        double radius = 0;
        for (int i = 0; i < V.Count; i++)
        {
            radius = Math.Max(radius, ((double*)&most)[i]);
        }

        return radius;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _fluxes.Dispose();
        _tile.Dispose();
        _pointers.Dispose();
    }

    private double* Row(int i) => (double*)_tile.Start + ((long)i * _span);

    private V OfRow(int row)
    {
        GridMedium m = _f.Medium;
        long at = _f.Sets[0].Row(row);
        for (int p = 0; p < m.Pools + m.Gates; p++)
        {
            double* from = _f.Sets[0].State[p] + at;
            if (m.HasRapid(p))
            {
                RapidFree.Solve<V>(m.Rapid[p], from, Row(p), _span);
            }
            else
            {
                new ReadOnlySpan<double>(from, _span).CopyTo(new Span<double>(Row(p), _span));
            }
        }

        _fluxes.Run(_binding, 0, _span / V.Count);
        V most = V.All(0);
        for (int i = 0; i < _span; i += V.Count)
        {
            most = Max(most, OfCells(at, i));
        }

        return most;
    }

    private V OfCells(long at, int i)
    {
        GridMedium m = _f.Medium;
        V sum = V.All(0), gates = V.All(0);
        for (int f = 0; f < _fluxes.Flows.Count; f++)
        {
            var (into, from) = _fluxes.Flows[f];
            sum = sum + (m.Share[into] * V.Abs(Of(_into + f, i)));
            if (from >= 0)
            {
                sum = sum + ((m.Share[from] * m.VolumeRatio(into) / m.VolumeRatio(from)) * V.Abs(Of(_from + f, i)));
            }
        }

        foreach (ref readonly KineticBuffer b in m.Kinetic.AsSpan())
        {
            V bound = *(V*)(_f.Sets[0].State[b.State] + at + i), c = Of(b.Pool, i);
            sum = sum + (((m.Share[b.Pool] * b.On) * V.Abs(b.Total - bound)) + (b.Off + (b.On * V.Abs(c))));
        }

        for (int g = 0; g < m.Gates; g++)
        {
            gates = Max(gates, V.Abs(Of(_loss + g, i)));
        }

        return sum + gates;
    }

    private V Of(int plane, int i) => *(V*)(Row(plane) + i);
}
