using System.Text;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;

namespace CalciumSweep.Physics.Grid;

public sealed class GeometryTests
{
    [Theory]
    [InlineData(0.25, 0.1)]
    [InlineData(0.1, 0.1)]
    [InlineData(0.5, 0.02)]
    public void What_a_box_hides_of_a_point_source_is_Watsons_integral(double dx, double radius)
    {
        // 0.252731… = ∫₀^∞ (e^(−2t) I₀(2t))³ dt, a sixth of 1.516386 (Watson 1939).
        double expected = (1 / (4 * Math.PI * 220 * radius)) - (1.5163860591519780 / 6 / (220 * dx));
        double found = SubgridResistance.Missing([220, 220, 220], [dx, dx, dx], 1, radius);

        // Beyond the integral's upper limit, 1e10 dx²/D, stays its inverse square root times the rest: nothing of both alike.
        Assert.Equal(expected, found, 7);
    }

    [Theory]
    [InlineData(0.25, 0.1, 0.8)]
    [InlineData(0.05, 0.1, 2)]
    public void What_a_sheet_hides_is_the_well_of_Peaceman(double dx, double radius, double thickness)
    {
        const double Gamma = 0.57721566490153286;
        double expected = (Math.Log(dx / radius) - Gamma - (1.5 * Math.Log(2))) / (2 * Math.PI * 220 * thickness);
        Assert.Equal(expected, SubgridResistance.Missing([220, 220], [dx, dx], thickness, radius), 7);
    }

    [Fact]
    public void A_line_hides_nothing_of_a_source_at_its_own_place()
    {
        // The 3-point scheme is exact at the nodes; a² / 4D of the radius is what is left: R(a) = −a/(2D) per area.
        Assert.Equal(-0.01 / (2 * 220 * 0.65), SubgridResistance.Missing([220], [0.25], 0.65, 0.01), 5);
    }

    [Fact]
    public void Flat_cells_hide_what_the_same_cells_hide_stretched()
    {
        // Stretching x by √(Dx/D) turns anisotropic diffusion on cubes into isotropic diffusion on flat cells.
        double flat = SubgridResistance.Missing([220, 220, 220], [0.5, 0.25, 0.25], 1, 0.1);
        double stretched = SubgridResistance.Missing([55, 220, 220], [0.25, 0.25, 0.25], 1, 0.1 * Math.Pow(0.25, 1.0 / 6));
        Assert.Equal(flat, stretched * 0.5, 7);
    }

    [Fact]
    public void An_ellipse_covers_pi_quarters_of_its_sheet_and_an_ellipsoid_pi_sixths_of_its_box()
    {
        Assert.Equal(Math.PI / 4, Outline.Of("ellipse", 200, 100, 1)!.Count(i => i) / 20000.0, 2);
        Assert.Equal(Math.PI / 6, Outline.Of("ellipse", 60, 50, 40)!.Count(i => i) / 120000.0, 2);
        Assert.Null(Outline.Of("brick", 3, 3, 3));
    }

    [Fact]
    public void A_myocyte_is_symmetric_and_tapers_at_its_ends()
    {
        const int Nx = 50, Ny = 20, Nz = 10;
        bool[] cell = Outline.Of("myocyte", Nx, Ny, Nz)!;
        Assert.Equal(cell, cell.Reverse());
        int Section(int x) => Enumerable.Range(0, Ny * Nz).Count(i => cell[(i * Nx) + x]);
        Assert.True(Section(0) < 0.6 * Section(25));
        Assert.Equal(Section(10), Section(25));
    }

    [Fact]
    public void A_mask_is_read_from_text_and_from_pictures()
    {
        MaskFile text = MaskFile.Parse(Encoding.UTF8.GetBytes("..#\n.##\n\n###\n...\n"), "m.txt");
        Assert.Equal((3, 2, 2), (text.Width, text.Height, text.Slices));
        Assert.Equal([false, false, true, false, true, true, true, true, true, false, false, false], text.Inside);
        MaskFile ascii = MaskFile.Parse(Encoding.UTF8.GetBytes("P2 # made by hand\n3 2\n255\n0 127 128\n255 0 200\n"), "m.pgm");
        MaskFile binary = MaskFile.Parse([.. "P5\n3 2\n255\n"u8, 0, 127, 128, 255, 0, 200], "m.pgm");
        Assert.Equal([false, false, true, true, false, true], ascii.Inside);
        Assert.Equal(ascii.Inside, binary.Inside);
        Assert.Equal(
            [false, false, false, false, true, true, true, true, false, false, true, true],
            binary.Over(6, 2, 1));
        Assert.Throws<CompositionException>(() => MaskFile.Parse(Encoding.UTF8.GetBytes("..#\n.#\n"), "m.txt"));
        Assert.Throws<CompositionException>(() => MaskFile.Parse([.. "P5\n3 2\n255\n"u8, 0], "m.pgm"));
    }

    [Fact]
    public void Sites_stand_on_a_lattice_or_on_z_lines_or_anywhere_and_every_replicate_agrees()
    {
        var lattice = new SitePlacement("lattice", (4, 3, 2), (2, 0.8, 1), 0).Places(1);
        Assert.Equal((1, 0.4, 0.5), lattice[0]);
        Assert.Equal(3, lattice[1].X, 12);
        var lines = new SitePlacement("z-lines", (10, 20, 5), (2, 0.8, 1), 0).Places(1);
        Assert.All(lines, p => Assert.Equal(1, p.X % 2, 9));
        Assert.All(lines, p => Assert.InRange(p.Y, 0, 16));

        // Uniform: the mean of 1000 numbers has a standard error of 1/√12000 of the range.
        Assert.InRange(lines.Average(p => p.Y) / 16, 0.5 - (4 / Math.Sqrt(12000)), 0.5 + (4 / Math.Sqrt(12000)));
        var anywhere = new SitePlacement("random", (10, 20, 5), (2, 0.8, 1), 0).Places(1);
        Assert.InRange(anywhere.Average(p => p.X) / 20, 0.5 - (4 / Math.Sqrt(12000)), 0.5 + (4 / Math.Sqrt(12000)));
        var jittered = new SitePlacement("lattice", (10, 20, 5), (2, 0.8, 1), 0.3);
        Assert.All(jittered.Places(5).Select((p, i) => (p.X / 2) - (i % 10) - 0.5), d => Assert.InRange(d, -0.3, 0.3));
        Assert.Equal(jittered.Places(5), jittered.Places(5));
        Assert.NotEqual(jittered.Places(5), jittered.Places(6));
    }
}
