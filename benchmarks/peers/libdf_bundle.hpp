// One step of the unsplit linearly implicit BDF for W1D, W simulations side by side (one per vector lane).
// Free calcium C and the mobile buffer B2 form a 2x2 block-tridiagonal system, the stationary buffer B1 is eliminated cell by cell,
// the store E follows with its calcium column, and the gate h has its closed form.
#pragma once
#include <cmath>
#include <cstdlib>
#include <cstring>
#include "w1d.hpp"

namespace w1d {

enum Field { FieldC, FieldB1, FieldB2, FieldE, FieldH, Fields };

template <int W>
struct Vector {
    typedef double V __attribute__((vector_size(W * 8)));
    typedef long M __attribute__((vector_size(W * 8)));
};
template <>
struct Vector<1> {  // g++ takes a dependent size of one element for a scalar
    typedef double V __attribute__((vector_size(8)));
    typedef long M __attribute__((vector_size(8)));
};

template <int W, int K>
struct Bundle {
    typedef typename Vector<W>::V V;
    typedef typename Vector<W>::M M;
    static constexpr int N = Cells, Slots = K + 2, Temporaries = 11;

    V* history[Fields][Slots];  // ring: slot(0) is the newest state, slot(Slots - 1) the target of the step
    int head = 0;
    V y[K + 1], psi[K];  // weights of the history in the prediction and in the BDF sum
    V s;                 // beta dt
    V relative, absolute;
    V error, least;  // of the step: max |C - C*| / (absolute + relative |C|), and min C
    int edge[W];     // cells at and beyond edge[lane] are at rest in that lane: a wall stands there
    double rest[Fields][W];

    Bundle() {
        const size_t count = static_cast<size_t>(Fields * Slots + Temporaries) * (N + 2);
        memory = static_cast<V*>(std::aligned_alloc(64, (count * sizeof(V) + 63) / 64 * 64));
        V* next = memory;
        auto take = [&next] { V* taken = next; next += N + 2; return taken; };
        for (auto& field : history)
            for (V*& slot : field) slot = take();
        for (V** t : {&z1, &z2, &g11, &g12, &g21, &g22, &predicted, &bound, &slope, &release, &pivot}) *t = take();
    }
    ~Bundle() { std::free(memory); }
    Bundle(const Bundle&) = delete;
    Bundle& operator=(const Bundle&) = delete;

    int slot(int age) const { return (head + age) % Slots; }
    void turn() { head = (head + Slots - 1) % Slots; }

    void start(int lane, const Parameters& a) {
        Dc[lane] = a.Dc / (Dx * Dx), D2[lane] = a.D2 / (Dx * Dx), De[lane] = a.De / (Dx * Dx);
        B1t[lane] = a.B1t, k1[lane] = a.k1, K1[lane] = a.K1, B2t[lane] = a.B2t, k2[lane] = a.k2, K2[lane] = a.K2;
        perG[lane] = 1 / a.g, gv1[lane] = a.g * a.v1, mi[lane] = a.mi(), d5[lane] = a.d5, a2[lane] = a.a2, Q2[lane] = a.Q2();
        Vs[lane] = a.Vs, Ks2[lane] = a.Ks * a.Ks, v2[lane] = a.v2(), g[lane] = a.g;
        for (int i = 0; i < N; i++) set(lane, i, a, (i + 0.5) * Dx < a.Lp ? a.Cp : a.C0);
        for (int f = 0; f < Fields; f++) rest[f][lane] = history[f][0][N - 1][lane];
        edge[lane] = N;
    }

    double total(int lane) const {
        double sum = 0;
        const int now = slot(0);
        for (int i = 0; i < edge[lane]; i++)
            sum += history[FieldC][now][i][lane] + history[FieldB1][now][i][lane] + history[FieldB2][now][i][lane] + g[lane] * history[FieldE][now][i][lane];
        for (int i = edge[lane]; i < N; i++) sum += rest[FieldC][lane] + rest[FieldB1][lane] + rest[FieldB2][lane] + g[lane] * rest[FieldE][lane];
        return sum;
    }

    // A rejected lane keeps its history: its columns move one slot, so that turning the ring leaves the newest state where it was.
    void keep(int lane) {
        for (auto& field : history)
            for (int age = Slots - 1, from = 0; from < Slots - 1; age = from++)
                for (int i = 0; i < edge[lane]; i++) field[slot(age)][i][lane] = field[slot(from)][i][lane];
    }

