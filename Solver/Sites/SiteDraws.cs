using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Sites;

/// <summary>Reads one stream of a table in order.</summary>
/// <param name="table">The table.</param>
/// <param name="stream">Number of the stream.</param>
/// <param name="draw">Number of the next pair.</param>
internal unsafe struct SiteDraws(DrawTable table, int stream, double draw)
{
    private int _stream = stream;
    private double _draw = draw;

    /// <summary>Number of the next pair.</summary>
    public readonly double Draw => _draw;

    /// <summary>A uniform in (0, 1) and an Exp(1) variate.</summary>
    public (double Uniform, double Exponential) Next()
    {
        double uniform, exponential;
        fixed (int* which = &_stream)
        fixed (double* next = &_draw)
        {
            table.Read(which, 1, next, &uniform, &exponential);
        }

        _draw++;
        return (uniform, exponential);
    }
}
