// Measured bandwidth of a = b + s c, in DRAM and in the second-level cache: triad [--runs n]
#include <cstdlib>
#include <cstring>
#include "w1d.hpp"

static double gigabytesPerSecond(size_t count, int runs) {
    std::vector<double> a(count), b(count, 1.0), c(count, 2.0), times;
    const int repeats = static_cast<int>(std::max<size_t>(1, (size_t{1} << 24) / count));
    for (int run = 0; run < runs; run++) {
        const double begin = w1d::threadMilliseconds();
        for (int r = 0; r < repeats; r++) {
            double *x = a.data(), *y = b.data(), *z = c.data();
            for (size_t i = 0; i < count; i++) x[i] = y[i] + 3.0 * z[i];
            asm volatile("" : : "r"(x) : "memory");
        }
        times.push_back((w1d::threadMilliseconds() - begin) / repeats);
    }
    return 24e-6 * static_cast<double>(count) / w1d::median(times);
}

int main(int count, char** values) {
    const int runs = count > 2 && !std::strcmp(values[1], "--runs") ? std::atoi(values[2]) : 9;
    const double memory = gigabytesPerSecond(size_t{1} << 24, runs), cache = gigabytesPerSecond(size_t{1} << 14, runs);
    std::printf("{\"name\":\"triad\",\"dramGigabytesPerSecond\":%.2f,\"cacheGigabytesPerSecond\":%.2f,\"runs\":%d}\n", memory, cache, runs);
    return 0;
}
