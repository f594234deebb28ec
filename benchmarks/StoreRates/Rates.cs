namespace CalciumSweep.StoreRates;

/// <summary>What one run came to.</summary>
/// <param name="SimulationsPerSecond">Simulations stored a second.</param>
/// <param name="PointsPerSecond">Rows of the table of points a second.</param>
/// <param name="AgainPerSecond">Simulations a second that were stored already.</param>
/// <param name="ClientMicroseconds">Core time of this process a simulation, in µs: checking, digest, compression, driver.</param>
/// <param name="ServerMicroseconds">Core time of the server a simulation, in µs.</param>
internal sealed record Rates(
    double SimulationsPerSecond, double PointsPerSecond, double AgainPerSecond, double ClientMicroseconds, double ServerMicroseconds);
