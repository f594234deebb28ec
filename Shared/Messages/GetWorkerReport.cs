namespace CalciumSweep.Shared.Messages;

/// <summary>Asks a worker how it is.</summary>
public sealed record GetWorkerReport : IWorkerMessage;
