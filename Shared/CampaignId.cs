namespace CalciumSweep.Shared;

/// <summary>Names a campaign: the spec's name and the first digits of its identity, e.g. <c>wave-map-1f3a9c</c>.</summary>
public readonly record struct CampaignId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
