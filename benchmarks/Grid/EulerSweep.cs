using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.GridBenchmark;

/// <summary>The least an explicit method can do: one rate, one sweep.</summary>
internal sealed unsafe class EulerSweep<V>(GridFields<V> fields)
    where V : unmanaged, ILanes<V>
{
    /// <summary>One Euler step, from value set 0 to 2 and back.</summary>
    public void Step(double h)
    {
        RowRates<V> rates = fields.Rates[0];
        rates.K->OfRate = V.All(h);
        for (int row = 0; row < fields.Mesh.Rows; row++)
        {
            rates.Run<HalfStep<V>>(row, fields.Sets[0], new(fields.Sets[2], fields.Sets[0]));
            fields.Rows.Finish<V>(row, fields.Sets[2]);
        }

        (fields.Sets[0], fields.Sets[2]) = (fields.Sets[2], fields.Sets[0]);
    }
}
