using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Compartment;

/// <content>What is done for one lane alone: parameters, rest, settled pools, free calcium of a pool with rapid buffers.</content>
internal sealed unsafe partial class CellRates<V>
    where V : unmanaged, ILanes<V>
{
    private const double MostSettled = 1e5;

    /// <summary>Takes over one lane's parameters and writes its state at rest.</summary>
    /// <param name="lane">Lane.</param>
    /// <param name="v">Parameters of the simulation.</param>
    /// <param name="state">Receives free concentrations, gates, bound calcium and tallies [variables].</param>
    public void SetLane(int lane, double[] v, Span<double> state)
    {
        _parameters[lane] = v;
        double[] rest = _model.Medium.Rest(v);
        Set.SetLane(lane, v, rest, _model.Control);
        state.Clear();
        rest.CopyTo(state);
        Set.RestGates(lane, rest, state.Slice(_pools, _gates));
        SetShares(lane, v);
        foreach (MechanismInstance mechanism in _model.Medium.Mechanisms)
        {
            for (int g = 0; g < mechanism.Info.Gates.Count; g++)
            {
                At(Live, mechanism.FirstGate + g, lane) = mechanism.IsThere(v);
            }
        }

        if (_model.Medium.Pools.Any(p => p.Settles))
        {
            // Blocks begin with the run: pools settle without them.
            double[] open = [.. v];
            foreach (MechanismInstance mechanism in _model.Medium.Mechanisms)
            {
                if (mechanism.BlockIndex >= 0)
                {
                    open[mechanism.BlockIndex] = 0;
                }
            }

            Set.SetLane(lane, open, rest, _model.Control);
            for (int p = 0; p < _pools; p++)
            {
                if (_model.Medium.Pools[p].Settles)
                {
                    Settle(lane, p, state);
                }
            }

            Set.RestGates(lane, state[.._pools], state.Slice(_pools, _gates));
            Set.SetLane(lane, v, rest, _model.Control);
        }

        for (int b = 0; b < _buffers; b++)
        {
            state[_pools + _gates + b] = _model.Kinetic[b].Bound(v, state[_model.Kinetic[b].Pool]);
        }
    }

    private void SetShares(int lane, double[] v)
    {
        for (int f = 0; f < _flows; f++)
        {
            var (into, from) = Set.Flows[f];
            At(Gain, f, lane) = Share(into, v);
            At(Cost, f, lane) = from < 0 ? 0 : Share(from, v) * Volume(into, v) / Volume(from, v);
        }

        for (int p = 0; p < _pools; p++)
        {
            At(Free, p, lane) = Share(p, v);
        }

        for (int b = 0; b < _buffers; b++)
        {
            Buffer buffer = _model.Kinetic[b];
            (At(On, b, lane), At(Off, b, lane), At(Total, b, lane)) = (buffer.OnRate(v), buffer.OffRate(v), v[buffer.Total]);
        }

        for (int b = 0; b < _model.Rapid.Length; b++)
        {
            Buffer buffer = _model.Rapid[b];
            V* at = (V*)_rapid.Start + (2 * b);
            (At(at, 0, lane), At(at, 1, lane)) = (v[buffer.Total], buffer.HalfSaturation(v));
        }
    }

    /// <summary>Replaces a lane's free concentrations by what is conserved: free and rapidly bound calcium, times the free share.</summary>
    public void Bind(int lane, Span<double> state)
    {
        double[] v = _parameters[lane];
        for (int p = 0; p < _pools; p++)
        {
            double bound = 0;
            foreach (Buffer buffer in _model.Rapid)
            {
                bound += buffer.Pool == p ? buffer.Bound(v, state[p]) : 0;
            }

            state[p] += Share(p, v) * bound;
        }
    }

    /// <summary>What free calcium of a pool a lane's variable stands for, and its derivative.</summary>
    public (double Value, double Slope) FreeOf(int lane, int pool, double value, double slope)
    {
        double[] v = _parameters[lane];
        double c = value, share = Share(pool, v), capacity = 1;
        if (!_isRapid[pool])
        {
            return (value, slope);
        }

        for (int round = 0; round < EquilibriumRounds; round++)
        {
            double total = c;
            capacity = 1;
            foreach (Buffer buffer in _model.Rapid)
            {
                double k = buffer.HalfSaturation(v), bound = buffer.Pool == pool ? share * v[buffer.Total] / (k + c) : 0;
                total += bound * c;
                capacity += bound * k / (k + c);
            }

            c = Math.Max(0, c - ((total - value) / capacity));
        }

        return (c, slope / capacity);
    }

    // Where the derivative of one pool is zero, the others held: bisection, so that nothing but the sign decides.
    private void Settle(int lane, int pool, Span<double> state)
    {
        double low = 0, high = MostSettled;
        for (int round = 0; round < 200 && high > low; round++)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            state[pool] = middle;
            (low, high) = Derivative(lane, pool, state) > 0 ? (middle, high) : (low, middle);
        }

        state[pool] = low;
    }

    private double Derivative(int lane, int pool, ReadOnlySpan<double> state)
    {
        for (int i = 0; i < _pools + _gates; i++)
        {
            At(Seen, i, lane) = state[i];
        }

        Set.Run(_binding, 0, 1);
        double sum = 0;
        for (int f = 0; f < _flows; f++)
        {
            var (into, from) = Set.Flows[f];
            double j = At((V*)J.Start, f, lane);
            sum += into == pool ? At(Gain, f, lane) * j : from == pool ? -At(Cost, f, lane) * j : 0;
        }

        return sum;
    }

    private double Share(int pool, double[] v) => _model.Medium.Pools[pool].FreeShare(v);

    private double Volume(int pool, double[] v) => _model.Medium.Pools[pool].VolumeRatio(v);
}
