using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// One cluster of ryanodine receptors with states closed, open and inactivated, behind a quasi-steady cleft (as in
/// Hinch et al. 2004, Biophys J 87:3723): the cleft has c* = (c + w j)/(1 + w), w = n_o g/g_D, the release is
/// n_o g (j − c*), a closed channel opens at k_max · j⁴/(K_L⁴ + j⁴) · c*⁴/(K⁴ + c*⁴). How it gates: <see cref="RyrCluster{V}"/>.
/// </summary>
/// <param name="Conductance">g of one open channel, µm³/s.</param>
/// <param name="CleftConductance">g_D from cleft to cytosol, µm³/s.</param>
/// <param name="Opening">k_max, 1/s.</param>
/// <param name="K4">K⁴ of cleft calcium, µM⁴.</param>
/// <param name="LuminalK4">K_L⁴ of junctional calcium, µM⁴.</param>
/// <param name="Closing">O→C, 1/s.</param>
/// <param name="Inactivation">O→I, 1/s.</param>
/// <param name="Recovery">I→C, 1/s.</param>
public readonly record struct RyrSite(
    double Conductance, double CleftConductance, double Opening, double K4, double LuminalK4, double Closing,
    double Inactivation, double Recovery)
{
    /// <summary>Conductance of the site with <paramref name="open"/> channels open: release is G (j − c), µm³/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReleaseConductance(double open)
    {
        double g = open * Conductance;
        return g / (1 + (g / CleftConductance));
    }

    /// <summary>Calcium in the cleft, µM.</summary>
    /// <param name="open">Open channels.</param>
    /// <param name="c">Calcium of the cell, µM.</param>
    /// <param name="j">Free junctional calcium, µM.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cleft(double open, double c, double j)
    {
        double w = open * Conductance / CleftConductance;
        return (c + (w * j)) / (1 + w);
    }

    /// <summary>Opening rate of one closed channel, 1/s.</summary>
    /// <param name="cleft">Calcium in the cleft, µM.</param>
    /// <param name="j">Free junctional calcium, µM.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double OpeningRate(double cleft, double j)
    {
        double c2 = cleft * cleft, c4 = c2 * c2, j2 = j * j, j4 = j2 * j2;
        return Opening * (j4 * c4) / ((LuminalK4 + j4 + 1e-300) * (K4 + c4));
    }
}
