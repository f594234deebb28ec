using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Release sites in the cells of a sheet or a box: a cluster of channels and a junctional store each. Before a step every
/// site lets its channels gate, seeing its cell through a linearisation; the mean conductance over the step enters the
/// stages, with the junction's total and what was released as states of their own. So what leaves a junction enters a cell.
/// </summary>
/// <remarks>
/// The cell that holds a site stands for a volume of dx³; near a point source calcium rises as 1/r (as −ln r in a sheet), and
/// with it the cell's value as dx falls. So the conductance from the cleft to the cell contains what the mesh does not resolve,
/// 1/g = 1/g_D + R(a) − R_grid (<see cref="SubgridResistance"/>), where a is the radius at which g_D ends and the
/// cytosol begins. Calcium in the cleft, c* = c + J/g, and calcium at the cleft's edge, c + J (R(a) − R_grid), then do not
/// depend on dx. Near the source diffusion is faster than binding, so that R needs the D of free calcium alone.
/// </remarks>
internal sealed unsafe class SiteSources : RowSources
{
    /// <summary>Time over which a site's own cell answers to its release, s: sets the loss of the linearisation.</summary>
    private const double AnswerTime = 100e-6;

    private readonly GridMedium _m;
    private readonly Mesh _mesh;
    private readonly SiteRates _rates;
    private readonly RyrSite _site;
    private readonly int _cytosol, _store;
    private readonly double _perCell, _perStoreCell, _answer, _toX, _toY, _toZ;
    private readonly int[] _firstOfRow;
    private readonly SiteState[] _sites;
    private readonly ulong _key;
    private readonly uint _replicate;

    /// <summary>Sites at given places.</summary>
    /// <param name="rows">Mesh and medium.</param>
    /// <param name="cytosol">Pool that sites release into.</param>
    /// <param name="store">Pool that junctions refill from.</param>
    /// <param name="rates">What all sites share.</param>
    /// <param name="places">Places of the sites, µm.</param>
    /// <param name="key">Philox key of the point.</param>
    /// <param name="replicate">Which repeat.</param>
    public SiteSources(
        RowNeighbours rows, int cytosol, int store, SiteRates rates,
        IReadOnlyList<(double X, double Y, double Z)> places, ulong key, uint replicate)
    {
        (_m, _mesh, _rates, _cytosol, _store, _key, _replicate) = (rows.Medium, rows.Mesh, rates, cytosol, store, key, replicate);
        double d = _m.Diffusion[cytosol];
        (_toX, _toY, _toZ) = (
            rows.Factor.X * d / (_mesh.Dx * _mesh.Dx), rows.Factor.Y * d / (_mesh.Dy * _mesh.Dy), rows.Factor.Z * d / (_mesh.Dz * _mesh.Dz));
        var (along, lengths, across) = SiteRates.Resolved(_mesh, d, rows.Factor);
        Missing = SubgridResistance.Missing(along, lengths, across, rates.Radius);
        _answer = 1 / (_mesh.CellVolume * SubgridResistance.OfGrid(along, lengths, across, AnswerTime));
        double cleft = 1 / ((1 / rates.Channels.CleftConductance) + Missing);
        _site = rates.Channels with { CleftConductance = cleft };
        (_perCell, _perStoreCell) = (1 / _mesh.CellVolume, 1 / (_m.VolumeRatio(store) * _mesh.CellVolume));
        _sites = Sorted(places);
        _firstOfRow = new int[_mesh.Rows + 1];
        foreach (SiteState site in _sites)
        {
            _firstOfRow[site.Row + 1]++;
        }

        for (int row = 0; row < _mesh.Rows; row++)
        {
            _firstOfRow[row + 1] += _firstOfRow[row];
        }
    }

    /// <summary>R(a) − R_grid, s/µm³.</summary>
    public double Missing { get; }

    /// <summary>The sites, by row and place in the row.</summary>
    public IReadOnlyList<SiteState> Sites => _sites;

    /// <summary>Number of the first site in a row or a later one.</summary>
    public int FirstOfRow(int row) => _firstOfRow[row];

    /// <summary>Relative and absolute tolerance (µM) of the junctions' totals.</summary>
    public (double Relative, double Absolute) Tolerance { get; set; } = (2e-3, 0.1);

    /// <inheritdoc/>
    public override double Radius
    {
        get
        {
            double most = 0;
            foreach (SiteState s in _sites)
            {
                most = Math.Max(most, (s.G * _perCell) + ((s.G + _rates.Refill) / _rates.JunctionVolume));
            }

            return most;
        }
    }

    /// <summary>Channels of all sites open now.</summary>
    public double Open => _sites.Sum(s => s.Channels.Open);

    /// <summary>Calcium in all junctions, µM µm³.</summary>
    public double Amount => _rates.JunctionVolume * _sites.Sum(s => s.Total0);

    /// <summary>Kinetics of the channels, with the conductance from the cleft to its cell.</summary>
    public RyrSite Channels => _site;

