using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>The channels of all sites of a bundle: how they gate during a step.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal abstract class SiteGates<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    /// <summary>A simulation begins: constants, streams and the start of the channels.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="simulation">The simulation.</param>
    /// <param name="starts">Channels of each site and how many of them are open [sites].</param>
    public abstract void SetLane(int lane, Simulation simulation, ReadOnlySpan<(double Channels, double Open)> starts);

    /// <summary>Whether a lane's site 0 has its channels held open in the coming step.</summary>
    public abstract void Hold(int lane, bool isHeld);

    /// <summary>Lets all sites gate for the step that is about to be tried; writes their mean conductance.</summary>
    public abstract void Gate();

    /// <summary>Puts what the site planes do not hold back where <paramref name="accepted"/> is 0.</summary>
    public virtual void Withdraw(V accepted)
    {
    }

    /// <summary>What the site planes do not hold becomes that of the next state.</summary>
    public virtual void Swap()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
