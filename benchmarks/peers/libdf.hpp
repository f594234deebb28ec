// Per-lane variable step and order around a bundle, and the arrivals of W1D.
#pragma once
#include <memory>
#include "libdf_bundle.hpp"

namespace w1d {

struct Control {
    double tolerance = 7e-4;    // of C: relative, and in uM
    double firstStep = 1e-6;    // s
    bool window = true;         // cells that the wave has not reached yet are left out
    double windowTolerance = 1e-12;
    long mostSteps = 200000;
};

struct Run {
    Arrivals arrivals;
    long steps = 0, rejected = 0;
    double conservation = 0;  // relative change of the total calcium
    double least = 1e300;     // lowest C of any accepted step
    bool failed = false;
};

template <int W, int K>
class Libdf {
   public:
    // Integrates W simulations from 0 to Duration; returns the milliseconds of the whole bundle.
    double run(const Parameters* points, Run* runs, const Control& control) {
        const double begin = threadMilliseconds();
        b.head = 0;
        for (int lane = 0; lane < W; lane++) start(lane, points[lane], control);
        for (int left = W; left > 0;) {
            for (int lane = 0; lane < W; lane++) coefficients(lane);
            b.step();
            for (int lane = 0; lane < W; lane++) {
                if (judge(lane, control)) left--;
            }
            b.turn();
            for (int lane = 0; lane < W; lane++)
                if (lanes[lane].ended) lanes[lane].run.conservation = std::fabs(b.total(lane) / lanes[lane].total - 1), lanes[lane].ended = false;
        }
        for (int lane = 0; lane < W; lane++) runs[lane] = lanes[lane].run;
        return threadMilliseconds() - begin;
    }

   private:
    struct Lane {
        double t, dt, age[K + 1];  // age[j]: how long before t the state of age j was
        int known, order, since;   // states known, order in use, steps accepted at this order
        bool done, ended;
        double total;
        Run run;
    };
    Bundle<W, K> b;
    Lane lanes[W];

    static constexpr int Block = 32, Guard = 16;

    int order(const Lane& l) const { return std::min(l.order, l.known - 1); }
    static double growth(int order) { return order <= 2 ? 2 : order == 3 ? 1.5 : 1.25; }

    void start(int lane, const Parameters& p, const Control& control) {
        Lane& l = lanes[lane];
        l = Lane{};
        l.dt = control.firstStep, l.known = 1, l.order = 1;
        b.start(lane, p);
        b.relative[lane] = b.absolute[lane] = control.tolerance;
        if (control.window) b.edge[lane] = std::min(Cells, (static_cast<int>(p.Lp / Dx) / Block + 2) * Block);
        l.total = b.total(lane);
    }

    void coefficients(int lane) {
        const Lane& l = lanes[lane];
        const int k = order(l);
        for (int j = 0; j <= K; j++) {
            b.y[j][lane] = 0;
            if (j < K) b.psi[j][lane] = 0;
        }
        if (k == 0) {
            b.y[0][lane] = b.psi[0][lane] = 1, b.s[lane] = l.dt;
            return;
        }
        double u[K + 1] = {}, sum = 0;
        for (int j = 0; j <= k; j++) u[j] = l.dt + l.age[j], sum += 1 / u[j];
        const double alpha = sum - 1 / u[k];
        for (int j = 0; j <= k; j++) {
            double w = 1;
            for (int i = 0; i <= k; i++)
                if (i != j) w *= u[i] / (u[i] - u[j]);
            b.y[j][lane] = w;
            if (j < k) b.psi[j][lane] = w - w * (sum - 1 / u[j]) / alpha;
        }
        b.s[lane] = 1 / alpha;
    }

    // Accepts or rejects the step of a lane and chooses its next one; true when the lane is done with this step.
    bool judge(int lane, const Control& control) {
        Lane& l = lanes[lane];
        const int k = order(l);
        const double error = b.error[lane] * (k == 0 ? 1 : l.dt / (l.dt + l.age[k]));
        const bool sound = std::isfinite(error) && b.least[lane] >= 0;
        const double factor = sound ? 0.9 * std::pow(std::max(error, 1e-10), -1.0 / (std::max(k, 1) + 1)) : 0.3;
        const bool accepted = sound && error <= 2;
        if (l.done) return false;
        if (!accepted) {
            b.keep(lane);
            l.run.rejected++;
            l.since = 0;
            l.dt *= sound ? std::clamp(factor, 0.2, 0.7) : factor;
        } else {
            arrive(lane, k);
            l.run.steps++;
            l.run.least = std::min(l.run.least, b.least[lane]);
            l.t += l.dt;
            for (int j = K; j > 0; j--) l.age[j] = l.age[j - 1] + l.dt;
            l.known = std::min(l.known + 1, K + 1);
            l.since++;
            if (l.order < K && l.known > l.order + 1 && l.since >= l.order && factor < growth(l.order)) l.order++, l.since = 0;
            l.dt *= std::clamp(factor, 0.5, growth(l.order));
            if (control.window) follow(lane, control.windowTolerance);
        }
        l.run.failed = l.dt < 1e-12 || l.run.steps + l.run.rejected > control.mostSteps;
        return l.done = l.ended = l.run.failed || l.t >= Duration;
    }

    // Moves the wall before the wave gets to feel it.
    void follow(int lane, double tolerance) {
        const auto* C = b.history[FieldC][b.slot(Bundle<W, K>::Slots - 1)];
        const double rest = b.rest[FieldC][lane];
        while (b.edge[lane] < Cells && !(std::fabs(C[b.edge[lane] - Guard][lane] - rest) <= tolerance * rest)) {
            const int from = b.edge[lane];
            b.widen(lane, std::min(from + Block, Cells));
        }
    }

    // First upward crossing of the threshold by the faces at 25, 50 and 75 um, on the cubic through the newest four states.
    void arrive(int lane, int k) {
        Lane& l = lanes[lane];
        double* times[] = {&l.run.arrivals.t25, &l.run.arrivals.t50, &l.run.arrivals.t75};
        for (int m = 0; m < 3; m++) {
            const int i = static_cast<int>(std::lround(25 * (m + 1) / Dx));
            if (*times[m] >= 0 || i >= b.edge[lane]) continue;
            auto face = [&](int age) { const auto* C = b.history[FieldC][b.slot(age)]; return 0.5 * (C[i - 1][lane] + C[i][lane]); };
            const int n = std::min(k, 3) + 1;
            double value[4] = {face(Bundle<W, K>::Slots - 1)}, at[4] = {0};
            for (int j = 1; j < n; j++) value[j] = face(j - 1), at[j] = -(l.dt + l.age[j - 1]);
            if (!(face(0) < Threshold && value[0] >= Threshold)) continue;
            double low = -l.dt, high = 0;
            for (int bisection = 0; bisection < 50; bisection++) {
                const double middle = 0.5 * (low + high);
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    double w = value[j];
                    for (int q = 0; q < n; q++)
                        if (q != j) w *= (middle - at[q]) / (at[j] - at[q]);
                    sum += w;
                }
                (sum >= Threshold ? high : low) = middle;
            }
            *times[m] = l.t + l.dt + high;
        }
    }
};

}  // namespace w1d
