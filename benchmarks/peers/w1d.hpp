// W1D, the one-dimensional yardstick (units: um, s, uM): parameters, exact answers of the semi-discrete system, and the line every peer prints.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace w1d {

constexpr int Cells = 1000;
constexpr double Dx = 0.1, Duration = 1.0, Threshold = 0.5;
// CVODE at rtol 1e-10 and 1e-11 agree to all digits shown.
constexpr double ExactT25 = 0.180188153, ExactT50 = 0.407503511, ExactT75 = 0.634818895, ExactSpeed = 109.979364;

struct Parameters {
    double Dc = 220, D2 = 40, De = 10, B1t = 50, k1 = 100, K1 = 10, B2t = 10, k2 = 80, K2 = 0.35, g = 0.185, Cp = 2, Lp = 5, v1 = 80,
           d1 = 0.13, d2 = 1.049, d3 = 0.9434, d5 = 0.08234, a2 = 0.2, I = 0.3, Vs = 600, Ks = 0.1, C0 = 0.05, E0 = 500;

    double mi() const { return I / (I + d1); }
    double Q2() const { return d2 * (I + d1) / (I + d3); }
    double h0() const { return Q2() / (Q2() + C0); }
    // The leak that balances pump and release at rest; negative means that the point is no valid variant of W1D.
    double v2() const {
        const double m = mi() * C0 / (C0 + d5);
        return Vs * C0 * C0 / (Ks * Ks + C0 * C0) / (E0 - C0) - g * v1 * std::pow(m * h0(), 3);
    }
};

struct Arrivals {
    double t25 = -1, t50 = -1, t75 = -1;
    bool wave() const { return t75 > 0 && t75 <= Duration; }
    double speed() const { return wave() ? 50 / (t75 - t25) : 0; }
};

// Processor time of this thread: what a shared machine takes away for others does not count.
inline double threadMilliseconds() {
    timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return 1e3 * static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_nsec);
}

inline double median(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    const size_t n = v.size();
    return n == 0 ? 0 : n % 2 ? v[n / 2] : 0.5 * (v[n / 2 - 1] + v[n / 2]);
}

// Milliseconds are processor time per simulation on one core: median and minimum of the runs.
inline void print(const std::string& name, const std::string& setting, const Arrivals& a, long steps, const std::vector<double>& milliseconds) {
    std::printf("{\"name\":\"%s\",\"setting\":\"%s\",\"speed\":%.6f,\"speedError\":%.3e,\"t25\":%.9f,\"t50\":%.9f,\"t75\":%.9f,"
                "\"t25Error\":%.3e,\"t50Error\":%.3e,\"t75Error\":%.3e,\"steps\":%ld,\"milliseconds\":%.4f,\"minimum\":%.4f,\"runs\":%zu}\n",
                name.c_str(), setting.c_str(), a.speed(), a.speed() / ExactSpeed - 1, a.t25, a.t50, a.t75, a.t25 / ExactT25 - 1, a.t50 / ExactT50 - 1,
                a.t75 / ExactT75 - 1, steps, median(milliseconds), *std::min_element(milliseconds.begin(), milliseconds.end()), milliseconds.size());
    std::fflush(stdout);
}

}  // namespace w1d
