namespace CalciumSweep.Solver.Fields;

/// <summary>One flow as a pool feels it.</summary>
/// <param name="Flow">Its number.</param>
/// <param name="CalciumSlope">Which slope is by calcium: 1 by into, −1 by from, 0 none.</param>
/// <param name="OwnSlope">Which slope is by the pool itself, where its other end is no field: 1, −1 or 0.</param>
internal readonly record struct PoolFlow(int Flow, int CalciumSlope, int OwnSlope);
