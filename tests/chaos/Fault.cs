namespace CalciumSweep.Chaos;

/// <summary>Something that goes wrong.</summary>
/// <param name="At">When, in seconds from the first result on.</param>
/// <param name="Lasts">For how long, in seconds.</param>
/// <param name="What">What it is, for people.</param>
/// <param name="Begin">Does it.</param>
/// <param name="End">Ends it; nothing if it ends by itself.</param>
internal sealed record Fault(double At, double Lasts, string What, Action Begin, Action End)
{
    /// <summary>Workers whose leases may be somebody else's afterwards.</summary>
    public int Workers { get; init; }

    public override string ToString() => FormattableString.Invariant($"{At,5:0.0} s  {What} for {Lasts:0.0} s");
}
