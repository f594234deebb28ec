using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Lattice;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// An indicator dye seen through a microscope. Fluorescence is that of its free form plus <c>contrast</c> times as much of its
/// bound form; the microscope blurs it with a Gaussian of given widths, whose centre moves along the axis of the cable. Along
/// x bound dye varies from cell to cell and is mirrored at the walls; across, the cable is a square column of
/// <c>cable.area</c>, and what the microscope sees beside it is the same (a plane of sites) or at rest (one site alone).
/// </summary>
internal sealed class Dye
{
    private const string Microscope = "0.4 × 0.4 × 0.8 µm: Smith et al. 1998, Biophys J 75:15";
    private readonly Buffer _buffer;
    private readonly int _contrast, _x, _y, _z;

    /// <summary>Declares its parameters.</summary>
    public Dye(ParameterTable t, Buffer buffer)
    {
        _buffer = buffer;
        _contrast = t.Add(new($"{buffer.Name}.contrast", "1", 100, 1, 1000, "fluorescence of bound over that of free dye", "fluo-4: Gee et al. 2000, Cell Calcium 27:97 (more than hundredfold)"));
        _x = t.Add(new("psf.x", "µm", 0.4, 0.05, 3, "resolution along the cable (full width at half maximum)", Microscope));
        _y = t.Add(new("psf.y", "µm", 0.4, 0.05, 3, "resolution across the cable (full width at half maximum)", Microscope));
        _z = t.Add(new("psf.z", "µm", 0.8, 0.05, 5, "resolution in depth (full width at half maximum)", Microscope));
    }

    /// <summary>What is measured with it.</summary>
    public static IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("peakDye", "1", "largest ΔF/F0 at a site; on a line at sites 1…n−1"),
        new("dyeAmplitude", "1", "largest ΔF/F0 at the middle site, if it fired"),
        new("dyeWidth", "µm", "full width at half maximum of ΔF/F0 along the cable at that moment"),
        new("dyeDuration", "s", "full duration at half maximum of ΔF/F0 at the middle site around its largest value; null if the run ends before"),
        new("dyeRise", "s", "from a tenth of dyeAmplitude to dyeAmplitude at the middle site"),
    ];

    /// <summary>Weights of a cell's bound dye by its distance in cells from where the microscope looks [0…].</summary>
    public double[] Weights(double[] v, double dx)
    {
        double perCell = 2 * Math.Sqrt(Math.Log(2)) * dx / v[_x], sum = 0; // √2 σ = width/(2√ln 2)
        int reach = 1;
        while ((reach - 0.5) * perCell < 6)
        {
            reach++;
        }

        var weights = new double[reach];
        for (int i = 0; i < reach; i++)
        {
            weights[i] = 0.5 * (Erf((i + 0.5) * perCell) - Erf((i - 0.5) * perCell));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }

        for (int i = 0; i < reach; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }

    /// <summary>ΔF/F0 per µM of bound dye above rest, in focus.</summary>
    public double PerBound(double[] v, double rest) =>
        (v[_contrast] - 1) / (v[_buffer.Total] + ((v[_contrast] - 1) * _buffer.Bound(v, rest)));

    /// <summary>Dye bound at rest, µM.</summary>
    public double AtRest(double[] v, double rest) => _buffer.Bound(v, rest);

    /// <summary>Share of what the microscope sees that lies in a column of that cross-section.</summary>
    public double InColumn(double[] v, double area)
    {
        double side = Math.Sqrt(area * Math.Log(2));
        return Erf(side / v[_y]) * Erf(side / v[_z]);
    }

    private static double Erf(double x)
    {
        double a = Math.Abs(x);
        double complement = a > 6 ? 0 : Elementary.Exp(Lane1.All(-(a * a))).Value * Erfcx.At(a);
        return x < 0 ? complement - 1 : 1 - complement;
    }
}