    // Moves the wall of a lane outwards over cells that are still at rest.
    void widen(int lane, int to) {
        for (int f = 0; f < Fields; f++)
            for (V* level : history[f])
                for (int i = edge[lane]; i < to; i++) level[i][lane] = rest[f][lane];
        edge[lane] = to;
    }

    void step() {
        sortEdges();
        factorStore();
        forward();
        backward();
        storeForward();
    }

   private:
    V* memory;
    V *z1, *z2, *g11, *g12, *g21, *g22, *predicted, *bound, *slope, *release, *pivot;
    V Dc, D2, De, B1t, k1, K1, B2t, k2, K2, perG, gv1, mi, d5, a2, Q2, Vs, Ks2, v2, g;
    int walls = 0, wall[W];
    M atWall[W];

    static V all(double x) { return x - V{}; }
    static V larger(V a, V b) { return a > b ? a : b; }
    static V magnitude(V a) { return reinterpret_cast<V>(reinterpret_cast<M>(a) & (0x7fffffffffffffffL - M{})); }

    void set(int lane, int i, const Parameters& a, double C) {
        const double value[Fields] = {C, a.B1t * C / (a.K1 + C), a.B2t * C / (a.K2 + C), a.E0, a.h0()};
        for (int f = 0; f < Fields; f++)
            for (V* level : history[f]) level[i][lane] = value[f];
    }

    // The distinct walls in ascending order, with the lanes that have each.
    void sortEdges() {
        std::copy(edge, edge + W, wall);
        std::sort(wall, wall + W);
        walls = static_cast<int>(std::unique(wall, wall + W) - wall);
        for (int k = 0; k < walls; k++)
            for (int lane = 0; lane < W; lane++) atWall[k][lane] = edge[lane] == wall[k] ? -1 : 0;
    }

    // Pivots of the store's tridiagonal matrix from the wall inwards: after some cells they no longer change by a bit.
    __attribute__((noinline)) void factorStore() {
        const V one = all(1), r = s * De, middle = one + 2 * r, r2 = r * r;
        V q = one / (one + r);
        for (int k = walls - 1; k >= 0; k--) {
            int i = wall[k] - 1;
            const int end = k > 0 ? wall[k - 1] : 1;
            V next = one / (middle - r2 * q);
            q = atWall[k] ? one / (one + r) : next;
            pivot[i--] = q;
            for (bool same = false; i >= end; i--) {
                if (!same) {
                    next = one / (middle - r2 * q);
                    same = std::memcmp(&next, &q, sizeof q) == 0;
                    q = next;
                }
                pivot[i] = q;
            }
        }
        pivot[0] = one / (one + r - r2 * q);
    }

