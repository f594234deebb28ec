using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Puts one lane's constants and rest state into a bundle's memory.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal readonly unsafe struct CableStart<V>
    where V : unmanaged, ILanes<V>
{
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly CableStep<V> _step;
    private readonly CableRates<V>* _rates;

    /// <summary>Over the given memory.</summary>
    public CableStart(CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step)
    {
        _p = planes;
        _s = sites;
        _step = step;
        _rates = step.Rates;
    }

    /// <summary>All at rest: every buffer in equilibrium, the junction at the store's concentration.</summary>
    public void Fill(int lane, CableParameters p, double[] v, int cellsPerSite, double tolerance)
    {
        double dx = v[p.Spacing] / cellsPerSite, c0 = v[p.CytosolRest], e0 = v[p.StoreRest];
        Constants(lane, p, v, dx);
        Set(ref _rates->Tolerance, lane, tolerance);
        _step.Start(lane, v, c0, dx);
        for (int i = 0; i < _p.Cells; i++)
        {
            Set(ref _p.C[i], lane, c0);
            Set(ref _p.E[i], lane, e0);
        }

        double total = e0 + (v[p.CsqTotal] * e0 / (v[p.CsqK] + e0));
        for (int k = 0; k < _s.Sites; k++)
        {
            Set(ref _s.Junction[k], lane, total);
        }
    }

    private static void Set(ref V vector, int lane, double value) =>
        System.Runtime.CompilerServices.Unsafe.Add(
            ref System.Runtime.CompilerServices.Unsafe.As<V, double>(ref vector), lane) = value;

    private void Constants(int lane, CableParameters p, double[] v, double dx)
    {
        double perCell = 1 / (v[p.Area] * dx), perStore = 1 / v[p.StoreFraction], dx2 = dx * dx;
        Set(ref _rates->Free, lane, v[p.Diffusion] / dx2);
        Set(ref _rates->Store, lane, v[p.StoreDiffusion] / dx2);
        Set(ref _rates->PerStore, lane, perStore);
        Set(ref _rates->PerCell, lane, perCell);
        Set(ref _rates->PerStoreCell, lane, perCell * perStore);
        Set(ref _rates->PerJunction, lane, 1 / v[p.JunctionVolume]);
        Set(ref _rates->Refill, lane, v[p.Refill]);
        Set(ref _rates->CsqTotal, lane, v[p.CsqTotal]);
        Set(ref _rates->CsqK, lane, v[p.CsqK]);
    }
}
