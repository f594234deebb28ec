using CalciumSweep.Solver.Fields;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Physics.Fields;

/// <summary>
/// An independent, slow and obviously right reference: the equations of a small cable (cytosol, store, kinetic buffers, SERCA
/// and a leak) written out, advanced by classical Runge–Kutta at a step far below every time constant.
/// </summary>
internal static class ExplicitCable
{
    private const int Steps = 20_000;

    /// <summary>Calcium of cytosol and store of every cell at the end.</summary>
    public static double[] Run(FieldModel model, double[] v, string boundary, int mobile, int stationary)
    {
        int n = model.Shape(v), kinds = 2 + mobile + stationary;
        double dx = v[model.IndexOf("length")] / n, dt = v[model.IndexOf("duration")] / Steps;
        Buffer[] buffers = [.. model.Layout.Mobile, .. model.Layout.Stationary];
        var y = new double[kinds * n];
        for (int i = 0; i < n; i++)
        {
            double x = (i + 0.5) * dx;
            y[i] = ReactionTests.Start(0, x);
            y[n + i] = ReactionTests.Start(1, x);
            for (int b = 0; b < buffers.Length; b++)
            {
                y[((2 + b) * n) + i] = buffers[b].Bound(v, y[i]);
            }
        }

        double[] Slope(double[] s)
        {
            var f = new double[s.Length];
            double c0 = v[model.IndexOf("cytosol.rest")], e0 = v[model.IndexOf("store.rest")];
            Diffuse(s, f, 0, n, v[model.IndexOf("cytosol.diffusion")] / (dx * dx), boundary, c0);
            Diffuse(s, f, n, n, v[model.IndexOf("store.diffusion")] / (dx * dx), boundary, e0);
            for (int b = 0; b < mobile; b++)
            {
                Diffuse(s, f, (2 + b) * n, n, v[buffers[b].Diffusion] / (dx * dx), boundary, buffers[b].Bound(v, c0));
            }

            double pump = v[model.IndexOf("serca.vmax")], k = v[model.IndexOf("serca.k")], leak = v[model.IndexOf("leak.rate")], volume = v[model.IndexOf("store.volume")];
            for (int i = 0; i < n; i++)
            {
                double c = s[i], j = (leak * (s[n + i] - c)) - (pump * c * c / ((k * k) + (c * c)));
                f[i] += j;
                f[n + i] -= j / volume;
                for (int b = 0; b < buffers.Length; b++)
                {
                    int at = ((2 + b) * n) + i;
                    double r = (buffers[b].OnRate(v) * c * (v[buffers[b].Total] - s[at])) - (buffers[b].OffRate(v) * s[at]);
                    f[i] -= r;
                    f[at] += r;
                }
            }

            return f;
        }

        for (int step = 0; step < Steps; step++)
        {
            double[] k1 = Slope(y), k2 = Slope(Plus(y, 0.5 * dt, k1)), k3 = Slope(Plus(y, 0.5 * dt, k2)), k4 = Slope(Plus(y, dt, k3));
            for (int i = 0; i < y.Length; i++)
            {
                y[i] += dt / 6 * (k1[i] + (2 * (k2[i] + k3[i])) + k4[i]);
            }
        }

        return y[..(2 * n)];
    }

    private static double[] Plus(double[] y, double dt, double[] f) => [.. y.Select((value, i) => value + (dt * f[i]))];

    private static void Diffuse(double[] y, double[] f, int at, int n, double rate, string boundary, double rest)
    {
        double Beyond(int own, int other) => boundary switch { "periodic" => y[at + other], "clamped" => (2 * rest) - y[at + own], _ => y[at + own] };
        for (int i = 0; i < n; i++)
        {
            double left = i > 0 ? y[at + i - 1] : Beyond(0, n - 1), right = i < n - 1 ? y[at + i + 1] : Beyond(n - 1, 0);
            f[at + i] += rate * (left + right - (2 * y[at + i]));
        }
    }
}
