using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// A sheet (two dimensions) or a box (three) filled with any medium, with or without release sites. Large simulations:
/// the vector holds neighbouring cells of one of them, not several simulations.
/// </summary>
internal sealed class GridModel : Model
{
    private const long MostCells = 1L << 26;
    private static readonly string[] _options = ["x", "y", "z", "outline", "mask", "outside", "stepper"];
    private readonly ScenarioDefinition _definition;
    private readonly MaskFile? _mask;
    private readonly string _maskText = "", _outline;
    private readonly Boundary _x, _y, _z;

    /// <summary>Composes the scenario.</summary>
    /// <exception cref="CompositionException">A part does not fit.</exception>
    public GridModel(ScenarioDefinition definition)
    {
        _definition = definition;
        PartDefinition geometry = definition.Parts.First(p => p.Role == "geometry");
        IReadOnlyDictionary<string, string> options = geometry.Options;
        IsBox = geometry.Use == "box";
        if (options.Keys.FirstOrDefault(o => !_options.Contains(o)) is { } unknown)
        {
            throw new CompositionException($"{Scenario}: geometry: unknown option '{unknown}'; there are {string.Join(", ", _options)}");
        }

        (_x, _y, _z) = (BoundaryOf(options, "x"), BoundaryOf(options, "y"), BoundaryOf(options, "z"));
        _outline = OneOf(options, "outline", Outline.Shapes, "brick");
        HasBath = OneOf(options, "outside", ["nothing", "bath"], "nothing") == "bath";
        Stepper = OneOf(options, "stepper", ["auto", "rkc2", "explicit"], "auto");
        if (options.TryGetValue("mask", out string? file))
        {
            _mask = MaskFile.Read(file);
            _maskText = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
                [.. BitConverter.GetBytes(_mask.Width), .. BitConverter.GetBytes(_mask.Height), .. _mask.Inside.Select(i => i ? (byte)1 : (byte)0)]));
        }

        var table = new ParameterTable(definition);
        Medium = new MediumParts(definition, table);
        Medium.RefuseLinear(definition);
        Cytosol = Medium.Pool(definition, "cytosol");
        PartDefinition? sites = definition.Parts.FirstOrDefault(p => p.Role == "sites");
        P = new GridParameters(table, geometry.Use, sites is not null);
        if (sites is not null)
        {
            Store = Medium.Pool(definition, "store");
            Sites = new SiteParameters(table, IsBox);
            Placement = OneOf(sites.Options, "place", SitePlacement.Kinds, "lattice");
        }

        Rule = GridRule.Of(definition, table, this);
        Parameters = table.Complete();
        Control = Defaults();
    }

    /// <summary>True for a box.</summary>
    public bool IsBox { get; }

    /// <summary>True if what lies outside an outline is a bath held at rest.</summary>
    public bool HasBath { get; }

    /// <summary>The stepper asked for, or <c>auto</c>.</summary>
    public string Stepper { get; }

    /// <summary>Indices of the parameters of the geometry.</summary>
    public GridParameters P { get; }

    /// <summary>Indices of the parameters of the sites, or null.</summary>
    public SiteParameters? Sites { get; }

    /// <summary>How sites are placed.</summary>
    public string Placement { get; } = "lattice";

    /// <summary>Pools, buffers and mechanisms.</summary>
    public MediumParts Medium { get; }

    /// <summary>Pool that sites release into, and that they refill from.</summary>
    public int Cytosol { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Store { get; } = -1;

    /// <summary>How a simulation starts, ends and what is measured.</summary>
    public GridRule Rule { get; }

    /// <summary>The scenario's default parameters.</summary>
    public double[] Control { get; }

    /// <summary>True if no calcium can enter or leave: nothing is clamped, nothing is made.</summary>
    public bool IsClosed => !HasBath && _x != Boundary.Clamped && _y != Boundary.Clamped && (!IsBox || _z != Boundary.Clamped)
        && !Medium.Pools.Any(p => p.IsCalcium && p.IsClamped)
        && !Medium.Mechanisms.Any(m => Enumerable.Range(0, m.Info.Flows.Count).Any(
            f => m.FlowPlanes(f).From < 0 && Medium.Pools[m.FlowPlanes(f).Into].IsCalcium));

    /// <inheritdoc/>
    public override string Scenario => _definition.Name;

    /// <inheritdoc/>
    public override string Summary => _definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables => Rule.Observables;

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables =>
        _definition.Observe.Count > 0 ? _definition.Observe : [.. Observables.Select(o => o.Name)];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => Rule.Outcomes;

    /// <inheritdoc/>
    public override bool IsStochastic => Sites is not null;

    /// <inheritdoc/>
    public override string Identity => ScenarioText.Canonical(_definition) + _maskText;

    /// <summary>What fills the geometry with these parameters.</summary>
    public GridMedium MediumOf(double[] v) => new(Medium.Pools, Medium.Buffers, Medium.Mechanisms, v);

    /// <summary>
    /// The mesh. With sites on a lattice every spacing is divided into an odd number of cells, so that a site stands at
    /// the centre of one; otherwise cells are as long as <c>mesh.dx</c> allows.
    /// </summary>
    public Mesh MeshOf(ReadOnlySpan<double> v)
    {
        double dx = v[P.MeshDx];
        double dz = IsBox ? 0 : v[P.Thickness];
        (int N, double D) x, y, z = (1, dz);
        if (Sites is { } s)
        {
            var (nx, ny, nz) = s.Counts(v);
            bool isOdd = Placement == "lattice" && v[s.Jitter] == 0;
            x = Divide(nx, v[s.Spacing], dx, isOdd || Placement == "z-lines");
            y = Divide(ny, v[s.Pitch], dx, isOdd);
            z = IsBox ? Divide(nz, v[s.Pitch], dx, isOdd) : z;
        }
        else
        {
            (x, y) = (Divide(1, v[P.Length], dx, false), Divide(1, v[P.Width], dx, false));
            z = IsBox ? Divide(1, v[P.Height], dx, false) : z;
        }

        return new Mesh(x.N, y.N, z.N, x.D, y.D, z.D, IsBox ? 3 : 2)
        {
            X = _x,
            Y = _y,
            Z = _z,
            HasBath = HasBath,
            Inside = _mask is not null ? _mask.Over(x.N, y.N, z.N) : Outline.Of(_outline, x.N, y.N, z.N),
        };
    }

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters)
    {
        Mesh mesh = MeshOf(parameters);
        if ((long)mesh.Nx * mesh.Rows > MostCells)
        {
            return $"{mesh.Nx} × {mesh.Ny} × {mesh.Nz} cells are more than {MostCells}; raise mesh.dx or take a smaller {(IsBox ? "box" : "sheet")}";
        }

        return mesh.InsideCount == 0 ? "no cell lies inside the outline; lower mesh.dx" : Rule.Check(mesh, parameters);
    }

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) =>
        (ISimulator)Activator.CreateInstance(typeof(GridSimulator<>).MakeGenericType(LaneWidth.TypeOf(width)), this)!;

    private static (int N, double D) Divide(int parts, double part, double dx, bool isOdd)
    {
        int n = Math.Max(1, (int)Math.Ceiling((part / dx) - 1e-9));
        n = isOdd ? n | 1 : n;
        return (parts * n, part / n);
    }

    private Boundary BoundaryOf(IReadOnlyDictionary<string, string> options, string direction) =>
        OneOf(options, direction, ["no-flux", "periodic", "clamped"], "no-flux") switch
        {
            "periodic" => Boundary.Periodic,
            "clamped" => Boundary.Clamped,
            _ => Boundary.NoFlux,
        };

    private string OneOf(IReadOnlyDictionary<string, string> options, string name, IReadOnlyList<string> known, string otherwise)
    {
        string value = options.GetValueOrDefault(name, otherwise);
        return known.Contains(value, StringComparer.Ordinal)
            ? value
            : throw new CompositionException($"{Scenario}: {name}: '{value}' is not one of {string.Join(", ", known)}");
    }
}
