namespace CalciumSweep.Store;

/// <summary>A store of an older schema version, opened for reading only: the next node that writes to it upgrades it.</summary>
public sealed class OutdatedStoreException(string message) : StoreUnavailableException(message);
