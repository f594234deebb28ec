using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>A mechanism as a scenario uses it.</summary>
/// <param name="Name">Instance name.</param>
/// <param name="Info">The mechanism.</param>
/// <param name="Open">Its open generic type.</param>
/// <param name="PoolPlane">Plane that each pool port is bound to [pools].</param>
/// <param name="RateIndex">Index of each rate in the model's parameters; −1 for a balanced rate [rates].</param>
/// <param name="BlockIndex">Index of <c>name.block</c> in the model's parameters; −1 if it cannot be blocked.</param>
internal sealed record MechanismInstance(
    string Name, MechanismInfo Info, Type Open, int[] PoolPlane, int[] RateIndex, int BlockIndex)
{
    /// <summary>How its one rate is set.</summary>
    public Balance Balance { get; init; }

    /// <summary>Number of its first gate among the model's gates.</summary>
    public int FirstGate { get; init; }

    /// <summary>Plane of its first gate: the gates' planes follow those of the pools.</summary>
    public int FirstGatePlane { get; init; }

    /// <summary>Index of a parameter that multiplies its flows (a ratio of volumes), or −1.</summary>
    public int Factor { get; init; } = -1;

    /// <summary>Index of a parameter that is 0 where the mechanism is not there and 1 where it is, or −1.</summary>
    public int Switch { get; init; } = -1;

    /// <summary>The same for single rates, which are 0 where their part of the mechanism is not there [rates]; empty without.</summary>
    public int[] RateSwitch { get; init; } = [];

    /// <summary>1 if the mechanism is there, 0 if it is switched off.</summary>
    public double IsThere(ReadOnlySpan<double> parameters) => Switch < 0 ? 1 : parameters[Switch];

    /// <summary>Planes that flow i joins; From is −1 for production.</summary>
    public (int Into, int From) FlowPlanes(int i) =>
        (PlaneOf(Info.Flows[i].Into), Info.Flows[i].From is { } from ? PlaneOf(from) : -1);

    private int PlaneOf(string pool) => PoolPlane[Info.Pools.ToList().IndexOf(pool)];
}
