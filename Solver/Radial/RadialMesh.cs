namespace CalciumSweep.Solver.Radial;

/// <summary>
/// The steady source on a graded radial mesh: nodes at distance·2^(j/k). With u = r(c − c∞) and v = r(b − b∞) the equations are
/// D u″ = r R and D u − D_b v = σ̇/4π (exact: calcium that is bound diffuses on), so one unknown a node is left; near the source u is smooth.
/// Far away calcium and buffer are in equilibrium. Newton's method; the matrix is tridiagonal and its off-diagonals are negative.
/// </summary>
/// <param name="source">The problem.</param>
/// <param name="distance">A node, µm.</param>
internal sealed class RadialMesh(PointSource source, double distance)
{
    private const int MostOctaves = 60, NewtonRounds = 400;
    private const double Near = 1e-4, Far = 200;
    private double[] _r = [], _u = [], _residual = [], _diagonal = [], _change = [];

    /// <summary>
    /// Solves with <paramref name="parts"/> nodes an octave (a power of 2); free calcium and free buffer at the distance, or null.
    /// R is convex in u and rises with it, so that Newton's method falls to the solution from above after its first step,
    /// without damping, from any start with c, b ≥ 0: the rapid-buffer approximation is one.
    /// </summary>
    public (double Calcium, double Buffer)? Solve(int parts)
    {
        int at = Place(parts);
        for (int i = 1; i < _r.Length; i++)
        {
            _u[i] = _r[i] * (source.Rapid(_r[i]) - source.Rest);
        }

        _u[0] = source.Strength / source.Diffusion;
        double scale = _u[0], last = double.PositiveInfinity;
        for (int round = 0; round < NewtonRounds; round++)
        {
            Linearise();
            Newton();
            double moved = 0;
            for (int i = 1; i < _r.Length - 1; i++)
            {
                _u[i] += _change[i];
                moved = Math.Max(moved, Math.Abs(_change[i]));
            }

            // Done, or down at rounding.
            if (moved <= 1e-13 * scale || (moved <= 1e-9 * scale && moved >= last))
            {
                return (source.Rest + (_u[at] / _r[at]), Buffer(at));
            }

            last = moved;
        }

        return null;
    }

    // Octaves are exact; a part of an octave is a repeated square root of 2, exact to rounding.
    private int Place(int parts)
    {
        double q = 2;
        for (int p = parts; p > 1; p /= 2)
        {
            q = Math.Sqrt(q);
        }

        double scale = Math.Min(distance, double.IsFinite(source.Length) ? source.Length : distance);
        double outer = Math.Max(distance, double.IsFinite(source.Length) ? source.Length : distance);
        int inward = 1, outward = 1;
        for (double r = distance; r > Near * scale && inward < MostOctaves; r *= 0.5)
        {
            inward++;
        }

        for (double r = distance; r < Far * outer && outward < MostOctaves; r *= 2)
        {
            outward++;
        }

        int n = ((inward + outward) * parts) + 2;
        (_r, _u, _residual, _diagonal, _change) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        double octave = Math.ScaleB(distance, -inward), within = 1;
        for (int i = 1; i < n; i++)
        {
            _r[i] = octave * within;
            within *= q;
            if (i % parts == 0)
            {
                (octave, within) = (octave * 2, 1);
            }
        }

        return 1 + (inward * parts);
    }

    private double Buffer(int i) =>
        source.FreeBuffer + More(i);

    private double More(int i) => ((source.Diffusion * _u[i]) - source.Strength) / (source.BufferDiffusion * _r[i]);

    // Balance of the shell around each node, and its slope.
    private void Linearise()
    {
        for (int i = 1; i < _r.Length - 1; i++)
        {
            double left = _r[i] - _r[i - 1], right = _r[i + 1] - _r[i], width = 0.5 * (left + right), r = _r[i];
            double x = _u[i] / r, y = More(i), b = source.FreeBuffer + y, c = source.Rest + x;
            double bySlope = source.On * ((b / r) + ((c + source.K) * source.Diffusion / (source.BufferDiffusion * r)));
            _residual[i] = ((_u[i + 1] - _u[i]) / right) - ((_u[i] - _u[i - 1]) / left) - (width * r * source.Binding(x, y) / source.Diffusion);
            _diagonal[i] = -(1 / right) - (1 / left) - (width * r * bySlope / source.Diffusion);
        }
    }

    private void Newton()
    {
        int last = _r.Length - 1;
        Span<double> above = new double[last + 1];
        (_change[0], _change[last]) = (0, 0);
        for (int i = 1; i < last; i++)
        {
            double left = 1 / (_r[i] - _r[i - 1]), right = 1 / (_r[i + 1] - _r[i]);
            double pivot = _diagonal[i] - (left * above[i - 1]);
            above[i] = right / pivot;
            _change[i] = (-_residual[i] - (left * _change[i - 1])) / pivot;
        }

        for (int i = last - 1; i > 0; i--)
        {
            _change[i] -= above[i] * _change[i + 1];
        }
    }
}
