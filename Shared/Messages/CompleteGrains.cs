namespace CalciumSweep.Shared.Messages;

/// <summary>
/// These grains are in the store. Accepted if new, acknowledged either way by <see cref="GrainsAcknowledged"/>. The
/// tally comes by grain, so that a message of which a part was known already is counted right.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Worker">Who computed them; need not hold their leases.</param>
/// <param name="Grains">The grains.</param>
public sealed record CompleteGrains(
    CampaignId Id, WorkerId Worker, IReadOnlyList<GrainCompletion> Grains) : ICampaignCommand
{
    /// <summary>As the worker knew it when it began them: after a removal the store may lack them, and they are ignored.</summary>
    public long Removals { get; init; }
}
