namespace CalciumSweep.Physics.Reference;

/// <summary>The scalar program of the yardstick against its published reference: what is held against the solver is itself right.</summary>
public sealed class ScalarW1dTests
{
    /// <summary>The yardstick's parameters by symbol.</summary>
    public static Dictionary<string, double> Defaults() => new(StringComparer.Ordinal)
    {
        ["L"] = 100,
        ["N"] = 1000,
        ["T"] = 1,
        ["Dc"] = 220,
        ["D2"] = 40,
        ["De"] = 10,
        ["B1t"] = 50,
        ["k1"] = 100,
        ["K1"] = 10,
        ["B2t"] = 10,
        ["k2"] = 80,
        ["K2"] = 0.35,
        ["g"] = 0.185,
        ["Cp"] = 2,
        ["Lp"] = 5,
        ["v1"] = 80,
        ["d1"] = 0.13,
        ["d2"] = 1.049,
        ["d3"] = 0.9434,
        ["d5"] = 0.08234,
        ["a2"] = 0.2,
        ["I"] = 0.3,
        ["Vs"] = 600,
        ["Ks"] = 0.1,
        ["C0"] = 0.05,
        ["E0"] = 500,
        ["threshold"] = 0.5,
    };

    // On a mesh of 0.2 µm the published speed is 109.866163 µm/s; the method's own error at 4e-5 s is of order dt⁴ and below 1e-6.
    [Fact]
    public void On_a_mesh_of_200_nm_the_speed_is_the_published_one()
    {
        var p = Defaults();
        p["N"] = 500;
        var wave = new ScalarW1d(name => p[name]);
        Assert.InRange(wave.Leak, 0.05602005, 0.05602015);
        double[] arrival = wave.Run(4e-5);
        Assert.InRange(50 / (arrival[2] - arrival[0]) / 109.866163, 1 - 1e-5, 1 + 1e-5);
    }
}
