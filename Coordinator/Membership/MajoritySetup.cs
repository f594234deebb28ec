using Akka.Actor.Setup;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>How a half of a cluster asks to go on.</summary>
/// <param name="claim">Name of who asks → true if nobody else was faster.</param>
internal sealed class MajoritySetup(Func<string, bool> claim) : Setup
{
    /// <summary>Asks.</summary>
    public Func<string, bool> Claim { get; } = claim;
}
