using System.Runtime.Intrinsics;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.GridBenchmark;

/// <summary>
/// Alternating directions, as good as they can be made in a page: ROS2 with an approximate factorisation (Hundsdorfer and
/// Verwer 2003, Numerical Solution of Time-Dependent Advection-Diffusion-Reaction Equations, IV.5), of second order
/// whatever the factors. Half of the buffer's Jacobian stands in the solve along each direction, a 2 × 2 block-tridiagonal system
/// of free and bound calcium, eight lines at a time; lines along x are transposed first. Square sheet, no-flux.
/// </summary>
internal sealed unsafe class AdiPrototype : IDisposable
{
    private const double Gamma = 0.29289321881345254;
    private readonly int _n, _size;
    private readonly double _toC, _toB, _on, _off, _total;
    private readonly AlignedMemory _memory;
    private readonly double*[] _factors = new double*[8];
    private readonly double* _fc, _fb, _kc, _kb, _tc, _tb, _uc, _ub, _yc, _yb;

    /// <summary>A sheet of n × n cells, n a multiple of eight.</summary>
    /// <param name="n">n.</param>
    /// <param name="dx">Length of a cell, µm.</param>
    /// <param name="diffusion">Of free and bound calcium, µm²/s.</param>
    /// <param name="buffer">On 1/(µM s), off 1/s, total µM.</param>
    public AdiPrototype(int n, double dx, (double Free, double Bound) diffusion, (double On, double Off, double Total) buffer)
    {
        (_n, _size) = (n, n * n);
        (_toC, _toB) = (diffusion.Free / (dx * dx), diffusion.Bound / (dx * dx));
        (_on, _off, _total) = buffer;
        _memory = new AlignedMemory(20L * (_size + 64) * sizeof(double));
        double* next = (double*)_memory.Start + 8; // a line begins with a look at the cell before it
        double* Take()
        {
            double* taken = next;
            next += _size + 64;
            return taken;
        }

        C = Take();
        B = Take();
        _fc = Take();
        _fb = Take();
        _kc = Take();
        _kb = Take();
        _tc = Take();
        _tb = Take();
        _uc = Take();
        _ub = Take();
        _yc = Take();
        _yb = Take();
        for (int i = 0; i < _factors.Length; i++)
        {
            _factors[i] = Take();
        }
    }

    /// <summary>Free and bound calcium, row by row, µM.</summary>
    public double* C { get; }

    /// <inheritdoc cref="C"/>
    public double* B { get; }

