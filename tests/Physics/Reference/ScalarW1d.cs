namespace CalciumSweep.Physics.Reference;

/// <summary>
/// The yardstick wave written down as plainly as its definition reads: five arrays of double, the classical Runge–Kutta
/// method with one fixed step far inside its stability limit. Slow on purpose; nothing of the solver in it.
/// </summary>
internal sealed class ScalarW1d
{
    private readonly Func<string, double> _p;
    private readonly int _cells;
    private readonly double _dx, _leak, _mi, _q2;

    /// <summary>The start of the definition.</summary>
    /// <param name="p">A parameter's value by its symbol.</param>
    public ScalarW1d(Func<string, double> p)
    {
        (_p, _cells, _dx) = (p, (int)p("N"), p("L") / p("N"));
        double i = p("I"), c0 = p("C0"), e0 = p("E0");
        (_mi, _q2) = (i / (i + p("d1")), p("d2") * (i + p("d1")) / (i + p("d3")));
        double h0 = _q2 / (_q2 + c0), open = Math.Pow(_mi * c0 / (c0 + p("d5")) * h0, 3);
        _leak = (p("Vs") * c0 * c0 / ((p("Ks") * p("Ks")) + (c0 * c0)) / (e0 - c0)) - (p("g") * p("v1") * open);
        State = [.. Enumerable.Range(0, 5).Select(_ => new double[_cells])];
        for (int x = 0; x < _cells; x++)
        {
            double c = (x + 0.5) * _dx < p("Lp") ? p("Cp") : c0;
            double[] start = [c, p("B1t") * c / (p("K1") + c), p("B2t") * c / (p("K2") + c), e0, h0];
            for (int f = 0; f < 5; f++)
            {
                State[f][x] = start[f];
            }
        }
    }

    /// <summary>Free calcium, bound to the immobile and to the mobile buffer, store (µM), gate [5][cells].</summary>
    public double[][] State { get; private set; }

    /// <summary>The leak's rate, 1/s: where it is negative the point is not a variant of the yardstick.</summary>
    public double Leak => _leak;

    /// <summary>Runs to the end; first crossings of the threshold at a quarter, half and three quarters of the cable, s, NaN if none.</summary>
    /// <param name="dt">Step, s.</param>
    public double[] Run(double dt)
    {
        int steps = (int)Math.Round(_p("T") / dt);
        double[] arrival = [double.NaN, double.NaN, double.NaN];
        for (int n = 0; n < steps; n++)
        {
            double[] before = Faces();
            Step(dt);
            double[] after = Faces();
            for (int a = 0; a < 3; a++)
            {
                if (double.IsNaN(arrival[a]) && before[a] < _p("threshold") && after[a] >= _p("threshold"))
                {
                    arrival[a] = (n + ((_p("threshold") - before[a]) / (after[a] - before[a]))) * dt;
                }
            }
        }

        return arrival;
    }

    private double[] Faces() =>
        [.. new[] { 1, 2, 3 }.Select(q => 0.5 * (State[0][(q * _cells / 4) - 1] + State[0][q * _cells / 4]))];

    private void Step(double dt)
    {
        double[][] k1 = Derivative(State), k2 = Derivative(Moved(k1, dt / 2)), k3 = Derivative(Moved(k2, dt / 2)), k4 = Derivative(Moved(k3, dt));
        for (int f = 0; f < 5; f++)
        {
            for (int x = 0; x < _cells; x++)
            {
                State[f][x] += dt / 6 * (k1[f][x] + (2 * k2[f][x]) + (2 * k3[f][x]) + k4[f][x]);
            }
        }
    }

    private double[][] Moved(double[][] k, double dt) =>
        [.. Enumerable.Range(0, 5).Select(f => Enumerable.Range(0, _cells).Select(x => State[f][x] + (dt * k[f][x])).ToArray())];

    private double[][] Derivative(double[][] y)
    {
        double[][] d = [.. Enumerable.Range(0, 5).Select(_ => new double[_cells])];
        double g = _p("g"), v1 = _p("v1"), d5 = _p("d5"), a2 = _p("a2"), vs = _p("Vs"), ks = _p("Ks");
        double b1t = _p("B1t"), k1 = _p("k1"), kd1 = _p("K1"), b2t = _p("B2t"), k2 = _p("k2"), kd2 = _p("K2");
        double dc = _p("Dc") / (_dx * _dx), d2 = _p("D2") / (_dx * _dx), de = _p("De") / (_dx * _dx);
        for (int x = 0; x < _cells; x++)
        {
            double c = y[0][x], b1 = y[1][x], b2 = y[2][x], e = y[3][x], h = y[4][x];
            double m = _mi * c / (c + d5), mh = m * h;
            double j = (((g * v1 * mh * mh * mh) + _leak) * (e - c)) - (vs * c * c / ((ks * ks) + (c * c)));
            double r1 = (k1 * c * (b1t - b1)) - (k1 * kd1 * b1), r2 = (k2 * c * (b2t - b2)) - (k2 * kd2 * b2);
            d[0][x] = (dc * Laplacian(y[0], x)) + j - r1 - r2;
            d[1][x] = r1;
            d[2][x] = (d2 * Laplacian(y[2], x)) + r2;
            d[3][x] = (de * Laplacian(y[3], x)) - (j / g);
            d[4][x] = a2 * (_q2 - ((_q2 + c) * h));
        }

        return d;
    }

    private double Laplacian(double[] u, int x) =>
        (x > 0 ? u[x - 1] - u[x] : 0) + (x < _cells - 1 ? u[x + 1] - u[x] : 0);
}
