using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Chooses every lane's step and decides whether it stands.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class StepControl<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Error of free calcium at the sites that a step is to make: of 1 µM plus the concentration.</summary>
    public const double Tolerance = 0.2;

    /// <summary>First step, s.</summary>
    public const double FirstStep = 10e-6;

    /// <summary>Length of the verdict's clock, s.</summary>
    public const double Millisecond = 1e-3;

    /// <summary>
    /// How much more than the tolerance still stands: where a site ignites the error is large and short-lived, and to cut
    /// the step there makes nothing better.
    /// </summary>
    private const double Allowed = 4;

    /// <summary>
    /// Longest step over d²/D: within a step a site sees its neighbours move as they did at its start, so that calcium must
    /// not come from one site to the next in a step.
    /// </summary>
    private const double LongestOfPassage = 0.1;

    private const double LongestHeld = 250e-6, ShortestStep = 1e-10;
    private readonly CableModel _model;
    private readonly CableStep<V> _step;

    /// <summary>A control of the given stepper.</summary>
    public StepControl(CableModel model, CableStep<V> step)
    {
        _model = model;
        _step = step;
    }

    /// <summary>A simulation begins.</summary>
    public void Begin(CableLane lane)
    {
        double d = lane[_model.P.Spacing];
        (lane.Time, lane.Wish, lane.Steps, lane.Milliseconds) = (0, FirstStep, 0, 0);
        lane.LongestStep = Math.Min(_model.Rule.LongestStep, LongestOfPassage * d * d / lane[_model.P.Diffusion]);
        lane.HeldUntil = _model.Rule.HeldUntil(_model.P, lane.Simulation!.Parameters);
        lane.TimeLimit = lane[_model.P.TimeLimit];
    }

    /// <summary>Steps end on whole milliseconds (the clock of the verdict) and at the end of the stimulus; equal parts in between.</summary>
    public void Choose(CableLane lane)
    {
        double target = (lane.Milliseconds + 1) * Millisecond, wish = lane.Wish;
        if (lane.IsHeld)
        {
            target = Math.Min(target, lane.HeldUntil);
            wish = Math.Min(wish, LongestHeld);
        }

        target = Math.Min(target, lane.TimeLimit);
        double left = target - lane.Time, parts = left <= wish ? 1 : Math.Ceiling((left / wish) - 1e-9);
        lane.Dt = left / parts;
        lane.Target = parts == 1 ? target : double.NaN;
        _step.SetStep(lane.Index, lane.Dt);
    }

    /// <summary>Decides whether the step that was tried stands, and how long the next may be.</summary>
    /// <returns>False if it has to be tried again, or the lane has failed for good.</returns>
    public bool Stands(CableLane lane)
    {
        V error = _step.Error, lowest = _step.Lowest;
        double e = ((double*)&error)[lane.Index], low = ((double*)&lowest)[lane.Index];
        if (e <= Allowed && low >= 0)
        {
            double change = e < 0.2 ? 2 : 0.9 / Math.Sqrt(e);
            lane.Wish = Math.Min(lane.LongestStep, lane.Dt * Math.Max(0.5, change));
            return true;
        }

        bool isFinite = double.IsFinite(e) && double.IsFinite(low);
        lane.Wish = lane.Dt * (isFinite && low >= 0 ? Math.Clamp(0.9 / Math.Sqrt(e), 0.2, 0.7) : 0.4);
        if (lane.Wish < ShortestStep)
        {
            lane.Fail(!isFinite ? "NonFinite" : low < 0 ? "Negative" : "StepTooSmall");
        }

        return false;
    }

    /// <summary>Moves a lane's clock on by the step that stood.</summary>
    /// <returns>True if a whole millisecond was reached.</returns>
    public static bool Tick(CableLane lane)
    {
        lane.Steps++;
        if (double.IsNaN(lane.Target))
        {
            lane.Time += lane.Dt;
            return false;
        }

        lane.Time = lane.Target;
        bool isOnTheMillisecond = lane.Target == (lane.Milliseconds + 1) * Millisecond;
        lane.Milliseconds += isOnTheMillisecond ? 1 : 0;
        return isOnTheMillisecond;
    }
}