    __attribute__((noinline)) void forward() {
        const V *C[K + 1], *B1[K], *B2[K + 1], *E[K + 1], *H[K];
        for (int j = 0; j <= K; j++) {
            const int at = slot(j);
            C[j] = history[FieldC][at], B2[j] = history[FieldB2][at], E[j] = history[FieldE][at];
            if (j < K) B1[j] = history[FieldB1][at], H[j] = history[FieldH][at];
        }
        V *newH = history[FieldH][slot(Slots - 1)], *newE = history[FieldE][slot(Slots - 1)];
        V w[K + 1], p[K];
        for (int j = 0; j <= K; j++) w[j] = y[j];
        for (int j = 0; j < K; j++) p[j] = psi[j];
        const V one = all(1), rC = s * Dc, rB = s * D2, sk1 = s * k1, sk1B1t = sk1 * B1t, sk2 = s * k2, sa2 = s * a2, sa2Q2 = sa2 * Q2, sgv1 = s * gv1,
                sv2 = s * v2, sVs = s * Vs, g3 = 3 * sgv1 * mi * d5, twoKs2 = 2 * Ks2;
        const V mi = this->mi, d5 = this->d5, Ks2 = this->Ks2, K1 = this->K1, K2 = this->K2, B1t = this->B1t, B2t = this->B2t, Q2 = this->Q2, perG = this->perG;
        const V insideC = one + 2 * rC, insideB = one + 2 * rB, wallC = one + rC, wallB = one + rB;
        V G11 = all(0), G12 = all(0), G21 = all(0), G22 = all(0), Z1 = all(0), Z2 = all(0);

        auto cell = [&](int i, V diagonalC, V diagonalB) __attribute__((always_inline)) {
            V c = w[0] * C[0][i], b2 = w[0] * B2[0][i], e = w[0] * E[0][i];
            V psiC = p[0] * C[0][i], psiB2 = p[0] * B2[0][i], psiE = p[0] * E[0][i], psiB1 = p[0] * B1[0][i], psiH = p[0] * H[0][i];
            for (int j = 1; j <= K; j++) {
                c += w[j] * C[j][i], b2 += w[j] * B2[j][i], e += w[j] * E[j][i];
                if (j < K) psiC += p[j] * C[j][i], psiB2 += p[j] * B2[j][i], psiE += p[j] * E[j][i], psiB1 += p[j] * B1[j][i], psiH += p[j] * H[j][i];
            }
            const V h = (psiH + sa2Q2) / (one + sa2 * (Q2 + c));
            // Release, leak and pump with their slope by C (all times s).
            const V perM = one / (c + d5), mh = mi * c * perM * h, mh2 = mh * mh, P = sgv1 * mh2 * mh + sv2, drive = e - c;
            const V perPump = one / (Ks2 + c * c), half = sVs * c * perPump;
            const V slopeJ = g3 * mh2 * h * perM * perM * drive - P - twoKs2 * half * perPump;
            const V J = P * drive - half * c - slopeJ * c;
            // Stationary buffer about its own solved value.
            const V perB1 = one / (one + sk1 * (c + K1)), b1 = (psiB1 + sk1B1t * c) * perB1, beta = sk1 * (B1t - b1) * perB1;
            const V a = sk2 * (B2t - b2), b = sk2 * (c + K2), cross = sk2 * c * b2;
            const V D11 = diagonalC - slopeJ + beta + a - rC * G11, D12 = -b - rC * G12, D21 = -a - rB * G21, D22 = diagonalB + b - rB * G22;
            const V r1 = psiC + J - (b1 - beta * c - psiB1) - cross + rC * Z1, r2 = psiB2 + cross + rB * Z2;
            const V perDet = one / (D11 * D22 - D12 * D21), detC = perDet * rC, detB = perDet * rB;
            Z1 = (D22 * r1 - D12 * r2) * perDet, Z2 = (D11 * r2 - D21 * r1) * perDet;
            G11 = D22 * detC, G12 = -D12 * detB, G21 = -D21 * detC, G22 = D11 * detB;
            z1[i] = Z1, z2[i] = Z2, g11[i] = G11, g12[i] = G12, g21[i] = G21, g22[i] = G22;
            predicted[i] = c, bound[i] = b1, slope[i] = beta, newH[i] = h, newE[i] = psiE - perG * J, release[i] = perG * slopeJ;
        };
        cell(0, wallC, wallB);
        int i = 1;
        for (int k = 0; k < walls; k++) {
            for (; i < wall[k] - 1; i++) cell(i, insideC, insideB);
            cell(i++, atWall[k] ? wallC : insideC, atWall[k] ? wallB : insideB);
        }
    }

    __attribute__((noinline)) void backward() {
        const int target = slot(Slots - 1);
        V *C = history[FieldC][target], *B1 = history[FieldB1][target], *B2 = history[FieldB2][target], *E = history[FieldE][target];
        const V rE = s * De, none = all(0), relative = this->relative, absolute = this->absolute;
        V x = none, b = none, z = none, worst = none, lowest = none;
        for (int k = walls - 1; k >= 0; k--) {
            x = atWall[k] ? none : x, b = atWall[k] ? none : b, z = atWall[k] ? none : z, worst = atWall[k] ? none : worst, lowest = atWall[k] ? all(1e300) : lowest;
            for (int i = wall[k] - 1, end = k > 0 ? wall[k - 1] : 0; i >= end; i--) {
                const V c = z1[i] + g11[i] * x + g12[i] * b;
                b = z2[i] + g21[i] * x + g22[i] * b;
                x = c;
                const V e = x - predicted[i];
                C[i] = x, B2[i] = b, B1[i] = bound[i] + slope[i] * e;
                worst = larger(magnitude(e) / (absolute + relative * magnitude(x)), worst);
                lowest = lowest < x ? lowest : x;
                E[i] = z = (E[i] - release[i] * x + rE * z) * pivot[i];
            }
        }
        error = worst, least = lowest;
    }

    __attribute__((noinline)) void storeForward() {
        V* E = history[FieldE][slot(Slots - 1)];
        const V rE = s * De;
        V e = E[0];
        for (int i = 1; i < wall[walls - 1]; i++) E[i] = e = E[i] + rE * pivot[i] * e;
    }
};

}  // namespace w1d
