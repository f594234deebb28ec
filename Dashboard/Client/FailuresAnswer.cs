namespace CalciumSweep.Dashboard.Client;

/// <summary>What went wrong in a campaign.</summary>
/// <param name="Quarantined">Given up.</param>
/// <param name="Failed">Verdict failed.</param>
/// <param name="Reasons">Most frequent first.</param>
/// <param name="Failures">One by one.</param>
public sealed record FailuresAnswer(
    long Quarantined, long Failed, IReadOnlyList<FailureReason> Reasons,
    IReadOnlyList<FailedSimulation> Failures);
