using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Protocols;

/// <summary>
/// Voltage of a cardiac cell: action potentials V = V₋ + (V₊ − V₋)·√(1 − (s/L)²), s the time since the start of the beat, L its length
/// (form of Shiferaw, Watanabe, Garfinkel, Weiss and Karma 2003, Biophys J 85:3666; theirs is 0.4 s long at 1 Hz). A clamp voltage below <see cref="Unset"/> replaces them by a square step.
/// </summary>
internal sealed class BeatProtocol : Protocol, IPulses
{
    // What stands for "unset" in a list of numbers, mV.
    private const double Unset = 200;

    private readonly int _peak, _start, _count, _frequency, _clamp, _clampDuration, _length;

    /// <summary>Declares the parameters.</summary>
    public BeatProtocol(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part)
        : base(scenario, table, medium, part)
    {
        _peak = Add("peak", "mV", 10, -60, 80, "where the action potential starts to fall: the plateau that L-type channels see");
        _start = Add("start", "s", 0.05, 0, 100, "start of the first action potential, or of the clamp");
        _count = Add("count", "1", 1, 0, 10000, "number of action potentials", isInteger: true);
        _frequency = Add("frequency", "Hz", 1, 0.1, 5, "action potentials per second");
        _length = Add("length", "s", 0.06, 0.005, 0.5, "length of an action potential");
        _clamp = Add("voltage", "mV", Unset, -120, Unset, "voltage of a square clamp; unset: not clamped, action potentials instead", word: "unset");
        _clampDuration = Add("duration", "s", 0.1, 1e-3, 100, "duration of the clamp");
    }

    /// <summary>True if the cell is clamped.</summary>
    public bool IsClamped(ReadOnlySpan<double> v) => v[_clamp] < Unset;

    /// <inheritdoc/>
    public double Count(ReadOnlySpan<double> v) => IsClamped(v) ? 1 : v[_count];

    /// <inheritdoc/>
    public double StartOf(ReadOnlySpan<double> v, double pulse) =>
        pulse >= 0 && pulse < Count(v) ? v[_start] + (pulse / v[_frequency]) : double.NaN;

    /// <summary>Start of the first beat or of the clamp, s.</summary>
    public double Start(ReadOnlySpan<double> v) => v[_start];

    /// <summary>End of the clamp, s; infinite if the cell is not clamped.</summary>
    public double End(ReadOnlySpan<double> v) => IsClamped(v) ? v[_start] + v[_clampDuration] : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double At(ReadOnlySpan<double> v, double t, double within)
    {
        if (IsClamped(v))
        {
            return within >= v[_start] && within < v[_start] + v[_clampDuration] ? v[_clamp] : v[Base];
        }

        double beat = Math.Floor((within - v[_start]) * v[_frequency]), start = v[_start] + (beat / v[_frequency]), length = v[_length];
        if (beat < 0 || beat >= v[_count] || within >= start + length)
        {
            return v[Base];
        }

        double s = Math.Max(0, t - start) / length;
        return v[Base] + ((v[_peak] - v[Base]) * Math.Sqrt(Math.Max(0, 1 - (s * s))));
    }

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after)
    {
        if (IsClamped(v))
        {
            return after < v[_start] ? v[_start] : after < v[_start] + v[_clampDuration] ? v[_start] + v[_clampDuration] : double.PositiveInfinity;
        }

        for (double beat = Math.Max(0, Math.Floor((after - v[_start]) * v[_frequency]) - 1); beat < v[_count]; beat++)
        {
            double start = v[_start] + (beat / v[_frequency]), end = start + v[_length];
            if (after < start)
            {
                return start;
            }

            if (after < end)
            {
                return end;
            }
        }

        return double.PositiveInfinity;
    }
}
