"""W1D by NEURON's rxd (one section of 1000 segments) and its variable-step CVODE: w1d_neuron.py [--atol x] [--runs n]."""
import argparse
import time

import numpy as np
from neuron import h, rxd

from w1d_page import H0, MI, N, P, Q2, T, THRESHOLD, V2, line, start

MS = 1e-3  # NEURON counts in ms; concentrations are taken as µM throughout, no current reads them

h.load_file('stdrun.hoc')
section = h.Section(name='cable')
section.L, section.nseg, section.diam = 100, N, 1
cytosol = rxd.Region([section], nrn_region='i', name='cytosol')


def at(field):
    return lambda node: start(node.x * 100)[field]


ca = rxd.Species(cytosol, d=P['Dc'] * MS, name='free', initial=at(0))
b1 = rxd.Species(cytosol, d=0, name='fixed', initial=at(1))
b2 = rxd.Species(cytosol, d=P['D2'] * MS, name='carried', initial=at(2))
store = rxd.Species(cytosol, d=P['De'] * MS, name='store', initial=at(3))
gate = rxd.State(cytosol, name='gate', initial=H0)

m = MI * ca / (ca + P['d5'])
J = (P['g'] * P['v1'] * (m * gate) ** 3 + V2) * (store - ca) - P['Vs'] * ca ** 2 / (P['Ks'] ** 2 + ca ** 2)
R1 = P['k1'] * (ca * (P['B1t'] - b1) - P['K1'] * b1)
R2 = P['k2'] * (ca * (P['B2t'] - b2) - P['K2'] * b2)
rates = [rxd.Rate(ca, MS * (J - R1 - R2)), rxd.Rate(b1, MS * R1), rxd.Rate(b2, MS * R2), rxd.Rate(store, MS * J * (-1 / P['g'])),
         rxd.Rate(gate, MS * P['a2'] * (Q2 - (Q2 + ca) * gate))]


def simulate(atol):
    cvode = h.CVode()
    cvode.active(True)
    cvode.atol(atol)
    begin = time.thread_time()
    h.finitialize(-65)
    while h.t < 1e3 * T:
        h.fadvance()
    return 1e3 * (time.thread_time() - begin)


def crossing(t, left, right):
    face = 0.5 * (np.array(left) + np.array(right))
    above = np.nonzero((face[:-1] < THRESHOLD) & (face[1:] >= THRESHOLD))[0]
    if len(above) == 0:
        return -1.0
    i = above[0]
    return MS * (t[i] + (THRESHOLD - face[i]) / (face[i + 1] - face[i]) * (t[i + 1] - t[i]))


if __name__ == '__main__':
    options = argparse.ArgumentParser()
    options.add_argument('--atol', type=float, default=1e-3)
    options.add_argument('--runs', type=int, default=1)
    o = options.parse_args()
    h.finitialize(-65)
    clock = h.Vector().record(h._ref_t)
    nodes = ca.nodes
    probes = [(h.Vector().record(nodes[i - 1]._ref_concentration), h.Vector().record(nodes[i]._ref_concentration)) for i in (250, 500, 750)]
    milliseconds = [simulate(o.atol) for _ in range(o.runs)]
    t = np.array(clock)
    line('NEURON rxd', f'CVODE atol {o.atol:g}', [crossing(t, a, b) for a, b in probes], len(t) - 1, milliseconds)
