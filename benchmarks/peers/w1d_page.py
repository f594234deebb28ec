"""W1D as Python peers see it: parameters, start, arrivals, and the line every peer prints."""
import json
import statistics

P = dict(Dc=220.0, D2=40.0, De=10.0, B1t=50.0, k1=100.0, K1=10.0, B2t=10.0, k2=80.0, K2=0.35, g=0.185, Cp=2.0, Lp=5.0, v1=80.0,
         d1=0.13, d2=1.049, d3=0.9434, d5=0.08234, a2=0.2, I=0.3, Vs=600.0, Ks=0.1, C0=0.05, E0=500.0)
N, DX, T, THRESHOLD = 1000, 0.1, 1.0, 0.5
EXACT = dict(t25=0.180188153, t50=0.407503511, t75=0.634818895, speed=109.979364)

MI = P['I'] / (P['I'] + P['d1'])
Q2 = P['d2'] * (P['I'] + P['d1']) / (P['I'] + P['d3'])
H0 = Q2 / (Q2 + P['C0'])
M0 = MI * P['C0'] / (P['C0'] + P['d5'])
V2 = (P['Vs'] * P['C0'] ** 2 / (P['Ks'] ** 2 + P['C0'] ** 2) / (P['E0'] - P['C0'])) - P['g'] * P['v1'] * (M0 * H0) ** 3


def start(x):
    """C, B1, B2, E, h at x (µm)."""
    c = P['Cp'] if x < P['Lp'] else P['C0']
    return c, P['B1t'] * c / (P['K1'] + c), P['B2t'] * c / (P['K2'] + c), P['E0'], H0


def line(name, setting, arrivals, steps, milliseconds):
    """Prints one JSON line; milliseconds are processor time per simulation."""
    t25, t50, t75 = arrivals
    speed = 50 / (t75 - t25) if t75 > 0 else 0.0
    print(json.dumps(dict(name=name, setting=setting, speed=speed, speedError=speed / EXACT['speed'] - 1, t25=t25, t50=t50, t75=t75,
                          t25Error=t25 / EXACT['t25'] - 1, t50Error=t50 / EXACT['t50'] - 1, t75Error=t75 / EXACT['t75'] - 1, steps=int(steps),
                          milliseconds=statistics.median(milliseconds), minimum=min(milliseconds), runs=len(milliseconds))), flush=True)
