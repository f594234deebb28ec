using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// A cable from 0 to its length in equal cells. Options: <c>boundary: no-flux | periodic | clamped</c> (held at rest),
/// <c>length</c>, <c>dx</c>, <c>cells</c>, <c>duration</c> (other names of these parameters; with <c>cells</c> their number is a parameter
/// instead of dx), <c>scale: rate</c> (lengths are in units of √(diffusion/rate), the width of a front, times in 1/rate).
/// </summary>
internal sealed class FieldGeometry
{
    private const int FewestCells = 4, MostCells = 1 << 20;

    /// <summary>Declares the parameters.</summary>
    /// <exception cref="CompositionException">There is no such boundary.</exception>
    public FieldGeometry(ScenarioDefinition scenario, ParameterTable table)
    {
        PartDefinition part = scenario.Parts.First(p => p.Role == "geometry");
        string boundary = part.Options.GetValueOrDefault("boundary", "no-flux");
        Boundary = boundary switch
        {
            "no-flux" => Boundary.NoFlux,
            "periodic" => Boundary.Periodic,
            "clamped" => Boundary.Clamped,
            _ => throw new CompositionException($"{scenario.Name}: geometry: unknown boundary '{boundary}'; there are no-flux, periodic, clamped"),
        };
        ScaleName = part.Options.GetValueOrDefault("scale");
        string length = ScaleName is null ? "µm" : "widths", time = ScaleName is null ? "s" : "1/rate";
        Length = table.Add(new(part.Options.GetValueOrDefault("length", "length"), length, 100, 0.1, 100000, "length of the cable", "chosen"));
        if (part.Options.TryGetValue("cells", out string? cells))
        {
            Cells = table.Add(new(cells, "1", 1000, FewestCells, MostCells, "number of cells", "chosen", IsInteger: true));
        }
        else
        {
            Dx = table.Add(new(part.Options.GetValueOrDefault("dx", "mesh.dx"), length, 0.2, 1e-3, 10, "length of a cell, at most", "chosen"));
        }

        Duration = table.Add(new(part.Options.GetValueOrDefault("duration", "duration"), time, 1, 1e-6, 1e5, "cell time simulated", "chosen"));
    }

    /// <summary>What is at the ends.</summary>
    public Boundary Boundary { get; }

    /// <summary>Name of the parameter whose inverse is the unit of time, or null.</summary>
    public string? ScaleName { get; }

    /// <summary>Index of the length.</summary>
    public int Length { get; }

    /// <summary>Index of the duration.</summary>
    public int Duration { get; }

    private int Cells { get; } = -1;

    private int Dx { get; } = -1;

    /// <summary>Number of cells.</summary>
    public int CellsOf(ReadOnlySpan<double> v) => Cells >= 0
        ? (int)v[Cells]
        : (int)Math.Clamp(Math.Ceiling((v[Length] / v[Dx]) - 1e-9), FewestCells, MostCells);
}
