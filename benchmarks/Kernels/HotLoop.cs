namespace CalciumSweep.Kernels;

/// <summary>An innermost loop with vector arithmetic, as the JIT wrote it.</summary>
/// <param name="Method">Method it stands in.</param>
/// <param name="Instructions">Length.</param>
/// <param name="Vector">Instructions with a vector register of the widest kind in the loop.</param>
/// <param name="Spills">Of these, loads and stores of the stack.</param>
/// <param name="Scalar">Scalar floating-point arithmetic: a fallback, or a loop that is meant to be scalar.</param>
/// <param name="Calls">Calls.</param>
internal sealed record HotLoop(string Method, int Instructions, int Vector, int Spills, int Scalar, int Calls);
