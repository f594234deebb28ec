namespace CalciumSweep.Solver.Engine;

/// <summary>Advances simulations of one model on one thread; owns the memory of its lanes.</summary>
public interface ISimulator : IDisposable
{
    /// <summary>Lanes advanced together.</summary>
    int Width { get; }

    /// <summary>Runs until the feed is dry or <see cref="ISimulationFeed.Stopping"/>.</summary>
    void Run(ISimulationFeed feed);
}
