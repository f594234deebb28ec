using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// Sites while a step is under way, one in each element of the vectors: channels, cell and junction. Free calcium follows
/// c′ = f + q t − λ c + G (j − c)/volume, the linearisation of the field equations at the cell with its neighbours moving
/// at their present speed; the junction follows V_j T′ = g_r (e − j) − G (j − c).
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct SitePlace<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>g of one open channel, µm³/s, and its share of the cleft's conductance, g/g_D.</summary>
    public V Conductance, PerCleft;

    /// <summary>k_max, 1/s; K⁴ and 1/K⁴ of the cleft, K_L⁴ of the junction, µM⁴.</summary>
    public V Opening, K4, PerK4, LuminalK4;

    /// <summary>O→C, O→I, I→C, 1/s.</summary>
    public V Closing, Inactivation, Recovery;

    /// <summary>1/(A dx), 1/µm³; refill conductance g_r, µm³/s.</summary>
    public V PerCell, Refill;

    /// <summary>Channels of the site, how many are open and inactivated (whole numbers).</summary>
    public V Channels, Open, Inactivated;

    /// <summary>What is left of the Exp(1) variate until the next candidate event; draws used.</summary>
    public V Countdown, Draw;

    /// <summary>Time since the start of the step, and the step, s.</summary>
    public V T, Dt;

    /// <summary>Free calcium of the cell, of the junction and of the network store, µM.</summary>
    public V C, J, Store;

    /// <summary>f: derivative of c without the site, taken back to c = 0, µM/s; q: how it changes, µM/s²; λ, 1/s.</summary>
    public V Drive, DriveSlope, Loss;

    /// <summary>∂j/∂T / V_j, 1/µm³.</summary>
    public V JunctionSlope;

    /// <summary>What j will not exceed in this step, µM; opening rate of a channel in a cleft full of calcium at that j, 1/s.</summary>
    public V HighestJ, HighestOpening;

    /// <summary>∫G dt so far, µm³.</summary>
    public V Conducted;

    /// <summary>1 where the site has come to a candidate event, else 0; the rate of openings and 1 + x behind it.</summary>
    public V Fires, Bound, X1;

    /// <summary>Random numbers for the candidate: a uniform, and the wait for the next.</summary>
    public V Which, Wait;

    /// <summary>Puts one element, which holds no site, at the end of its step.</summary>
    public void SetIdle(int element)
    {
        ((double*)Unsafe.AsPointer(ref T))[element] = ((double*)Unsafe.AsPointer(ref Dt))[element];
        ((double*)Unsafe.AsPointer(ref Draw))[element] = 0;
    }

    /// <summary>Sets the channels' constants in one element.</summary>
    public void SetSite(int element, RyrSite site)
    {
        double* v = (double*)Unsafe.AsPointer(ref Conductance) + element;
        double[] values =
        [
            site.Conductance, site.Conductance / site.CleftConductance, site.Opening, site.K4, 1 / site.K4, site.LuminalK4,
            site.Closing, site.Inactivation, site.Recovery,
        ];
        for (int i = 0; i < values.Length; i++)
        {
            v[i * V.Count] = values[i];
        }
    }
}
