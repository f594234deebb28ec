namespace CalciumSweep.Shared.Messages;

/// <summary>What travels between nodes about a worker, and no campaign.</summary>
public interface IWorkerMessage;
