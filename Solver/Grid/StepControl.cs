using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Chooses steps and the stepper. A step stands if its error is within tolerance and no value is negative; otherwise it is
/// tried again, shorter: nothing is clipped. The explicit rule is used while accuracy keeps steps within its
/// stability limit, else RKC2, whose stages follow from the spectral radius.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class StepControl<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const double ShortestStep = 1e-12, FirstStep = 1e-6, KineticSafety = 1.3;
    private const int StepsPerRadius = 20, StepsToSwitch = 8;
    private readonly GridFields<V> _f;
    private readonly KineticRadius<V> _kinetic;
    private readonly double _diffusion;
    private readonly RkcStepper<V>? _rkc;
    private readonly MidpointStepper<V>? _explicit;
    private IStepper _stepper;
    private double _kineticRadius, _target;
    private int _untilRadius, _agree;

    /// <summary>Control of fields.</summary>
    /// <param name="fields">The fields, with their sources.</param>
    /// <param name="control">Default parameters.</param>
    /// <param name="stepper"><c>auto</c>, <c>rkc2</c> or <c>explicit</c>.</param>
    public StepControl(GridFields<V> fields, double[] control, string stepper = "auto")
    {
        _f = fields;
        _kinetic = new KineticRadius<V>(fields, control);
        _diffusion = fields.Rows.DiffusionRadius();
        _rkc = stepper == "explicit" ? null : new RkcStepper<V>(fields);
        _explicit = stepper == "rkc2" || (stepper == "auto" && fields.Sources is not null) ? null : new MidpointStepper<V>(fields);
        _stepper = _rkc is not null ? _rkc : _explicit!;
        Wish = FirstStep;
    }

    /// <summary>Names of the steppers.</summary>
    public static IReadOnlyList<string> Steppers { get; } = ["auto", "rkc2", "explicit"];

    /// <summary>Cell time, s.</summary>
    public double Time { get; private set; }

    /// <summary>Step that the error control would take, s.</summary>
    public double Wish { get; private set; }

    /// <summary>Step just taken or tried, s.</summary>
    public double Dt { get; private set; }

    /// <summary>Longest step allowed, s.</summary>
    public double Longest { get; set; } = double.PositiveInfinity;

    /// <summary>Accepted and rejected steps.</summary>
    public long Steps { get; private set; }

    /// <inheritdoc cref="Steps"/>
    public long Rejected { get; private set; }

    /// <summary>Steps taken by the explicit rule.</summary>
    public long ExplicitSteps { get; private set; }

    /// <summary>Why the simulation failed, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Rates at the present state, for sources that look ahead; null if the stepper keeps none.</summary>
    public PlaneSet? FirstRates => _stepper.FirstRates;

    /// <summary>Spectral radius of the last step, 1/s.</summary>
    public double Radius { get; private set; }

    /// <summary>Before the next step: its length, so that it ends on <paramref name="target"/> or halves evenly what is left.</summary>
    public void Choose(double target)
    {
        if (_untilRadius-- <= 0)
        {
            _kineticRadius = _kinetic.Find();
            _untilRadius = StepsPerRadius;
        }

        Radius = 1.02 * (_diffusion + (KineticSafety * _kineticRadius) + (_f.Sources?.Radius ?? 0));
        double left = target - Time, wish = Math.Min(Math.Min(Wish, Longest), _stepper.LongestStep(Radius));
        double parts = Math.Max(1, Math.Ceiling((left / wish) - 1e-9));
        Dt = left / parts;
        _target = parts == 1 ? target : double.NaN;
        _stepper.Prepare();
    }

    /// <summary>Tries the chosen step; false if it has to be chosen anew, shorter (or if the simulation failed).</summary>
    public bool Try()
    {
        Radius = Math.Max(Radius, 1.02 * (_diffusion + (KineticSafety * _kineticRadius) + (_f.Sources?.Radius ?? 0)));
        var (error, lowest) = _stepper.Try(Dt, Radius);
        double power = 1.0 / _stepper.ErrorOrder;
        if (error <= 1 && lowest >= 0)
        {
            _stepper.Commit();
            Time = double.IsNaN(_target) ? Time + Dt : _target;
            Steps++;
            ExplicitSteps += ReferenceEquals(_stepper, _explicit) ? 1 : 0;
            Wish = Math.Max(0.5 * Dt, Dt * Math.Clamp(0.8 * Power(Math.Max(error, 1e-9), -power), 0.3, 3));
            Switch();
            return true;
        }

        Rejected++;
        bool isFinite = double.IsFinite(error);
        Wish = Dt * (isFinite && lowest >= 0 ? Math.Clamp(0.8 * Power(error, -power), 0.1, 0.7) : 0.4);
        _untilRadius = 0;
        if (Wish < ShortestStep)
        {
            string what = !isFinite ? "NonFinite" : lowest < 0 ? "Negative" : "StepTooSmall";
            Failure = $"{what} at t={Time:g6} s";
        }

        return false;
    }

    /// <summary>Steps until a time or a failure.</summary>
    public bool AdvanceTo(double time)
    {
        while (Time < time && Failure is null)
        {
            Choose(time);
            Try();
        }

        return Failure is null;
    }

    /// <summary>The state was changed from outside.</summary>
    public void Forget()
    {
        _stepper.Forget();
        _untilRadius = 0;
        Wish = Math.Min(Wish, FirstStep);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kinetic.Dispose();
        _rkc?.Dispose();
        _explicit?.Dispose();
    }

    /// <summary>The cheaper stepper, once several steps agree: two rates a step against as many as RKC2 has stages.</summary>
    private void Switch()
    {
        if (_rkc is null || _explicit is null)
        {
            return;
        }

        bool isExplicit = ReferenceEquals(_stepper, _explicit);
        double limit = _explicit.LongestStep(Radius);
        _agree = (isExplicit ? Wish > 1.5 * limit : Math.Min(Wish, Longest) < 0.8 * limit) ? _agree + 1 : 0;
        if (_agree >= StepsToSwitch)
        {
            _agree = 0;
            _stepper = isExplicit ? _rkc : _explicit;
            _stepper.Forget();
        }
    }

    // The platform's power differs in the last bit from one library to the next, and a step must not.
    private static double Power(double x, double exponent) => Elementary.Exp(Lane1.All(exponent * ScalarLog.Log(x))).Value;
}