    /// <summary>The random numbers of a site.</summary>
    public RandomStream StreamOf(SiteState s) => new(_key, _replicate, (uint)s.Index);

    /// <summary>Free calcium in a site's cell, µM.</summary>
    public double Calcium(SiteState s, PlaneSet set) => Free(_cytosol, set.State[_cytosol][set.Row(s.Row) + s.X]);

    /// <summary>Free calcium at the edge of a site's cleft, µM: what the mesh does not resolve is added.</summary>
    public double EdgeCalcium(SiteState s, PlaneSet set)
    {
        double c = Calcium(s, set), flow = _site.ReleaseConductance(s.Channels.Open) * (_rates.Junction(s.Total0) - c - Shift(s));
        return c + (Missing * (flow + s.Trigger));
    }

    /// <summary>Free calcium in a site's cleft, µM.</summary>
    public double CleftCalcium(SiteState s, PlaneSet set) =>
        _site.Cleft(s.Channels.Open, Calcium(s, set) + Shift(s), _rates.Junction(s.Total0));

    /// <inheritdoc/>
    public override void Advance(int row, int stage, PlaneSet last, PlaneSet to, in RkcWeights weights)
    {
        int now = Slot(stage - 1), before = Slot(Math.Max(0, stage - 2)), next = Slot(stage);
        for (int i = _firstOfRow[row]; i < _firstOfRow[row + 1]; i++)
        {
            SiteState s = _sites[i];
            var (release, refill) = Flows(s, last, s.Total(now));
            if (stage == 1)
            {
                (s.FirstRelease, s.FirstRefill) = (release, refill);
            }

            double ofRelease = (weights.Rate * release) + (weights.First * s.FirstRelease);
            double ofRefill = (weights.Rate * refill) + (weights.First * s.FirstRefill);
            long at = to.Row(row) + s.X;
            to.State[_cytosol][at] += _m.Share[_cytosol] * _perCell * (ofRelease + ((weights.Rate + weights.First) * s.Trigger));
            to.State[_store][at] -= _m.Share[_store] * _perStoreCell * ofRefill;
            s.Total(next) = (weights.Start * s.Total0) + (weights.Last * s.Total(now)) + (weights.Before * s.Total(before))
                + ((ofRefill - ofRelease) / _rates.JunctionVolume);
            s.Released(next) = (weights.Start * s.Released0) + (weights.Last * s.Released(now)) + (weights.Before * s.Released(before))
                + ofRelease;
        }
    }

    /// <inheritdoc/>
    public override void Lend(int row, int stage, PlaneSet last, PlaneSet rate, double h)
    {
        int now = Slot(stage);
        for (int i = _firstOfRow[row]; i < _firstOfRow[row + 1]; i++)
        {
            SiteState s = _sites[i];
            var (release, refill) = Flows(s, last, s.Total(now));
            long at = rate.Row(row) + s.X;
            (s.LentC, s.LentE) = (rate.State[_cytosol][at], rate.State[_store][at]);
            rate.State[_cytosol][at] += _m.Share[_cytosol] * _perCell * (s.FirstRelease + release + (2 * s.Trigger));
            rate.State[_store][at] -= _m.Share[_store] * _perStoreCell * (s.FirstRefill + refill);
            double change = (s.FirstRefill + refill - s.FirstRelease - release) / _rates.JunctionVolume;
            double error = (0.8 * (s.Total0 - s.Total(now))) + (0.4 * h * change);
            s.Error = Math.Abs(error) / (Tolerance.Absolute + (Tolerance.Relative * Math.Abs(s.Total(now))));
            s.Lowest = s.Total(now);
        }
    }

    /// <inheritdoc/>
    public override void TakeBack(int row, PlaneSet rate)
    {
        for (int i = _firstOfRow[row + 1] - 1; i >= _firstOfRow[row]; i--)
        {
            SiteState s = _sites[i];
            long at = rate.Row(row) + s.X;
            (rate.State[_cytosol][at], rate.State[_store][at]) = (s.LentC, s.LentE);
        }
    }

    /// <inheritdoc/>
    public override (double Error, double Lowest) Found()
    {
        double error = 0, lowest = double.MaxValue;
        foreach (SiteState s in _sites)
        {
            error = s.Error > error || double.IsNaN(s.Error) ? s.Error : error;
            lowest = Math.Min(lowest, s.Lowest);
        }

        return (error, lowest);
    }

    /// <inheritdoc/>
    public override void Commit(int stage)
    {
        foreach (SiteState s in _sites)
        {
            s.Commit(Slot(stage));
        }
    }

    private (double Release, double Refill) Flows(SiteState s, PlaneSet set, double total)
    {
        long at = set.Row(s.Row) + s.X;
        double j = _rates.Junction(total), c = Free(_cytosol, set.State[_cytosol][at]), e = Free(_store, set.State[_store][at]);
        return (s.G * (j - c - Shift(s)), _rates.Refill * (e - j));
    }

    /// <summary>By how much a current from outside into the cleft raises it above the cell, µM.</summary>
    private double Shift(SiteState s) => s.Trigger / _site.CleftConductance;

