using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Kernels;

/// <summary>The passes of the built-in scenarios in space written by hand: the mechanisms' formulas in one loop each, with every plane and constant at hand.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class HandPass<V> : FluxPass<V>
    where V : unmanaged, ILanes<V>
{
    private const int Most = 24;
    private readonly AlignedMemory _constants = new(Most * sizeof(V));
    private readonly string _members;

    private HandPass(string members) => _members = members;

    private V* K => (V*)_constants.Start;

    /// <summary>The pass of these mechanisms, or null if none is written.</summary>
    public static FluxPass<V>? Of(MechanismInstance[] members, Type slopes)
    {
        string name = string.Join('+', members.Select(m => m.Info.Id)) + (slopes == typeof(IntoSlopes) ? "" : slopes == typeof(NoSlopes) ? " flows" : " both");
        return name is "ip3r.li-rinzel+serca.hill+leak" or "ip3r.li-rinzel+ryr.keizer-levine+serca.hill+leak" or "serca.hill+leak" or "cubic"
            or "pmca.hill+ncx.simple+soce.stim-orai+leak" or "mcu.hill+nclx.saturating" ? new HandPass<V>(name)
            : slopes == typeof(NoSlopes) ? HandFlows<V>.Of(name.Split(' ')[0]) : null;
    }

    /// <inheritdoc/>
    public override void Reload(V** rates)
    {
        V* k = K;
        int member = 0;
        foreach (string id in _members.Split(' ')[0].Split('+'))
        {
            V* r = rates[member++];
            switch (id)
            {
                case "ip3r.li-rinzel":
                    (k[0], k[1], k[2], k[3], k[4], k[5]) = (r[0], r[1], r[3], r[4], r[5], r[5] * r[2]);
                    k += 6;
                    break;
                case "ryr.keizer-levine":
                    (k[0], k[1], k[2], k[3], k[4]) = (r[0], r[1] * r[1] * (r[1] * r[1]), 1 / (r[2] * r[2] * r[2]), r[4], r[4] / r[3]);
                    k += 5;
                    break;
                case "serca.hill" or "pmca.hill":
                    (k[0], k[1]) = (r[0], r[1] * r[1]);
                    k += 2;
                    break;
                case "mcu.hill":
                    (k[0], k[1], k[2]) = (r[0], r[1] * r[1], r[2]);
                    k += 3;
                    break;
                case "soce.stim-orai":
                    (k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8]) =
                        (r[0] / r[1], r[8] / r[1], 1 / r[2], r[3], 1 / r[4], 1 - r[5], r[5] * r[6], r[7], r[9]);
                    k += 9;
                    break;
                case "ncx.simple" or "cubic" or "nclx.saturating":
                    (k[0], k[1]) = (r[0], r[1]);
                    k += 2;
                    break;
                default:
                    *k++ = *r;
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override void Run(byte** planes, V* weights, nint offset, nint to, int n, V* j, V* byInto, V* byFrom, bool add)
    {
        V* Pool(int member, int pool) => (V*)(planes[(member * Ports.PerMember) + pool] + offset);
        V* Gate(int member, int gate = 0) => (V*)(planes[(member * Ports.PerMember) + Ports.Gates + gate] + offset);
        V* Gain(int member, int gate = 0) => (V*)(planes[(member * Ports.PerMember) + Ports.Gains + gate] + to);
        V* Loss(int member, int gate = 0) => (V*)(planes[(member * Ports.PerMember) + Ports.Losses + gate] + to);
        switch (_members)
        {
            case "ip3r.li-rinzel+serca.hill+leak":
                Ip3rSercaLeak(K, weights, n, Pool(0, 0), Pool(0, 1), Pool(0, 2), Gate(0), Gain(0), Loss(0), j, byInto);
                break;
            case "ip3r.li-rinzel+ryr.keizer-levine+serca.hill+leak":
                Ip3rRyrSercaLeak(K, weights, n, Pool(0, 0), Pool(0, 1), Pool(0, 2), Gate(0), Gate(1), Gain(0), Loss(0), Gain(1), Loss(1), j, byInto);
                break;
            case "serca.hill+leak":
                SercaLeak(K, weights, n, Pool(0, 0), Pool(1, 1), j, byInto);
                break;
            case "pmca.hill+ncx.simple+soce.stim-orai+leak":
                PmcaNcxOraiLeak(
                    K, weights, n, Pool(2, 0), Pool(2, 1), Pool(2, 2), Gate(2), Gate(2, 1), Gate(2, 2), Gain(2), Gain(2, 1), Gain(2, 2), Loss(2), Loss(2, 1), Loss(2, 2), j, byInto);
                break;
            case "mcu.hill+nclx.saturating":
                McuNclx(K, weights, n, Pool(0, 0), Pool(0, 1), Pool(0, 2), j, byInto);
                break;
            default:
                Cubic(K, weights, n, Pool(0, 0), j, byInto);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _constants.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Ip3rSercaLeak(V* k, V* weights, int n, V* cytosol, V* store, V* ip3, V* gate, V* gain, V* loss, V* j, V* slope)
    {
        V v = k[0], d1 = k[1], d3 = k[2], d5 = k[3], a2 = k[4], a2d2 = k[5], vmax = k[6], k2 = k[7], leak = k[8], w0 = weights[0], w1 = weights[1], w2 = weights[2];
        for (int i = 0; i < n; i++)
        {
            V c = cytosol[i], s = store[i], x3 = ip3[i], h = gate[i], drop = s - c;
            V i1 = x3 + d1, i3 = x3 + d3, i1c5 = i1 * (c + d5), r = 1 / (i1c5 * i3), r3 = r * i3, share = x3 * h * r3, x = share * c;
            V vx2 = v * (x * x), open = vx2 * x, up = a2d2 * (i1 * (i1c5 * r));
            V steep = V.Fma(3 * (vx2 * share * (d5 * (i1 * r3))), drop, -open);
            V c2 = c * c, q = 1 / (k2 + c2), vq = vmax * q;
            gain[i] = up;
            loss[i] = V.Fma(a2, c, up);
            j[i] = (w0 * (open * drop)) + (w1 * -(vq * c2)) + (w2 * (leak * drop));
            slope[i] = (w0 * steep) + (w1 * (-2 * (vq * k2 * q * c))) + (w2 * -leak);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Ip3rRyrSercaLeak(
        V* k, V* weights, int n, V* cytosol, V* store, V* ip3, V* gate, V* gate2, V* gain, V* loss, V* gain2, V* loss2, V* j, V* slope)
    {
        V v = k[0], d1 = k[1], d3 = k[2], d5 = k[3], a2 = k[4], a2d2 = k[5], vr = k[6], a4 = k[7], perB3 = k[8], rate = k[9], perC = k[10];
        V vmax = k[11], k2 = k[12], leak = k[13], w0 = weights[0], w1 = weights[1], w2 = weights[2], w3 = weights[3];
        for (int i = 0; i < n; i++)
        {
            V c = cytosol[i], s = store[i], x3 = ip3[i], h = gate[i], w = gate2[i], drop = s - c;
            V i1 = x3 + d1, i3 = x3 + d3, i1c5 = i1 * (c + d5), r = 1 / (i1c5 * i3), r3 = r * i3, share = x3 * h * r3, x = share * c;
            V vx2 = v * (x * x), open = vx2 * x, up = a2d2 * (i1 * (i1c5 * r));
            V steep = V.Fma(3 * (vx2 * share * (d5 * (i1 * r3))), drop, -open);
            gain[i] = up;
            loss[i] = V.Fma(a2, c, up);
            V c2 = c * c, c3 = c2 * c, b = perB3 * c3, rise = V.Fma(c3 * c, b, c2 * c2), p = 1 / (rise + a4), vp = vr * w * p, openR = vp * rise;
            V steepR = V.Fma(vp * (a4 * p) * (c3 * (4 + (7 * b))), drop, -openR);
            gain2[i] = rate;
            loss2[i] = V.Fma(perC, c2 * c2 * p, rate);
            V q = 1 / (k2 + c2), vq = vmax * q;
            j[i] = (w0 * (open * drop)) + (w1 * (openR * drop)) + (w2 * -(vq * c2)) + (w3 * (leak * drop));
            slope[i] = (w0 * steep) + (w1 * steepR) + (w2 * (-2 * (vq * k2 * q * c))) + (w3 * -leak);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SercaLeak(V* k, V* weights, int n, V* cytosol, V* store, V* j, V* slope)
    {
        V vmax = k[0], k2 = k[1], leak = k[2], w0 = weights[0], w1 = weights[1];
        for (int i = 0; i < n; i++)
        {
            V c = cytosol[i], c2 = c * c, q = 1 / (k2 + c2), vq = vmax * q;
            j[i] = (w0 * -(vq * c2)) + (w1 * (leak * (store[i] - c)));
            slope[i] = (w0 * (-2 * (vq * k2 * q * c))) + (w1 * -leak);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void PmcaNcxOraiLeak(
        V* k, V* weights, int n, V* cytosol, V* outside, V* store, V* active, V* fast, V* slow, V* gainActive, V* gainFast, V* gainSlow, V* lossActive, V* lossFast, V* lossSlow, V* j, V* slope)
    {
        V pump = k[0], k2 = k[1], exchange = k[2], half = k[3], gmax = k[4], perReference = k[5], perK = k[6], exponent = k[7], rate = k[8], seeing = k[9], blind = k[10];
        V share = k[11], ki = k[12], leak = k[13], w0 = weights[0], w1 = weights[1], w2 = weights[2], w3 = weights[3];
        for (int i = 0; i < n; i++)
        {
            V c = cytosol[i], o = outside[i], drive = o - c, c2 = c * c, q = 1 / (k2 + c2), vq = pump * q, r = 1 / (half + c), vr = exchange * r;
            V g = gmax * active[i] * (1 - (share * (1 - (0.5 * (fast[i] + slow[i]))))), free = ki / (ki + Elementary.Max(perReference * drive, V.All(0)));
            gainActive[i] = rate / (1 + Elementary.Pow(perK * (blind + (seeing * store[i])), exponent));
            lossActive[i] = rate;
            gainFast[i] = 100 * free;
            lossFast[i] = V.All(100);
            gainSlow[i] = 10 * free;
            lossSlow[i] = V.All(10);
            j[i] = (w0 * -(vq * c2)) + (w1 * -(vr * c)) + (w2 * (g * drive)) + (w3 * (leak * drive));
            slope[i] = (w0 * (-2 * (vq * k2 * q * c))) + (w1 * -(vr * half * r)) + (w2 * -g) + (w3 * -leak);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void McuNclx(V* k, V* weights, int n, V* cytosol, V* matrix, V* drive, V* j, V* slope)
    {
        V v = k[0], k2 = k[1], near = k[2], back = k[3], half = k[4], w0 = weights[0], w1 = weights[1];
        for (int i = 0; i < n; i++)
        {
            V x = cytosol[i] + (near * drive[i]), x2 = x * x, r = 1 / (k2 + x2), vr = v * r, m = matrix[i], q = 1 / (half + m), vq = back * q;
            j[i] = (w0 * -(vr * x2)) + (w1 * (vq * m));
            slope[i] = w0 * (-2 * (vr * k2 * r * x));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Cubic(V* k, V* weights, int n, V* cytosol, V* j, V* slope)
    {
        V rate = k[0], a = k[1], w0 = weights[0];
        for (int i = 0; i < n; i++)
        {
            V c = cytosol[i], above = c - a, left = 1 - c, rc = rate * c;
            j[i] = w0 * (rc * above * left);
            slope[i] = w0 * ((rate * (above * left)) + (rc * (left - above)));
        }
    }
}
