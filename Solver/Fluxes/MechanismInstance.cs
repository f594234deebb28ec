using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>A mechanism as a scenario uses it.</summary>
/// <param name="Name">Instance name.</param>
/// <param name="Info">The mechanism.</param>
/// <param name="Open">Its open generic type.</param>
/// <param name="PoolPlane">Plane that each pool port is bound to [pools].</param>
/// <param name="RateIndex">Index of each rate in the model's parameters; −1 for a balanced rate [rates].</param>
/// <param name="BlockIndex">Index of <c>name.block</c> in the model's parameters.</param>
internal sealed record MechanismInstance(
    string Name, MechanismInfo Info, Type Open, int[] PoolPlane, int[] RateIndex, int BlockIndex)
{
    /// <summary>True if its one rate is set so that its flow's sum is zero at rest.</summary>
    public bool IsBalanced => RateIndex.Length == 1 && RateIndex[0] < 0;

    /// <summary>Planes of the first flow.</summary>
    public (int Into, int From) Flow =>
        (PlaneOf(Info.Flows[0].Into), PlaneOf(Info.Flows[0].From!));

    private int PlaneOf(string pool) => PoolPlane[Info.Pools.ToList().IndexOf(pool)];
}
