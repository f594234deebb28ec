using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Spark or wave among sites in a sheet or a box: the rule of the cable, with distance from the stimulus in place of the
/// number of the site. All channels of the stimulated sites are held open at the start: those of the first column
/// (<c>place: edge</c>: a line of sites in a sheet, a plane of them in a box, so that the wave is plane) or the one
/// nearest to the middle (<c>place: centre</c>).
/// </summary>
internal sealed class SiteGridRule : GridRule
{
    /// <summary>Least share of the cleft's own resistance that must be left once the mesh's is taken off.</summary>
    private const double LeastResistance = 0.05;

    private readonly GridModel _model;

    /// <summary>The rule of a model.</summary>
    /// <exception cref="CompositionException">The stimulus is unknown, or the stepper keeps no rates for the sites to look ahead.</exception>
    public SiteGridRule(GridModel model, ScenarioDefinition scenario)
    {
        _model = model;
        PartDefinition? stimulus = scenario.Parts.FirstOrDefault(p => p.Role == "stimulus");
        string place = stimulus?.Options.GetValueOrDefault("place", "edge") ?? "edge";
        if (stimulus is not (null or { Use: "held-open" }) || place is not ("edge" or "centre"))
        {
            throw new CompositionException($"{scenario.Name}: stimulus must be {{ use: held-open, place: edge | centre }}");
        }

        IsCentral = place == "centre";
        if (model.Stepper == "explicit")
        {
            throw new CompositionException($"{scenario.Name}: geometry: stepper: release sites need rkc2");
        }
    }

    /// <summary>True if the site in the middle is stimulated.</summary>
    public bool IsCentral { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes { get; } =
        [Outcome.Quiescent, Outcome.Sparks, Outcome.Abortive, Outcome.Wave, Outcome.Undecided, Outcome.Failed];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("waveSpeed", "µm/s", "slope of distance on time of firing over fired sites from four spacings on; waves with R² ≥ 0.9"),
        new("reach", "µm", "how far from the stimulus nine of ten sites have fired"),
        new("recruitedFraction", "1", "fired sites of those not stimulated"),
        new("peakCytosolic", "µM", "largest free calcium at the edge of a cleft of the sites not stimulated"),
        new("speedLinearity", "1", "R² of the fit behind waveSpeed; waves"),
        new("released", "µM µm³", "calcium released by all sites"),
        new("releasedStimulus", "µM µm³", "calcium released by a stimulated site while its channels are held open, on average"),
        new("cleftStimulus", "µM", "free calcium in the cleft of a stimulated site when its channels are let go, on average"),
        new("endTime", "s", "cell time at which the verdict was certain"),
        new("calciumDrift", "1", "relative change of total calcium over the run; closed systems"),
    ];

    /// <inheritdoc/>
    public override string? Check(Mesh mesh, ReadOnlySpan<double> v)
    {
        SiteParameters s = _model.Sites!;
        double c0 = v[_model.Medium.Pools[_model.Cytosol].Rest], e0 = v[_model.Medium.Pools[_model.Store].Rest];
        if (e0 <= c0)
        {
            return $"store.rest ({e0} µM) must exceed cytosol.rest ({c0} µM)";
        }

        if (v[s.ExtinctCalcium] < c0)
        {
            return $"extinct.calcium ({v[s.ExtinctCalcium]} µM) must not be below cytosol.rest ({c0} µM)";
        }

        var (along, dx, across) = SiteRates.Resolved(mesh, v[_model.Medium.Pools[_model.Cytosol].Diffusion], _model.P.Factor(v));
        double missing = SubgridResistance.Missing(along, dx, across, v[s.Radius]), own = 1 / v[s.Cleft];
        return own + missing >= LeastResistance * own
            ? null
            : $"mesh.dx ({v[_model.P.MeshDx]} µm) is too fine for one cell to hold a cleft of cleft.radius ({v[s.Radius]} µm); raise mesh.dx or lower cleft.radius";
    }

    /// <inheritdoc/>
    public override IGridRun Start<V>(GridFields<V> fields, Simulation simulation) => new SiteGridRun<V>(_model, this, fields, simulation);
}
