namespace CalciumSweep.Shared.Messages;

/// <summary>What two nodes must have in common to work on one campaign.</summary>
/// <param name="Protocol">Version of the pull protocol.</param>
/// <param name="Numerics"><see cref="Solver.Engine.Numerics.Version"/>: other numerics would be other bits.</param>
public sealed record WorkerVersions(int Protocol, int Numerics)
{
    /// <summary>Version of the pull protocol: raised when a node of the old one could not take part any more.</summary>
    public const int CurrentProtocol = 2;

    /// <summary>Those of this build.</summary>
    public static WorkerVersions Current { get; } = new(CurrentProtocol, Solver.Engine.Numerics.Version);

    /// <summary>Why a worker with other versions cannot take part, in one sentence; null if it can.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="its">Its versions.</param>
    public string? Refuse(WorkerId worker, WorkerVersions its) => its == this ? null
        : its.Numerics != Numerics
            ? $"Worker {worker} is refused: it computes with numerics version {its.Numerics}, this coordinator needs {Numerics}; "
                + "run the same CalciumSweep version on every node"
            : $"Worker {worker} is refused: it speaks protocol version {its.Protocol}, this coordinator speaks {Protocol}; "
                + "run the same CalciumSweep version on every node";
}
