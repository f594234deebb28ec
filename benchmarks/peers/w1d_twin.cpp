// The same algorithm in C++: linearly implicit BDF of order 1-5 with error control per lane.
// w1d_twin [--width 8|4|1] [--tolerance x] [--window 0|1] [--runs n] [--curve] [--points n --seed s]
#include <cstring>
#include "libdf.hpp"
#include "points.hpp"

using namespace w1d;

static const char* option(int count, char** values, const char* name, const char* otherwise) {
    for (int i = 1; i + 1 < count; i++)
        if (!std::strcmp(values[i], name)) return values[i + 1];
    return otherwise;
}

static bool has(int count, char** values, const char* name) {
    for (int i = 1; i < count; i++)
        if (!std::strcmp(values[i], name)) return true;
    return false;
}

template <int W>
static void yardstick(const Control& control, int runs) {
    auto engine = std::make_unique<Libdf<W, 5>>();
    const std::vector<Parameters> same(W);
    Run out[W];
    std::vector<double> times;
    engine->run(same.data(), out, control);
    for (int i = 0; i < runs; i++) times.push_back(engine->run(same.data(), out, control) / W);
    char setting[96];
    std::snprintf(setting, sizeof setting, "%d lanes, tolerance %g, window %s", W, control.tolerance, control.window ? "on" : "off");
    print("C++ twin", setting, out[0].arrivals, out[0].steps + out[0].rejected, times);
    std::fprintf(stderr, "conservation %.1e, least C %.6f, rejected %ld\n", out[0].conservation, out[0].least, out[0].rejected);
}

// Every speed and every verdict against runs at a sixteenth of the tolerance.
template <int W>
static int survey(const Control& control, int count, unsigned seed) {
    auto engine = std::make_unique<Libdf<W, 5>>();
    const std::vector<Parameters> all = points(count, seed);
    Control tight = control;
    tight.tolerance /= 16;
    std::vector<double> errors;
    double steps = 0, conservation = 0, milliseconds = 0;
    int wrong = 0, failed = 0;
    for (int i = 0; i < count; i += W) {
        Parameters p[W];
        Run coarse[W], fine[W];
        for (int lane = 0; lane < W; lane++) p[lane] = all[std::min(i + lane, count - 1)];
        milliseconds += engine->run(p, coarse, control);
        engine->run(p, fine, tight);
        for (int lane = 0; lane < W && i + lane < count; lane++) {
            steps += static_cast<double>(coarse[lane].steps + coarse[lane].rejected);
            conservation = std::max(conservation, coarse[lane].conservation);
            failed += coarse[lane].failed || fine[lane].failed;
            if (coarse[lane].arrivals.wave() != fine[lane].arrivals.wave()) wrong++;
            else if (fine[lane].arrivals.wave()) errors.push_back(std::fabs(coarse[lane].arrivals.speed() / fine[lane].arrivals.speed() - 1));
        }
    }
    std::sort(errors.begin(), errors.end());
    const size_t n = errors.size();
    std::printf("{\"name\":\"C++ twin, random points\",\"points\":%d,\"seed\":%u,\"tolerance\":%g,\"window\":%d,\"waves\":%zu,\"wrong\":%d,\"failed\":%d,\"largestError\":%.3e,"
                "\"error95\":%.3e,\"medianError\":%.3e,\"meanSteps\":%.1f,\"conservation\":%.1e,\"milliseconds\":%.3f}\n",
                count, seed, control.tolerance, control.window, n, wrong, failed, errors.back(), errors[n * 95 / 100], errors[n / 2], steps / count, conservation, milliseconds / count);
    return wrong || failed || errors.back() > 1e-3;
}

int main(int count, char** values) {
    Control control;
    control.tolerance = std::atof(option(count, values, "--tolerance", "7e-4"));
    control.window = std::atoi(option(count, values, "--window", "1"));
    const int width = std::atoi(option(count, values, "--width", "8")), runs = std::atoi(option(count, values, "--runs", "9"));
    const int surveyed = std::atoi(option(count, values, "--points", "0"));
    if (surveyed > 0) return survey<8>(control, surveyed, static_cast<unsigned>(std::atoi(option(count, values, "--seed", "1"))));
    std::vector<double> tolerances = {control.tolerance};
    if (has(count, values, "--curve")) tolerances = {1e-2, 3e-3, 1.5e-3, 7e-4, 3e-4, 1e-4, 1e-5, 1e-6};
    for (double tolerance : tolerances) {
        control.tolerance = tolerance;
        if (width == 8) yardstick<8>(control, runs);
        else if (width == 4) yardstick<4>(control, runs);
        else yardstick<1>(control, runs);
    }
    return 0;
}
