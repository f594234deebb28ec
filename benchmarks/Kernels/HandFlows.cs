using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Kernels;

/// <summary>The passes of well-mixed cells written by hand: flows without slopes, each a method with the formulas and constants of exactly its mechanisms.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class HandFlows<V> : FluxPass<V>
    where V : unmanaged, ILanes<V>
{
    private const int Most = 40;
    private readonly AlignedMemory _constants = new(Most * sizeof(V));
    private readonly string[] _members;
    private readonly delegate*<V*, byte**, V*, nint, nint, V> _text;

    private HandFlows(string members)
    {
        _members = members.Split('+');
        _text = TextOf(members);
    }

    /// <summary>The pass of these mechanisms, or null if none is written.</summary>
    public static HandFlows<V>? Of(string members) => TextOf(members) == null ? null : new(members);

    /// <inheritdoc/>
    public override void Reload(V** rates)
    {
        V* k = (V*)_constants.Start;
        for (int i = 0; i < _members.Length; i++)
        {
            k += Constants(_members[i], rates[i], k);
        }
    }

    /// <inheritdoc/>
    public override void Run(byte** planes, V* weights, nint offset, nint to, int n, V* j, V* byInto, V* byFrom, bool add)
    {
        V* k = (V*)_constants.Start;
        for (int i = 0; i < n; i++)
        {
            V sum = _text(k, planes, weights, offset + (i * sizeof(V)), to + (i * sizeof(V)));
            j[i] = add ? j[i] + sum : sum;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _constants.Dispose();

    // Constants, tables of the members' planes, weights, byte offsets read and written at: the sum of the first flows.
    private static delegate*<V*, byte**, V*, nint, nint, V> TextOf(string members) => members switch
    {
        "ip3r.li-rinzel+leak+serca.hill" => &Ip3rLeakSerca,
        "ip3r.li-rinzel+serca.hill+leak" => &Ip3rSercaLeak,
        "serca.hill+ip3r.li-rinzel+leak" => &SercaIp3rLeak,
        "serca.hill+leak" => &SercaLeak,
        "serca.hill" => &Serca,
        "pmca.hill+ncx.simple+leak" => &PmcaNcxLeak,
        "pmca.hill+ncx.simple+soce.stim-orai+leak" => &PmcaNcxOraiLeak,
        "pmca.hill+ncx.simple" => &PmcaNcx,
        "influx+pmca.hill+ncx.simple" => &InfluxPmcaNcx,
        "mcu.hill+nclx.saturating" => &McuNclx,
        "ncx.luo-rudy+pmca.hill+leak" => &LuoRudyPmcaLeak,
        "dyad.exchange" => &Exchange,
        "nadh.matrix" => &Nadh,
        "atp.matrix" => &Atp,
        "plc.receptor" => &Plc,
        "dyad.hinch" => &Dyad,
        "vgcc.calyx" => &Vgcc,
        "sensor.lou" => &Lou,
        "sensor.schneggenburger-neher" => &SchneggenburgerNeher,
        "membrane.wang-buzsaki" => &Membrane,
        "vgcc.calyx+pmca.hill+ncx.simple+leak" => &VgccPmcaNcxLeak,
        _ => null,
    };

    // Derived constants of a mechanism; how many.
    private static int Constants(string id, V* r, V* k)
    {
        switch (id)
        {
            case "ip3r.li-rinzel":
                (k[0], k[1], k[2], k[3], k[4], k[5]) = (r[0], r[1], r[3], r[4], r[5], r[5] * r[2]);
                return 6;
            case "serca.hill" or "pmca.hill":
                (k[0], k[1]) = (r[0], r[1] * r[1]);
                return 2;
            case "ncx.simple" or "nclx.saturating" or "atp.matrix":
                (k[0], k[1]) = (r[0], r[1]);
                return 2;
            case "mcu.hill":
                (k[0], k[1], k[2]) = (r[0], r[1] * r[1], r[2]);
                return 3;
            case "nadh.matrix":
                (k[0], k[1], k[2], k[3]) = (r[0], r[1], r[2] * r[2], r[3]);
                return 4;
            case "plc.receptor":
                (k[0], k[1], k[2], k[3], k[4]) = (r[0], r[1], (1 - r[2]) * r[3], r[3], r[4]);
                return 5;
            case "soce.stim-orai":
                (k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8]) =
                    (r[0] / r[1], r[8] / r[1], 1 / r[2], r[3], 1 / r[4], 1 - r[5], r[5] * r[6], r[7], r[9]);
                return 9;
            case "dyad.hinch":
                k[0] = 1000 * (r[0] * r[2] * (1 - r[4]) * (1 + (0.5 * r[6])));
                k[1] = 1000 * (r[1] * r[3] * (1 - r[5]) * (1 + (0.5 * r[7])));
                (k[2], k[3], k[4]) = (r[8] * r[8], r[9] / r[10], 2 * 96.48533212 / (8.314462618 * r[11]));
                return 5;
            case "vgcc.calyx":
                k[0] = 1e-3 * (r[0] * r[1] * (r[4] / (r[4] + r[3])));
                k[1] = 5182.1348 * Exp(-(r[5] * V.Sqrt(r[8] * r[7] / r[6]))) / (4 * Math.PI * (r[6] * r[5]));
                (k[2], k[3], k[4]) = (r[2], r[9], 1 / r[10]);
                return 5;
            case "sensor.lou":
                (k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8]) = (r[0], r[1], r[2], r[3], r[3] * r[4], r[3] * r[4] * r[4],
                    r[3] * r[4] * r[4] * r[4], r[3] * r[4] * r[4] * r[4] * r[4], r[3] * r[4] * r[4] * r[4] * r[4] * r[4]);
                return 9;
            case "sensor.schneggenburger-neher":
                (k[0], k[1], k[2], k[3]) = (r[0], r[1], r[2], r[3]);
                return 4;
            case "ncx.luo-rudy":
                (k[0], k[1], k[2]) = (r[0], r[1] * r[1] * r[1], r[2] * r[2] * r[2]);
                (k[3], k[4], k[5], k[6], k[7]) = ((r[3] * r[3] * r[3]) + k[2], r[4], r[5], r[6], 96.48533212 / (8.314462618 * r[7]));
                return 8;
            case "dyad.exchange":
                return 0;
            case "membrane.wang-buzsaki":
                (k[0], k[1], k[2], k[3], k[4]) = (1000 * (r[0] / r[3]), 1000 * (r[1] / r[3]), 1000 * (r[2] / r[3]), 1000 / r[3], 1000 * r[4]);
                return 5;
            default:
                *k = *r;
                return 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Ip3rLeakSerca(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at), s = Pool(m, 1, at);
        return (w[0] * Ip3r(k, m, at, to, c, s)) + (w[1] * (k[6] * (s - c))) + (w[2] * Hill(k + 7, c));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Ip3rSercaLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at), s = Pool(m, 1, at);
        return (w[0] * Ip3r(k, m, at, to, c, s)) + (w[1] * Hill(k + 6, c)) + (w[2] * (k[8] * (s - c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V SercaIp3rLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        byte** receptors = m + Ports.PerMember;
        V c = Pool(receptors, 0, at), s = Pool(receptors, 1, at);
        return (w[0] * Hill(k, c)) + (w[1] * Ip3r(k + 2, receptors, at, to, c, s)) + (w[2] * (k[8] * (s - c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V SercaLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at), s = Pool(m + Ports.PerMember, 1, at);
        return (w[0] * Hill(k, c)) + (w[1] * (k[2] * (s - c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Serca(V* k, byte** m, V* w, nint at, nint to) => w[0] * Hill(k, Pool(m, 0, at));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V PmcaNcxLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at), o = Pool(m + (2 * Ports.PerMember), 1, at);
        return (w[0] * Hill(k, c)) + (w[1] * Saturating(k + 2, c)) + (w[2] * (k[4] * (o - c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V PmcaNcx(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at);
        return (w[0] * Hill(k, c)) + (w[1] * Saturating(k + 2, c));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V InfluxPmcaNcx(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m + Ports.PerMember, 0, at);
        return (w[0] * (k[0] + Pool(m, 2, at))) + (w[1] * Hill(k + 1, c)) + (w[2] * Saturating(k + 3, c));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V PmcaNcxOraiLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        byte** orai = m + (2 * Ports.PerMember);
        V c = Pool(orai, 0, at), o = Pool(orai, 1, at), drive = o - c;
        V g = k[4] * Gate(orai, 0, at) * (1 - (k[11] * (1 - (0.5 * (Gate(orai, 1, at) + Gate(orai, 2, at))))));
        V sensed = k[10] + (k[9] * Pool(orai, 2, at)), free = k[12] / (k[12] + Max(k[5] * drive, V.All(0)));
        Relax(orai, 0, to, k[8] / (1 + Pow(k[6] * sensed, k[7])), k[8]);
        Relax(orai, 1, to, 100 * free, V.All(100));
        Relax(orai, 2, to, 10 * free, V.All(10));
        return (w[0] * Hill(k, c)) + (w[1] * Saturating(k + 2, c)) + (w[2] * (g * drive)) + (w[3] * (k[13] * drive));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V McuNclx(V* k, byte** m, V* w, nint at, nint to)
    {
        V x = Pool(m, 0, at) + (k[2] * Pool(m, 2, at)), x2 = x * x, r = 1 / (k[1] + x2), vr = k[0] * r;
        V matrix = Pool(m + Ports.PerMember, 1, at), q = 1 / (k[4] + matrix), vq = k[3] * q;
        return (w[0] * -(vr * x2)) + (w[1] * (vq * matrix));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V LuoRudyPmcaLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at), o = Pool(m, 1, at), u = k[7] * Pool(m, 2, at), back = Exp((-1 + k[6]) * u), forth = back * Exp(u);
        V all = k[0] / (k[3] * (k[4] + o) * (1 + (k[5] * back))), leaving = all * back * k[2], entering = all * forth * k[1];
        return (w[0] * ((entering * o) - (leaving * c))) + (w[1] * Hill(k + 8, c)) + (w[2] * (k[10] * (o - c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Exchange(V* k, byte** m, V* w, nint at, nint to)
    {
        Second(m, to, w[0] * Pool(m, 5, at));
        *(V*)(m[Ports.Flows + 3] + to) = w[0] * Pool(m, 6, at);
        return w[0] * Pool(m, 4, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Nadh(V* k, byte** m, V* w, nint at, nint to)
    {
        V n = Pool(m, 0, at), matrix = Pool(m, 1, at), m2 = matrix * matrix, rate = k[0] * (k[1] + (m2 / (k[2] + m2)));
        return w[0] * ((rate * (1 - n)) - (k[3] * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Atp(V* k, byte** m, V* w, nint at, nint to)
    {
        V a = Pool(m, 0, at), rate = k[0] * Pool(m, 1, at);
        return w[0] * ((rate * (1 - a)) - (k[1] * a));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Plc(V* k, byte** m, V* w, nint at, nint to)
    {
        V ip3 = Pool(m, 0, at), c = Pool(m, 1, at), a = Pool(m, 2, at);
        return w[0] * ((k[0] * a * (c + k[2]) / ((k[1] + a) * (c + k[3]))) - (k[4] * ip3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Dyad(V* k, byte** m, V* w, nint at, nint to)
    {
        const double ClosingL = 2.35 / 1e-3, OpeningL = 1 / 1e-3, TauL = 0.65, KL = 0.22, A = 0.0625, B = 14, Cleft = 65;
        const double OpeningR = 1 / 1.17e-3, ClosingR = 0.05 / 1.17e-3, TauR = 2.43e-3, Theta = 0.012, C0 = 0.01, D = 100;
        V u = k[4] * Pool(m, 3, at), e = Exp(-u), s = Pool(m, 2, at), k2 = k[2];
        V drive = V.Less(V.Abs(u), V.All(1e-4), 1 + (u * (0.5 + ((1.0 / 12) * u))), u / (1 - e)), source = e * Pool(m, 1, at);
        V permeability = k[0] * drive, wl = (1 / Cleft) * permeability, wr = (1 / Cleft) * k[1], l = wl * source, r = wr * s;
        V cc = Pool(m, 0, at), oc = (cc + l) / (1 + wl), co = (cc + r) / (1 + wr), oo = (cc + l + r) / (1 + wl + wr);
        V x = Exp((1.0 / 7) * (2 + Pool(m, 3, at))), opening = OpeningL * x / (1 + x);
        V bind = (A + x) / (TauL * KL * (1 + x)), unbind = (B / TauL) * (A + x) / (A + (B * x));
        V cc2 = cc * cc, oc2 = oc * oc, shift = C0 * k2, rcc = 1 / (cc2 + k2), roc = 1 / (oc2 + k2);
        V bcc = OpeningR * (cc2 * rcc), boc = OpeningR * (oc2 * roc), scc = cc2 + shift, soc = oc2 + shift;
        V both = opening + V.All(ClosingL), any = both + V.All(ClosingR);
        V yoc = ClosingR * opening * (any + bcc), yoo = opening * ((boc * (opening + V.All(ClosingR) + bcc)) + (ClosingL * bcc));
        V yco = ClosingL * ((bcc * (V.All(ClosingL) + V.All(ClosingR) + boc)) + (boc * opening)), ycc = ClosingL * ClosingR * (any + boc);
        V all = 1 / (yoc + yco + yoo + ycc), perBoth = 1 / both, open = opening * perBoth, share = bcc / (V.All(ClosingR) + bcc);
        V m4 = (Theta * D / TauR) * scc / (shift + (D * cc2)), mcc = (1 / TauR) * (scc * rcc);
        V r1 = all * ((yoc * ((1 / TauR) * (soc * roc))) + (ycc * mcc)), r5 = all * bind * ((yco * co) + (ycc * cc));
        V r2 = (open * ((Theta * D / TauR) * soc / (shift + (D * oc2)))) + (ClosingL * perBoth * m4);
        V r3 = mcc * (1 - share), r7 = bind * cc * (ClosingL * perBoth);
        V z1 = Gate(m, 0, at), z2 = Gate(m, 1, at), z3 = Gate(m, 2, at), z4 = 1 - z1 - z2 - z3;
        Relax(m, 0, to, (r2 * z2) + (unbind * z3), r1 + r5);
        Relax(m, 1, to, (r1 * z1) + (unbind * z4), r2 + r7);
        Relax(m, 2, to, (r5 * z1) + (m4 * z4), unbind + r3);
        V through = permeability * (source - oc), free = k[1] * (s - co);
        Second(m, to, w[0] * (k[3] * ((z1 * all * ((yco * free) + (yoo * (k[1] * (s - oo))))) + (z3 * share * free))));
        return w[0] * (k[3] * ((z1 * all * ((yoc * through) + (yoo * (permeability * (source - oo))))) + (z2 * open * through)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Vgcc(V* k, byte** m, V* w, nint at, nint to) => w[0] * Channel(k, m, w, at, to);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V VgccPmcaNcxLeak(V* k, byte** m, V* w, nint at, nint to)
    {
        V c = Pool(m, 0, at), entry = Channel(k, m, w, at, to);
        return (w[0] * entry) + (w[1] * Hill(k + 5, c)) + (w[2] * Saturating(k + 7, c)) + (w[3] * (k[9] * (Pool(m + (3 * Ports.PerMember), 1, at) - c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Channel(V* k, byte** m, V* w, nint at, nint to)
    {
        V v = Pool(m, 3, at), gate = Gate(m, 0, at), a = 1780 * Exp((1 / 23.3) * v), b = 140 * Exp((-1.0 / 15) * v);
        Relax(m, 0, to, a, a + b);
        V o = Pool(m, 1, at), current = k[0] * (gate * gate) * Max(k[2] - v, V.All(0)) * (o / (50 + o));
        Second(m, to, w[0] * (k[4] * (Pool(m, 0, at) + (k[1] * current) - Pool(m, 2, at))));
        return k[3] * current;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Lou(V* k, byte** m, V* w, nint at, nint to)
    {
        V x1 = Gate(m, 0, at), x2 = Gate(m, 1, at), x3 = Gate(m, 2, at), x4 = Gate(m, 3, at), x5 = Gate(m, 4, at);
        V x0 = 1 - Pool(m, 0, at) - x1 - x2 - x3 - x4 - x5, primed = Pool(m, 2, at), bind = k[0] * Pool(m, 1, at), off = k[1], b = k[2];
        V off2 = 2 * (off * b), off3 = 3 * (off * b * b), off4 = 4 * (off * b * b * b), off5 = 5 * (off * b * b * b * b);
        Relax(m, 0, to, (5 * bind * x0) + (off2 * x2), (4 * bind) + off + (primed * k[4]));
        Relax(m, 1, to, (4 * bind * x1) + (off3 * x3), (3 * bind) + off2 + (primed * k[5]));
        Relax(m, 2, to, (3 * bind * x2) + (off4 * x4), (2 * bind) + off3 + (primed * k[6]));
        Relax(m, 3, to, (2 * bind * x3) + (off5 * x5), bind + off4 + (primed * k[7]));
        Relax(m, 4, to, bind * x4, off5 + (primed * k[8]));
        return w[0] * (primed * V.Fma(k[8], x5, V.Fma(k[7], x4, V.Fma(k[6], x3, V.Fma(k[5], x2, V.Fma(k[4], x1, k[3] * x0))))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V SchneggenburgerNeher(V* k, byte** m, V* w, nint at, nint to)
    {
        V x1 = Gate(m, 0, at), x2 = Gate(m, 1, at), x3 = Gate(m, 2, at), x4 = Gate(m, 3, at), x5 = Gate(m, 4, at);
        V x0 = 1 - Pool(m, 0, at) - x1 - x2 - x3 - x4 - x5, primed = Pool(m, 2, at), bind = k[0] * Pool(m, 1, at), off = k[1], b = k[2];
        V off2 = 2 * (off * b), off3 = 3 * (off * b * b), off4 = 4 * (off * b * b * b), off5 = 5 * (off * b * b * b * b);
        Relax(m, 0, to, (5 * bind * x0) + (off2 * x2), (4 * bind) + off);
        Relax(m, 1, to, (4 * bind * x1) + (off3 * x3), (3 * bind) + off2);
        Relax(m, 2, to, (3 * bind * x2) + (off4 * x4), (2 * bind) + off3);
        Relax(m, 3, to, (2 * bind * x3) + (off5 * x5), bind + off4);
        Relax(m, 4, to, bind * x4, off5 + (primed * k[3]));
        return w[0] * (primed * (k[3] * x5));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Membrane(V* k, byte** m, V* w, nint at, nint to)
    {
        V v = Pool(m, 0, at), am = Rise(0.1 * (35 + v)), bm = 4 * Exp((-1.0 / 18) * (60 + v)), open = am / (am + bm), h = Gate(m, 0, at), n = Gate(m, 1, at);
        V ah = 0.07 * Exp(-0.05 * (58 + v)), bh = 1 / (1 + Exp(-0.1 * (28 + v)));
        V an = 0.1 * Rise(0.1 * (34 + v)), bn = 0.125 * Exp((-1.0 / 80) * (44 + v)), n2 = n * n;
        Relax(m, 0, to, k[4] * ah, k[4] * (ah + bh));
        Relax(m, 1, to, k[4] * an, k[4] * (an + bn));
        V inward = k[0] * (open * open * open * h) * (55 - v), outward = k[1] * (n2 * n2) * (-90 - v);
        return w[0] * ((k[3] * Pool(m, 1, at)) + inward + outward + (k[2] * (-65 - v)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Ip3r(V* k, byte** m, nint at, nint to, V c, V s)
    {
        V i = Pool(m, 2, at), i1 = i + k[1], i3 = i + k[2], i1c5 = i1 * (c + k[3]), r = 1 / (i1c5 * i3), x = i * Gate(m, 0, at) * (r * i3) * c;
        V gain = k[5] * (i1 * (i1c5 * r));
        Relax(m, 0, to, gain, V.Fma(k[4], c, gain));
        return k[0] * (x * x) * x * (s - c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Hill(V* k, V c)
    {
        V c2 = c * c, r = 1 / (k[1] + c2);
        return -(k[0] * r * c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating(V* k, V c) => -(k[0] * (1 / (k[1] + c)) * c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rise(V x) => V.Less(V.Abs(x), V.All(1e-3), 1 + (x * (0.5 + ((1.0 / 12) * x))), x / (1 - Exp(-x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pool(byte** m, int pool, nint at) => *(V*)(m[pool] + at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gate(byte** m, int gate, nint at) => *(V*)(m[Ports.Gates + gate] + at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Relax(byte** m, int gate, nint to, V gain, V loss)
    {
        *(V*)(m[Ports.Gains + gate] + to) = gain;
        *(V*)(m[Ports.Losses + gate] + to) = loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Second(byte** m, nint to, V j) => *(V*)(m[Ports.Flows] + to) = j;
}
