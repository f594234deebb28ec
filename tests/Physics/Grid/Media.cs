using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Physics.Grid;

/// <summary>Media for tests, and fields filled with them.</summary>
internal static class Media
{
    public const string Plain = "pools: { cytosol: { use: diffusing } }";

    public const string Full = """
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing }
        buffers:
          still: { use: stationary }
          mobile: { use: mobile }
          dye: { use: mobile, indicator: true }
        mechanisms:
          serca: { use: serca.hill }
          leak: { use: leak, balance: rest }
        """;

    /// <summary>A medium of YAML parts with some parameters set.</summary>
    public static GridMedium Of(string parts, params (string Name, double Value)[] set)
    {
        ScenarioDefinition definition = ScenarioReader.Parse("scenario: t\ngeometry: { use: sheet }\n" + parts, "t.yaml");
        var table = new ParameterTable(definition);
        var read = new MediumParts(definition, table);
        var names = table.Complete().ToList();
        double[] v = [.. names.Select(p => p.Default)];
        foreach (var (name, value) in set)
        {
            v[names.FindIndex(p => p.Name == name)] = value;
        }

        return new(read.Pools, read.Buffers, read.Mechanisms, v);
    }

    /// <summary>One bistable pool: rest at 0, D = k = 1.</summary>
    public static GridMedium Bistable(double threshold)
    {
        ScenarioDefinition definition = ScenarioReader.Parse("scenario: t\ngeometry: { use: sheet }\n" + Plain, "t.yaml");
        var table = new ParameterTable(definition);
        var read = new MediumParts(definition, table);
        int k = table.Add(new("k", "1/s", 1, 0, 10, "")), a = table.Add(new("a", "µM", threshold, 0, 0.5, ""));
        int block = table.Add(new("block", "1", 0, 0, 1, ""));
        var cubic = new MechanismInstance("cubic", Cubic<Lane1>.Info, typeof(Cubic<>), [0], [k, a], block) { FirstGatePlane = 1 };
        double[] v = [.. table.Complete().Select(p => p.Name switch { "cytosol.rest" => 0, "cytosol.diffusion" => 1, _ => p.Default })];
        return new(read.Pools, read.Buffers, [cubic], v);
    }

    /// <summary>A mesh of cubic cells.</summary>
    public static Mesh Mesh(int nx, int ny, int nz, double dx) =>
        new(nx, ny, nz, dx, dx, dx, nz > 1 ? 3 : ny > 1 ? 2 : 1);

    /// <summary>Fields at rest.</summary>
    public static GridFields<V> Fields<V>(Mesh mesh, GridMedium medium, int threads = 1)
        where V : unmanaged, ILanes<V>
    {
        var fields = new GridFields<V>(mesh, medium, (1, 1, 1), [], threads);
        fields.Absolute.AsSpan().Fill(1e-3);
        return fields;
    }

    /// <summary>Sets a state in every cell by its centre, µm from the middle of the domain.</summary>
    public static void Set<V>(this GridFields<V> f, int state, Func<double, double, double, double> value)
        where V : unmanaged, ILanes<V>
    {
        Mesh m = f.Mesh;
        for (int z = 0; z < m.Nz; z++)
        {
            for (int y = 0; y < m.Ny; y++)
            {
                for (int x = 0; x < m.Nx; x++)
                {
                    if (m.IsInside(x, y, z))
                    {
                        f.At(state, x, y, z) = value(Centre(x, m.Nx, m.Dx), Centre(y, m.Ny, m.Dy), Centre(z, m.Nz, m.Dz));
                    }
                }
            }
        }

        f.Finish();
    }

    /// <summary>Every cell of every state, in order.</summary>
    public static List<double> All<V>(this GridFields<V> f)
        where V : unmanaged, ILanes<V>
    {
        var all = new List<double>();
        for (int s = 0; s < f.Medium.States; s++)
        {
            for (int i = 0; i < f.Mesh.Nx * f.Mesh.Rows; i++)
            {
                all.Add(f.At(s, i % f.Mesh.Nx, i / f.Mesh.Nx % f.Mesh.Ny, i / f.Mesh.Nx / f.Mesh.Ny));
            }
        }

        return all;
    }

    private static double Centre(int i, int n, double dx) => (i + 0.5 - (0.5 * n)) * dx;
}
