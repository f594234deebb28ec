using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// One site in every lane while a step is under way: what it sees of its cell, its junction and its channels. Free
/// calcium follows c′ = f + q t − λ c + G (j − c)/volume, the linearisation of the field equations at the cell with its
/// neighbours moving at their present speed; the junction follows V_j T′ = g_r (e − j) − G (j − c).
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal struct SitePlace<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Free calcium of the cell and of the junction now, µM.</summary>
    public V C, J;

    /// <summary>Time since the start of the step, and the step, s.</summary>
    public V T, Dt;

    /// <summary>f: derivative of c without the site, taken back to c = 0, µM/s; q: how it changes, µM/s²; λ, 1/s.</summary>
    public V Drive, DriveSlope, Loss;

    /// <summary>1/(A dx), 1/µm³.</summary>
    public V PerCell;

    /// <summary>Refill conductance g_r, µm³/s; network store e, µM; ∂j/∂T / V_j, 1/µm³.</summary>
    public V Refill, Store, JunctionSlope;

    /// <summary>What j will not exceed in this step, µM; opening rate of a channel in a cleft full of calcium at that j, 1/s.</summary>
    public V HighestJ, HighestOpening;

    /// <summary>Channels of the site, how many are open and inactivated (whole numbers).</summary>
    public V Channels, Open, Inactivated;

    /// <summary>What is left of the Exp(1) variate until the next candidate event; draws used.</summary>
    public V Countdown, Draw;

    /// <summary>∫G dt so far, µm³.</summary>
    public V Conducted;
}
