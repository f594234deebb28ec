using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Protocols;

/// <summary>A train of square pulses on top of the pool's value; a single pulse is a train of one.</summary>
internal sealed class TrainProtocol : Protocol, IPulses
{
    private readonly int _amplitude, _start, _width, _count, _frequency;

    /// <summary>Declares the parameters.</summary>
    public TrainProtocol(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part)
        : base(scenario, table, medium, part)
    {
        string pool = medium.Pools[Pool].Name;
        bool isSigned = medium.Pools[Pool].IsSigned;
        _amplitude = Add("amplitude", Unit, 1, isSigned ? -1000 : 0, 20000, $"rise of {pool} during a pulse");
        _start = Add("start", "s", 0, 0, 1e5, "start of the first pulse");
        _width = Add("width", "s", 1e-3, 1e-6, 1e4, "duration of a pulse");
        _count = Add("count", "1", 1, 0, 10000, "number of pulses", isInteger: true);
        _frequency = Add("frequency", "Hz", 1, 1e-4, 1e4, "pulses per second");
    }

    /// <inheritdoc/>
    public double Count(ReadOnlySpan<double> v) => v[_count];

    /// <inheritdoc/>
    public double StartOf(ReadOnlySpan<double> v, double pulse) =>
        pulse >= 0 && pulse < v[_count] ? v[_start] + (pulse / v[_frequency]) : double.NaN;

    /// <inheritdoc/>
    public override double At(ReadOnlySpan<double> v, double t, double within) =>
        v[Base] + (within - StartOf(v, Pulse(v, within)) < v[_width] ? v[_amplitude] : 0);

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after)
    {
        double pulse = Pulse(v, after);
        for (double p = Math.Max(0, pulse - 1); p <= pulse + 1 && p < v[_count]; p++)
        {
            double start = StartOf(v, p), end = start + v[_width];
            if (after < start)
            {
                return start;
            }

            if (after < end)
            {
                return end;
            }
        }

        return pulse < 0 && v[_count] > 0 ? v[_start] : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> v) => v[_count] > 1 && v[_width] * v[_frequency] > 1
        ? $"pulses of {v[_width]} s overlap at {v[_frequency]} Hz: shorten them or lower the frequency"
        : null;

    private double Pulse(ReadOnlySpan<double> v, double t)
    {
        double pulse = Math.Floor((t - v[_start]) * v[_frequency]);

        // The product may round across a pulse's start.
        return t < v[_start] + (pulse / v[_frequency]) ? pulse - 1 : t >= v[_start] + ((pulse + 1) / v[_frequency]) ? pulse + 1 : pulse;
    }
}