    /// <summary>A step of h, s.</summary>
    public void Step(double h)
    {
        double tau = Gamma * h;
        Factor(C, B, tau, along: 0);
        Transpose(C, _tc);
        Transpose(B, _tb);
        Factor(_tc, _tb, tau, along: 1);
        Rate(C, B, h);
        Solve(tau);
        for (int i = 0; i < _size; i += 8)
        {
            (V(_kc, i), V(_kb, i)) = (V(_fc, i), V(_fb, i));
            (V(_uc, i), V(_ub, i)) = (V(C, i) + V(_kc, i), V(B, i) + V(_kb, i));
        }

        Rate(_uc, _ub, h);
        for (int i = 0; i < _size; i += 8)
        {
            V(_fc, i) -= 2 * V(_kc, i);
            V(_fb, i) -= 2 * V(_kb, i);
        }

        Solve(tau);
        for (int i = 0; i < _size; i += 8)
        {
            V(C, i) += (1.5 * V(_kc, i)) + (0.5 * V(_fc, i));
            V(B, i) += (1.5 * V(_kb, i)) + (0.5 * V(_fb, i));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static ref Vector512<double> V(double* p, int i) => ref *(Vector512<double>*)(p + i);

    private static Vector512<double> At(double* p) => *(Vector512<double>*)p;

    /// <summary>h times the rates into f.</summary>
    private void Rate(double* c, double* b, double h)
    {
        for (int y = 0; y < _n; y++)
        {
            int row = y * _n, up = y > 0 ? -_n : 0, down = y < _n - 1 ? _n : 0;
            for (int x = 0; x < _n; x += 8)
            {
                int i = row + x;
                Vector512<double> u = V(c, i), v = V(b, i);
                Vector512<double> lu = At(c + i - 1), ru = At(c + i + 1), lv = At(b + i - 1), rv = At(b + i + 1);
                if (x == 0)
                {
                    (lu, lv) = (lu.WithElement(0, c[i]), lv.WithElement(0, b[i]));
                }

                if (x == _n - 8)
                {
                    (ru, rv) = (ru.WithElement(7, c[i + 7]), rv.WithElement(7, b[i + 7]));
                }

                Vector512<double> binds = (_on * (Vector512.Create(_total) - v) * u) - (_off * v);
                V(_fc, i) = h * ((_toC * (lu + ru + At(c + i + up) + At(c + i + down) - (4 * u))) - binds);
                V(_fb, i) = h * ((_toB * (lv + rv + At(b + i + up) + At(b + i + down) - (4 * v))) + binds);
            }
        }
    }

    /// <summary>Inverse pivots of the lines from row to row.</summary>
    private void Factor(double* c, double* b, double tau, int along)
    {
        double dc = tau * _toC, db = tau * _toB, half = 0.5 * tau;
        double* i11 = _factors[4 * along], i12 = _factors[(4 * along) + 1], i21 = _factors[(4 * along) + 2], i22 = _factors[(4 * along) + 3];
        for (int x = 0; x < _n; x += 8)
        {
            Vector512<double> p11 = default, p12 = default, p21 = default, p22 = default;
            for (int y = 0; y < _n; y++)
            {
                int i = (y * _n) + x;
                double neighbours = y == 0 || y == _n - 1 ? 1 : 2;
                Vector512<double> a = half * _on * (Vector512.Create(_total) - V(b, i)), l = half * ((_on * V(c, i)) + Vector512.Create(_off));
                Vector512<double> m11 = Vector512.Create(1 + (neighbours * dc)) + a - (dc * dc * p11), m22 = Vector512.Create(1 + (neighbours * db)) + l - (db * db * p22);
                Vector512<double> m12 = l + (dc * db * p12), m21 = a + (dc * db * p21); // both with the sign turned
                Vector512<double> inverse = Vector512<double>.One / ((m11 * m22) - (m12 * m21));
                (p11, p12, p21, p22) = (inverse * m22, inverse * m12, inverse * m21, inverse * m11);
                (V(i11, i), V(i12, i), V(i21, i), V(i22, i)) = (p11, p12, p21, p22);
            }
        }
    }

    /// <summary>Both directions, in place in f.</summary>
    private void Solve(double tau)
    {
        Lines(_fc, _fb, tau, 0);
        Transpose(_fc, _tc);
        Transpose(_fb, _tb);
        Lines(_tc, _tb, tau, 1);
        Transpose(_tc, _fc);
        Transpose(_tb, _fb);
    }

    private void Lines(double* c, double* b, double tau, int along)
    {
        double dc = tau * _toC, db = tau * _toB;
        double* i11 = _factors[4 * along], i12 = _factors[(4 * along) + 1], i21 = _factors[(4 * along) + 2], i22 = _factors[(4 * along) + 3];
        for (int x = 0; x < _n; x += 8)
        {
            Vector512<double> gc = default, gb = default;
            for (int y = 0; y < _n; y++)
            {
                int i = (y * _n) + x;
                Vector512<double> hc = V(c, i) + (dc * gc), hb = V(b, i) + (db * gb);
                (gc, gb) = ((V(i11, i) * hc) + (V(i12, i) * hb), (V(i21, i) * hc) + (V(i22, i) * hb));
                (V(_yc, i), V(_yb, i)) = (gc, gb);
            }

            Vector512<double> kc = default, kb = default;
            for (int y = _n - 1; y >= 0; y--)
            {
                int i = (y * _n) + x;
                Vector512<double> hc = dc * kc, hb = db * kb;
                kc = V(_yc, i) + (V(i11, i) * hc) + (V(i12, i) * hb);
                kb = V(_yb, i) + (V(i21, i) * hc) + (V(i22, i) * hb);
                (V(c, i), V(b, i)) = (kc, kb);
            }
        }
    }

    private void Transpose(double* from, double* to)
    {
        for (int y = 0; y < _n; y += 8)
        {
            for (int x = 0; x < _n; x += 8)
            {
                for (int i = 0; i < 8; i++)
                {
                    double* column = from + (y * _n) + x + i;
                    V(to, ((x + i) * _n) + y) = Vector512.Create(
                        column[0], column[_n], column[2 * _n], column[3 * _n], column[4 * _n], column[5 * _n], column[6 * _n], column[7 * _n]);
                }
            }
        }
    }
}
