namespace CalciumSweep.Kernels;

/// <summary>Exact answers of the semi-discrete W1D: CVODE at rtol 1e-10 and 1e-11 agree to all digits shown.</summary>
internal static class W1dReference
{
    /// <summary>Arrival at 25 µm, s.</summary>
    public const double T25 = 0.180188153;

    /// <summary>Arrival at 50 µm, s.</summary>
    public const double T50 = 0.407503511;

    /// <summary>Arrival at 75 µm, s.</summary>
    public const double T75 = 0.634818895;

    /// <summary>Speed between 25 and 75 µm, µm/s.</summary>
    public const double Speed = 109.979364;
}
