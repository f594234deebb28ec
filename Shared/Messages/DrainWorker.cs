namespace CalciumSweep.Shared.Messages;

/// <summary>Tells a worker to hand back what it holds and to take nothing more; answered by its <see cref="WorkerReport"/>.</summary>
public sealed record DrainWorker : IWorkerMessage;
