namespace CalciumSweep.Shared.Api;

/// <summary>What went wrong in a campaign.</summary>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="Failed">Simulations whose verdict is <c>failed</c>.</param>
/// <param name="Reasons">Most frequent first.</param>
/// <param name="Failures">One by one, as many as were asked for.</param>
public sealed record FailuresAnswer(
    long Quarantined, long Failed, IReadOnlyList<FailureReason> Reasons, IReadOnlyList<FailedSimulation> Failures);
