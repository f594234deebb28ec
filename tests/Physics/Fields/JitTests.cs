using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>
/// The guard of the cliff: once the JIT no longer inlines a lane operation into a pass, the pass is five times slower. The solver is loaded
/// a second time, so that its kernels are compiled while the listener hears it, whatever ran before.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class JitTests
{
    /// <summary>The widths that a cluster runs: eight lanes where the processor has them.</summary>
    public static TheoryData<int> Widths => Vector512.IsHardwareAccelerated ? [4, 8] : [4];

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_jit_inlines_every_lane_operation_of_every_pass(int width)
    {
        using var listener = new InlineFailures();
        var fresh = new FreshSolver();
        Type probe = fresh.LoadFromAssemblyPath(typeof(JitTests).Assembly.Location).GetType(typeof(JitTests).FullName!)!;
        probe.GetMethod(nameof(RunAll), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [width]);
        Assert.True(listener.Inlined > 300, $"only {listener.Inlined} lane operations inlined: were the kernels compiled?");
        Assert.Empty(listener.Passes);
    }

    private static void RunAll(int width)
    {
        foreach (var (name, time, length) in new[] { ("w1d", "T", 0.01), ("ip3r-ryr-front", "duration", 0.01), ("bistable-front", "run.time", 1.0) })
        {
            var model = new FieldModel(FieldRuns.Read(name));
            FieldRuns.Run(model, width, [model.With((time, length))]);
        }
    }

    private sealed class FreshSolver : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string file = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return assemblyName.Name!.StartsWith("CalciumSweep.", StringComparison.Ordinal) && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }

    /// <summary>Hears from the runtime which calls of lane operations and mechanisms it inlined into passes, and keeps those that it did not.</summary>
    private sealed class InlineFailures : EventListener
    {
        private const EventKeywords JitTracing = (EventKeywords)0x1000;

        public List<string> Passes { get; } = [];

        public int Inlined { get; private set; }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, JitTracing);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("MethodJitInlining", StringComparison.Ordinal) != true || eventData.Payload is null)
            {
                return;
            }

            // Payload: method compiled, inliner and callee (namespace, name, signature each), whether always, reason.
            string[] text = [.. eventData.Payload.Select(p => p?.ToString() ?? ""), .. Enumerable.Repeat("", 12)];
            bool isPass = text[0].Contains("Pass`", StringComparison.Ordinal) || text[0].Contains(".Block", StringComparison.Ordinal);
            bool isKernel = new[] { ".Lanes.", ".Mechanisms.", ".Fluxes." }.Any(room => text[6].Contains(room, StringComparison.Ordinal));
            bool isSetUp = text[1] is ".ctor" or ".cctor" or "Load" or "Reload" or "Dispose" || text[7] is "Load" or ".ctor";
            lock (Passes)
            {
                if (!isPass || !isKernel || isSetUp)
                {
                    return;
                }

                if (eventData.EventName.StartsWith("MethodJitInliningSucceeded", StringComparison.Ordinal))
                {
                    Inlined++;
                }
                else
                {
                    Passes.Add($"{text[0]}.{text[1]}: {text[6]}.{text[7]}: {string.Join(' ', text[8..])}");
                }
            }
        }
    }
}
