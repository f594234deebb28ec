namespace CalciumSweep.Solver.Engine;

/// <summary>One simulation to do: a point's parameter values and a random stream.</summary>
/// <param name="parameters">Every parameter of the model, in the order of <see cref="Model.Parameters"/>.</param>
/// <param name="streamKey">Philox key of the point, see <see cref="Model.StreamKey"/>.</param>
/// <param name="replicate">Which repeat of the point; enters the Philox counter.</param>
public sealed class Simulation(double[] parameters, ulong streamKey, uint replicate)
{
    /// <summary>Values of all parameters [parameters], each in its own unit.</summary>
    public double[] Parameters { get; } = parameters;

    /// <summary>Philox key shared by all replicates of the point.</summary>
    public ulong StreamKey { get; } = streamKey;

    /// <summary>Which repeat of the point.</summary>
    public uint Replicate { get; } = replicate;

    /// <summary>Whatever the feed wants to find again in <see cref="ISimulationFeed.Complete"/>.</summary>
    public object? Tag { get; init; }

    /// <summary>The feed's own number for this simulation (e.g. its index in the campaign).</summary>
    public long Index { get; init; }

    /// <summary>Where to write the trajectory; null (the rule in a sweep) records nothing. Never changes a bit of the result.</summary>
    public ITrace? Trace { get; init; }
}
