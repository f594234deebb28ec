using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Cell;

/// <summary>Counts operations: what a pass that holds a mechanism costs the JIT.</summary>
internal struct Tally : ILanes<Tally>
{
    [ThreadStatic]
    private static int _operations;

    public static int Count => 1;

    public static int Operations
    {
        get => _operations;
        set => _operations = value;
    }

    public static Tally operator +(Tally a, Tally b) => One();

    public static Tally operator -(Tally a, Tally b) => One();

    public static Tally operator *(Tally a, Tally b) => One();

    public static Tally operator /(Tally a, Tally b) => One();

    public static Tally operator *(double a, Tally b) => One();

    public static Tally operator +(double a, Tally b) => One();

    public static Tally operator -(double a, Tally b) => One();

    public static Tally operator /(double a, Tally b) => One();

    public static Tally operator -(Tally a) => One();

    public static Tally Fma(Tally a, Tally b, Tally c) => One();

    public static Tally All(double value) => default;

    public static Tally Less(Tally a, Tally b, Tally yes, Tally no) => One();

    public static Tally Sqrt(Tally a) => One();

    public static Tally Abs(Tally a) => One();

    public static Tally Nearest(Tally a) => One();

    public static Tally Scale(Tally a, Tally n) => One();

    public static Tally Split(Tally a, out Tally exponent)
    {
        exponent = default;
        return One();
    }

    private static Tally One()
    {
        _operations++;
        return default;
    }
}