    private double Free(int pool, double total)
    {
        if (!_m.HasRapid(pool))
        {
            return total;
        }

        double free;
        RapidFree.Solve<Lanes.Lane1>(_m.Rapid[pool], &total, &free, 1);
        return free;
    }

    /// <summary>
    /// What a site sees: its cell relaxes at the rate at which the mesh answers a source there (not at that of the cell alone,
    /// whose neighbours rise with it), towards a value that moves as its neighbours and buffers do now.
    /// </summary>
    public void Look<V>(SiteState s, PlaneSet state, PlaneSet rate, double dt, SitePlace<V>* place, int element)
        where V : unmanaged, Lanes.ILanes<V>
    {
        long at = state.Row(s.Row) + s.X;
        double c = Calcium(s, state), totalByFree = 1, loss = 0, slope = 0;
        foreach (RapidBuffer b in _m.Rapid[_cytosol])
        {
            totalByFree += b.Total * b.K / ((b.K + c) * (b.K + c));
        }

        double share = _m.Share[_cytosol] / totalByFree;
        foreach (ref readonly KineticBuffer b in _m.Kinetic.AsSpan())
        {
            if (b.Pool == _cytosol)
            {
                double on = b.On * (b.Total - state.State[b.State][at]);
                loss += on;
                slope += ((b.On * c) + b.Off) * rate.State[b.State][at];
            }
        }

        loss = share * (loss + _answer);
        slope = share * (slope + (Neighbours(s, rate) / totalByFree));
        double j = _rates.Junction(s.Total0), e = Free(_store, state.State[_store][at]), jSlope = _rates.JunctionSlope(j);
        double top = j + (jSlope * dt * Math.Max(_rates.Refill * (e - j), 0)), top2 = top * top, top4 = top2 * top2;
        Set(&place->C, element, c + Shift(s));
        Set(&place->J, element, j);
        Set(&place->Drive, element, (rate.State[_cytosol][at] / totalByFree) + (loss * (c + Shift(s))) + (share * _perCell * s.Trigger));
        Set(&place->DriveSlope, element, slope);
        Set(&place->Loss, element, loss);
        Set(&place->PerCell, element, share * _perCell);
        Set(&place->Refill, element, _rates.Refill);
        Set(&place->Store, element, e);
        Set(&place->JunctionSlope, element, jSlope);
        Set(&place->HighestJ, element, top);
        Set(&place->HighestOpening, element, _site.Opening * top4 / (_site.LuminalK4 + top4 + 1e-300));
        Set(&place->Channels, element, s.Channels.Channels);
        Set(&place->Open, element, s.Channels.Open);
        Set(&place->Inactivated, element, s.Channels.Inactivated);
        Set(&place->Countdown, element, s.Channels.Countdown);
        Set(&place->Draw, element, s.Channels.Draw);
        Set(&place->T, element, 0);
        Set(&place->Dt, element, dt);
        Set(&place->Conducted, element, 0);
    }

    private static void Set<V>(V* field, int element, double value)
        where V : unmanaged => ((double*)field)[element] = value;

    private double Neighbours(SiteState s, PlaneSet rate)
    {
        double* f = rate.State[_cytosol] + s.X;
        int y = s.Row % _mesh.Ny, z = s.Row / _mesh.Ny;
        double sum = 0;
        sum += s.X > 0 ? _toX * f[rate.Row(s.Row) - 1] : 0;
        sum += s.X < _mesh.Nx - 1 ? _toX * f[rate.Row(s.Row) + 1] : 0;
        if (_mesh.Dimensions > 1)
        {
            sum += y > 0 ? _toY * f[rate.Row(s.Row - 1)] : 0;
            sum += y < _mesh.Ny - 1 ? _toY * f[rate.Row(s.Row + 1)] : 0;
        }

        if (_mesh.Dimensions > 2)
        {
            sum += z > 0 ? _toZ * f[rate.Row(s.Row - _mesh.Ny)] : 0;
            sum += z < _mesh.Nz - 1 ? _toZ * f[rate.Row(s.Row + _mesh.Ny)] : 0;
        }

        return sum;
    }

    private SiteState[] Sorted(IReadOnlyList<(double X, double Y, double Z)> places)
    {
        var all = new List<SiteState>();
        for (int i = 0; i < places.Count; i++)
        {
            int x = Cell(places[i].X, _mesh.Dx, _mesh.Nx), y = Cell(places[i].Y, _mesh.Dy, _mesh.Ny), z = Cell(places[i].Z, _mesh.Dz, _mesh.Nz);
            if (_mesh.IsInside(x, y, z))
            {
                all.Add(new SiteState(i, places[i], (z * _mesh.Ny) + y, x));
            }
        }

        return [.. all.OrderBy(s => s.Row).ThenBy(s => s.X).ThenBy(s => s.Index)];
    }

    private static int Cell(double place, double dx, int n) => Math.Clamp((int)(place / dx), 0, n - 1);
}
