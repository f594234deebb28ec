"""W1D by scipy's LSODA with a banded Jacobian by differences: w1d_lsoda.py [--rtol x] [--atol x] [--runs n]."""
import argparse
import os
import time

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')

import numpy as np
from scipy.integrate import LSODA

from w1d_page import DX, H0, MI, N, P, Q2, T, THRESHOLD, V2, line, start

FACES = (250, 500, 750)


def derivative(t, y):
    C, B1, B2, E, h = y.reshape(N, 5).T
    mh = MI * C / (C + P['d5']) * h
    J = (P['g'] * P['v1'] * mh * mh * mh + V2) * (E - C) - P['Vs'] * C * C / (P['Ks'] ** 2 + C * C)
    R1 = P['k1'] * (C * (P['B1t'] - B1) - P['K1'] * B1)
    R2 = P['k2'] * (C * (P['B2t'] - B2) - P['K2'] * B2)
    f = np.empty((N, 5))
    for column, u, diffusion, rate in ((0, C, P['Dc'], J - R1 - R2), (2, B2, P['D2'], R2), (3, E, P['De'], J * (-1 / P['g']))):
        flux = np.diff(u) * (diffusion / DX ** 2)
        f[:, column] = rate
        f[:-1, column] += flux
        f[1:, column] -= flux
    f[:, 1] = R1
    f[:, 4] = P['a2'] * (Q2 - (Q2 + C) * h)
    return f.ravel()


def face(y, i):
    return 0.5 * (y[5 * (i - 1)] + y[5 * i])


def simulate(rtol, atol):
    begin = time.thread_time()
    y0 = np.array([start((i + 0.5) * DX) for i in range(N)]).ravel()
    solver = LSODA(derivative, 0.0, y0, T, rtol=rtol, atol=atol, lband=5, uband=5)
    arrivals, before, steps = [-1.0] * 3, [face(y0, i) for i in FACES], 0
    while solver.status == 'running':
        solver.step()
        steps += 1
        for m, i in enumerate(FACES):
            now = face(solver.y, i)
            if arrivals[m] < 0 and before[m] < THRESHOLD <= now:
                dense, low, high = solver.dense_output(), solver.t_old, solver.t
                for _ in range(40):
                    middle = 0.5 * (low + high)
                    if face(dense(middle), i) >= THRESHOLD:
                        high = middle
                    else:
                        low = middle
                arrivals[m] = high
            before[m] = now
    return arrivals, steps, 1e3 * (time.thread_time() - begin)


if __name__ == '__main__':
    options = argparse.ArgumentParser()
    options.add_argument('--rtol', type=float, default=1e-3)
    options.add_argument('--atol', type=float, default=1e-3)
    options.add_argument('--runs', type=int, default=3)
    o = options.parse_args()
    results = [simulate(o.rtol, o.atol) for _ in range(o.runs)]
    line('scipy LSODA', f'banded 5+5, rtol {o.rtol:g} atol {o.atol:g}', results[0][0], results[0][1], [r[2] for r in results])
