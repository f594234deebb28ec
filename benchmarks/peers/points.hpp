// Random parameter points around W1D: eighteen parameters log-uniform within a factor of two.
#pragma once
#include <random>
#include <vector>
#include "w1d.hpp"

namespace w1d {

// Largest entry of exp(A * Duration), A the pointwise Jacobian at rest: how much the run amplifies a rounding error of the resting state.
// NaN or infinity where it overflows.
inline double restAmplification(const Parameters& p) {
    const double C = p.C0, m = p.mi() * C / (C + p.d5), h = p.h0(), E = p.E0, B1 = p.B1t * C / (p.K1 + C), B2 = p.B2t * C / (p.K2 + C);
    const double rel = p.g * p.v1 * std::pow(m * h, 3), P = rel + p.v2(), pump = p.Ks * p.Ks + C * C;
    const double Jc = 3 * rel * p.d5 / (C * (C + p.d5)) * (E - C) - P - 2 * p.Vs * p.Ks * p.Ks * C / (pump * pump), Jh = 3 * rel / h * (E - C);
    const double on1 = p.k1 * (p.B1t - B1), off1 = p.k1 * (C + p.K1), on2 = p.k2 * (p.B2t - B2), off2 = p.k2 * (C + p.K2);
    const double A[5][5] = {{Jc - on1 - on2, off1, off2, P, Jh}, {on1, -off1, 0, 0, 0}, {on2, 0, -off2, 0, 0},
                            {-Jc / p.g, 0, 0, -P / p.g, -Jh / p.g}, {-p.a2 * h, 0, 0, 0, -p.a2 * (p.Q2() + C)}};
    constexpr int Squarings = 30;
    double R[5][5] = {}, T[5][5];
    auto multiply = [&T](const double (&a)[5][5], const double (&b)[5][5], double (&out)[5][5]) {
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++) {
                T[i][j] = 0;
                for (int k = 0; k < 5; k++) T[i][j] += a[i][k] * b[k][j];
            }
        std::copy(&T[0][0], &T[0][0] + 25, &out[0][0]);
    };
    double X[5][5];
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) X[i][j] = A[i][j] * std::ldexp(Duration, -Squarings), R[i][j] = i == j;
    for (int order = 4; order >= 1; order--) {
        multiply(X, R, R);
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++) R[i][j] = R[i][j] / order + (i == j);
    }
    for (int i = 0; i < Squarings; i++) multiply(R, R, R);
    double largest = 0;
    for (auto& row : R)
        for (double x : row)
            if (!(std::fabs(x) <= largest) && !std::isnan(largest)) largest = std::fabs(x);
    return largest;
}

// A point counts when its balanced leak is not negative and its resting state does not amplify rounding: otherwise the whole cable
// ignites from the last bit, and no tolerance can make a "speed" right.
inline bool valid(const Parameters& p) { return p.v2() >= 0 && restAmplification(p) < 1e10; }

inline std::vector<Parameters> points(int count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<Parameters> found;
    while (static_cast<int>(found.size()) < count) {
        Parameters p;
        for (double* x : {&p.Dc, &p.D2, &p.De, &p.B1t, &p.k1, &p.K1, &p.B2t, &p.k2, &p.K2, &p.g, &p.Cp, &p.Lp, &p.v1, &p.a2, &p.I, &p.Vs, &p.Ks, &p.E0})
            *x *= std::exp2(2 * (static_cast<double>(random() >> 11) * 0x1p-53) - 1);
        if (valid(p)) found.push_back(p);
    }
    return found;
}

}  // namespace w1d
