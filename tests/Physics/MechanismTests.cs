using System.Reflection;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Physics;

/// <summary>What every mechanism, found by reflection, owes its kernel.</summary>
public sealed unsafe class MechanismTests
{
    public static TheoryData<string> All => [.. MechanismCatalog.All.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Flux_is_inlined_and_finite_and_its_slopes_are_derivatives(string id)
    {
        Type open = MechanismCatalog.Of(id)!.Value.Open;
        MethodInfo flux = open.GetMethod("Flux")!;
        Assert.True(flux.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining));
        typeof(MechanismTests).GetMethod(nameof(Probe), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(open.MakeGenericType(typeof(Lane1))).Invoke(null, null);
    }

    private static void Probe<M>()
        where M : unmanaged, IMechanism<M, Lane1>
    {
        MechanismInfo info = M.Info;
        var values = new double[info.Parameters.Count];
        for (int corner = 0; corner < 1 << info.Parameters.Count; corner++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (corner >> i & 1) == 0 ? info.Parameters[i].Min : info.Parameters[i].Max;
            }

            foreach (double c in new[] { 0, 1e-3, 0.1, 1, 100, 1000 })
            {
                Check<M>(info, values, c);
            }
        }
    }

    private static void Check<M>(MechanismInfo info, double[] values, double c)
        where M : unmanaged, IMechanism<M, Lane1>
    {
        M mechanism;
        fixed (double* p = values)
        {
            mechanism = M.Load(new Rates<Lane1>(info, (Lane1*)p));
        }

        var (j, byInto) = At(mechanism, c);
        Assert.True(double.IsFinite(j) && double.IsFinite(byInto), info.Id);

        // Central difference: its error is h²/6 times the third derivative, which for Hill forms is below slope/k².
        // At zero a receptor that needs three ions has slope 0 and a third derivative of its own scale, so h is smaller there.
        double h = c == 0 ? 1e-10 : 1e-6 * Math.Max(c, 1e-3);
        double difference = (At(mechanism, c + h).J - At(mechanism, c - h).J) / (2 * h);
        Assert.InRange(byInto - difference, -1e-5 * (Math.Abs(byInto) + Math.Abs(j) + 1), 1e-5 * (Math.Abs(byInto) + Math.Abs(j) + 1));
    }

    private static (double J, double ByInto) At<M>(M mechanism, double c)
        where M : unmanaged, IMechanism<M, Lane1>
    {
        var cell = new ProbeCell { C = c };
        mechanism.Flux(ref cell);
        return (cell.J, cell.ByInto);
    }

    private struct ProbeCell : ICell<Lane1>
    {
        public double C, J, ByInto;

        public readonly Lane1 Pool(int i) => Lane1.All(i == 0 ? C : 500);

        public readonly Lane1 Gate(int i) => Lane1.All(0.5);

        public void Flow(int i, Lane1 j, Lane1 byInto) => (J, ByInto) = (j.Value, byInto.Value);

        public void Flow(int i, Lane1 j, Lane1 byInto, Lane1 byFrom) => Flow(i, j, byInto);

        public readonly void Relax(int i, Lane1 gain, Lane1 loss)
        {
        }
    }
}
