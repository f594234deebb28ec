using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Cell;

/// <summary>A value with its derivative by one variable: runs a mechanism's own text and so proves its slopes.</summary>
internal struct Dual : ILanes<Dual>
{
    public double Value, Slope;

    public static int Count => 1;

    public static Dual operator +(Dual a, Dual b) => Of(a.Value + b.Value, a.Slope + b.Slope);

    public static Dual operator -(Dual a, Dual b) => Of(a.Value - b.Value, a.Slope - b.Slope);

    public static Dual operator *(Dual a, Dual b) => Of(a.Value * b.Value, (a.Value * b.Slope) + (a.Slope * b.Value));

    public static Dual operator /(Dual a, Dual b)
    {
        double q = a.Value / b.Value;
        return Of(q, (a.Slope - (q * b.Slope)) / b.Value);
    }

    public static Dual operator *(double a, Dual b) => Of(a * b.Value, a * b.Slope);

    public static Dual operator +(double a, Dual b) => Of(a + b.Value, b.Slope);

    public static Dual operator -(double a, Dual b) => Of(a - b.Value, -b.Slope);

    public static Dual operator /(double a, Dual b) => All(a) / b;

    public static Dual operator -(Dual a) => Of(-a.Value, -a.Slope);

    public static Dual Of(double value, double slope) => new() { Value = value, Slope = slope };

    public static Dual Fma(Dual a, Dual b, Dual c) => Of(
        Math.FusedMultiplyAdd(a.Value, b.Value, c.Value), (a.Value * b.Slope) + (a.Slope * b.Value) + c.Slope);

    public static Dual All(double value) => Of(value, 0);

    public static Dual Less(Dual a, Dual b, Dual yes, Dual no) => a.Value < b.Value ? yes : no;

    public static Dual Sqrt(Dual a) => Of(Math.Sqrt(a.Value), a.Slope == 0 ? 0 : 0.5 * a.Slope / Math.Sqrt(a.Value));

    public static Dual Abs(Dual a) => a.Value < 0 ? -a : a;

    public static Dual Nearest(Dual a) => All(Math.Round(a.Value));

    public static Dual Scale(Dual a, Dual n) => Of(Math.ScaleB(a.Value, (int)n.Value), Math.ScaleB(a.Slope, (int)n.Value));

    public static Dual Split(Dual a, out Dual exponent)
    {
        double m = Lane1.Split(Lane1.All(a.Value), out Lane1 e).Value;
        exponent = All(e.Value);
        return Of(m, Math.ScaleB(a.Slope, -(int)e.Value));
    }
}
