// W1D by SUNDIALS CVODE: BDF, Newton, banded direct solver with the analytic Jacobian.
// w1d_cvode [--rtol x] [--atol x] [--runs n]
#include <cstdlib>
#include <cstring>
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>
#include "w1d.hpp"

using namespace w1d;

namespace {

constexpr int Species = 5;  // C B1 B2 E h, cell by cell: both half bandwidths are 5

struct Problem {
    Parameters p;
    double mi, Q2, v2, gv1, perG, rC, r2, rE;
    Problem() {
        mi = p.mi(), Q2 = p.Q2(), v2 = p.v2(), gv1 = p.g * p.v1, perG = 1 / p.g;
        rC = p.Dc / (Dx * Dx), r2 = p.D2 / (Dx * Dx), rE = p.De / (Dx * Dx);
    }
};

int derivative(realtype, N_Vector y, N_Vector f, void* data) {
    const Problem& q = *static_cast<Problem*>(data);
    const Parameters& p = q.p;
    const double* Y = N_VGetArrayPointer(y);
    double* F = N_VGetArrayPointer(f);
    for (int i = 0; i < Cells; i++) {
        const double *u = Y + Species * i, *left = i > 0 ? u - Species : u, *right = i < Cells - 1 ? u + Species : u;
        const double C = u[0], m = q.mi * C / (C + p.d5), mh = m * u[4], C2 = C * C;
        const double J = (q.gv1 * mh * mh * mh + q.v2) * (u[3] - C) - p.Vs * C2 / (p.Ks * p.Ks + C2);
        const double R1 = p.k1 * (C * (p.B1t - u[1]) - p.K1 * u[1]), R2 = p.k2 * (C * (p.B2t - u[2]) - p.K2 * u[2]);
        double* d = F + Species * i;
        d[0] = q.rC * (left[0] - 2 * C + right[0]) + J - R1 - R2;
        d[1] = R1;
        d[2] = q.r2 * (left[2] - 2 * u[2] + right[2]) + R2;
        d[3] = q.rE * (left[3] - 2 * u[3] + right[3]) - J * q.perG;
        d[4] = p.a2 * (q.Q2 - (q.Q2 + C) * u[4]);
    }
    return 0;
}

int jacobian(realtype, N_Vector y, N_Vector, SUNMatrix A, void* data, N_Vector, N_Vector, N_Vector) {
    const Problem& q = *static_cast<Problem*>(data);
    const Parameters& p = q.p;
    const double* Y = N_VGetArrayPointer(y);
    auto at = [A](int row, int column) -> double& { return SM_COLUMN_ELEMENT_B(SM_COLUMN_B(A, column), row, column); };
    for (int i = 0; i < Cells; i++) {
        const int r = Species * i, neighbours = (i > 0) + (i < Cells - 1);
        const double C = Y[r], B1 = Y[r + 1], B2 = Y[r + 2], E = Y[r + 3], h = Y[r + 4];
        const double perM = 1 / (C + p.d5), m = q.mi * C * perM, mh = m * h, release = q.gv1 * mh * mh * mh, P = release + q.v2;
        const double mSlope = 3 * q.gv1 * mh * mh * h * q.mi * p.d5 * perM * perM, pump = p.Ks * p.Ks + C * C;
        const double JC = mSlope * (E - C) - P - 2 * p.Vs * p.Ks * p.Ks * C / (pump * pump), Jh = 3 * q.gv1 * mh * mh * m * (E - C);
        const double on1 = p.k1 * (p.B1t - B1), off1 = p.k1 * (C + p.K1), on2 = p.k2 * (p.B2t - B2), off2 = p.k2 * (C + p.K2);
        at(r, r) = JC - on1 - on2 - neighbours * q.rC;
        at(r, r + 1) = off1, at(r, r + 2) = off2, at(r, r + 3) = P, at(r, r + 4) = Jh;
        at(r + 1, r) = on1, at(r + 1, r + 1) = -off1;
        at(r + 2, r) = on2, at(r + 2, r + 2) = -off2 - neighbours * q.r2;
        at(r + 3, r) = -JC * q.perG, at(r + 3, r + 3) = -P * q.perG - neighbours * q.rE, at(r + 3, r + 4) = -Jh * q.perG;
        at(r + 4, r) = -p.a2 * h, at(r + 4, r + 4) = -p.a2 * (q.Q2 + C);
        for (int to : {i - 1, i + 1}) {
            if (to < 0 || to >= Cells) continue;
            const int c = Species * to;
            at(r, c) = q.rC, at(r + 2, c + 2) = q.r2, at(r + 3, c + 3) = q.rE;
        }
    }
    return 0;
}

double face(N_Vector y, int i) {
    const double* Y = N_VGetArrayPointer(y);
    return 0.5 * (Y[Species * (i - 1)] + Y[Species * i]);
}

// First crossing inside the step just made, on CVODE's own interpolant.
double crossing(void* cvode, N_Vector scratch, int i, double low, double high) {
    for (int bisection = 0; bisection < 40; bisection++) {
        const double middle = 0.5 * (low + high);
        CVodeGetDky(cvode, middle, 0, scratch);
        (face(scratch, i) >= Threshold ? high : low) = middle;
    }
    return high;
}

Arrivals simulate(double rtol, double atol, long* steps, double* milliseconds) {
    const double begin = threadMilliseconds();
    Problem problem;
    const Parameters& p = problem.p;
    SUNContext context;
    SUNContext_Create(nullptr, &context);
    N_Vector y = N_VNew_Serial(Species * Cells, context), scratch = N_VClone(y);
    double* Y = N_VGetArrayPointer(y);
    for (int i = 0; i < Cells; i++) {
        const double C = (i + 0.5) * Dx < p.Lp ? p.Cp : p.C0;
        double* u = Y + Species * i;
        u[0] = C, u[1] = p.B1t * C / (p.K1 + C), u[2] = p.B2t * C / (p.K2 + C), u[3] = p.E0, u[4] = p.h0();
    }
    void* cvode = CVodeCreate(CV_BDF, context);
    CVodeInit(cvode, derivative, 0, y);
    CVodeSStolerances(cvode, rtol, atol);
    CVodeSetUserData(cvode, &problem);
    CVodeSetMaxNumSteps(cvode, 1000000);
    SUNMatrix A = SUNBandMatrix(Species * Cells, Species, Species, context);
    SUNLinearSolver solver = SUNLinSol_Band(y, A, context);
    CVodeSetLinearSolver(cvode, solver, A);
    CVodeSetJacFn(cvode, jacobian);
    CVodeSetStopTime(cvode, Duration);

    Arrivals found;
    double* times[] = {&found.t25, &found.t50, &found.t75};
    double before[3], t = 0;
    auto at = [](int m) { return static_cast<int>(std::lround(25 * (m + 1) / Dx)); };
    for (int m = 0; m < 3; m++) before[m] = face(y, at(m));
    while (t < Duration) {
        const double last = t;
        if (CVode(cvode, Duration, y, &t, CV_ONE_STEP) < 0) break;
        for (int m = 0; m < 3; m++) {
            const double now = face(y, at(m));
            if (*times[m] < 0 && before[m] < Threshold && now >= Threshold) *times[m] = crossing(cvode, scratch, at(m), last, t);
            before[m] = now;
        }
    }
    CVodeGetNumSteps(cvode, steps);
    CVodeFree(&cvode);
    SUNLinSolFree(solver);
    SUNMatDestroy(A);
    N_VDestroy(y);
    N_VDestroy(scratch);
    SUNContext_Free(&context);
    *milliseconds = threadMilliseconds() - begin;
    return found;
}

}  // namespace

int main(int count, char** values) {
    double rtol = 1e-3, atol = 1e-3;
    int runs = 3;
    for (int i = 1; i + 1 < count; i += 2) {
        if (!std::strcmp(values[i], "--rtol")) rtol = std::atof(values[i + 1]);
        if (!std::strcmp(values[i], "--atol")) atol = std::atof(values[i + 1]);
        if (!std::strcmp(values[i], "--runs")) runs = std::atoi(values[i + 1]);
    }
    std::vector<double> times(static_cast<size_t>(runs));
    Arrivals found;
    long steps = 0;
    for (double& ms : times) found = simulate(rtol, atol, &steps, &ms);
    char setting[96];
    std::snprintf(setting, sizeof setting, "BDF, band, analytic Jacobian, rtol %g atol %g", rtol, atol);
    print("CVODE", setting, found, steps, times);
    return 0;
}
