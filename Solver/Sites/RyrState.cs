namespace CalciumSweep.Solver.Sites;

/// <summary>State of one site's channels. Counts are whole numbers kept as double, like all per-lane memory.</summary>
public struct RyrState
{
    /// <summary>Channels of the site.</summary>
    public double Channels;

    /// <summary>Channels open.</summary>
    public double Open;

    /// <summary>Channels inactivated; the rest are closed.</summary>
    public double Inactivated;

    /// <summary>What is left of the Exp(1) variate until the next event.</summary>
    public double Countdown;

    /// <summary>Random draws used.</summary>
    public double Draw;
}
