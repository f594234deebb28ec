using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Grid;

/// <summary>One simulation under way in a sheet or a box.</summary>
internal interface IGridRun : IDisposable
{
    /// <summary>Tries a step.</summary>
    void Advance();

    /// <summary>The result, once there is one.</summary>
    bool TakeResult(out SimulationResult result);
}
