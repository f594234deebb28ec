namespace CalciumSweep.Shared.Messages;

/// <summary>Names one worker process for as long as it lives; a restarted one has a new name.</summary>
public readonly record struct WorkerId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
