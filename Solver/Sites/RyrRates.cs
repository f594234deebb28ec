using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Sites;

/// <summary>Constants of the channels, a vector each; kept in aligned native memory. Units as in <see cref="RyrSite"/>.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal struct RyrRates<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>g of one open channel, and its share of the cleft's conductance g/g_D.</summary>
    public V Conductance, PerCleft;

    /// <summary>k_max, K⁴, 1/K⁴, K_L⁴.</summary>
    public V Opening, K4, PerK4, LuminalK4;

    /// <summary>O→C, O→I, I→C.</summary>
    public V Closing, Inactivation, Recovery;

    /// <summary>Sets one lane.</summary>
    public unsafe void SetLane(int lane, RyrSite site)
    {
        fixed (RyrRates<V>* r = &this)
        {
            ((double*)&r->Conductance)[lane] = site.Conductance;
            ((double*)&r->PerCleft)[lane] = site.Conductance / site.CleftConductance;
            ((double*)&r->Opening)[lane] = site.Opening;
            ((double*)&r->K4)[lane] = site.K4;
            ((double*)&r->PerK4)[lane] = 1 / site.K4;
            ((double*)&r->LuminalK4)[lane] = site.LuminalK4;
            ((double*)&r->Closing)[lane] = site.Closing;
            ((double*)&r->Inactivation)[lane] = site.Inactivation;
            ((double*)&r->Recovery)[lane] = site.Recovery;
        }
    }
}
