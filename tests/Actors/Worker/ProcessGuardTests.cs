using System.Diagnostics;
using System.Globalization;
using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Unit;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.Actors.Worker;

/// <summary>The real program as the guarded process.</summary>
public sealed class ProcessGuardTests
{
    private const string Spec = """
        name: guarded
        scenario: no-op
        set: { cost: COST }
        axes: [ { parameter: x, from: 0, to: 15, points: 16 } ]
        """;

    [Fact]
    public void Another_process_gives_the_same_bits()
    {
        Plan plan = Read("0");
        using ISimulator here = plan.Model.NewSimulator(4), there = Guard().NewSimulator(plan, 4);
        var local = new Feed(plan);
        var guarded = new Feed(plan);
        here.Run(local);
        there.Run(guarded);

        Assert.Equal(16, guarded.Results.Count);
        foreach (var (index, result) in local.Results)
        {
            Assert.Equal(result.Outcome, guarded.Results[index].Outcome);
            Assert.Equal(result.Observables.Select(BitConverter.DoubleToInt64Bits), guarded.Results[index].Observables.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(result.Steps, guarded.Results[index].Steps);
        }
    }

    [Fact]
    public void A_process_that_is_killed_is_told_of_and_the_simulator_goes_on_with_another()
    {
        Plan plan = Read("0.2");
        using ISimulator simulator = Guard().NewSimulator(plan, 1);
        var feed = new Feed(plan) { OnNext = KillChildren };

        var error = Assert.Throws<SimulationProcessException>(() => simulator.Run(feed));
        Assert.Equal("its process ended with signal 9", error.Message);
        feed.OnNext = () => { };
        simulator.Run(feed);
        Assert.NotEmpty(feed.Results);
    }

    [Fact]
    public void A_simulation_that_takes_too_long_ends_with_its_process_and_its_neighbour_does_not()
    {
        Plan plan = SpecReader.Parse(Hazard("{ parameter: pause, values: [0, 0.01, 60] }"), "guarded").Plan;
        using ISimulator simulator = Guard().NewSimulator(plan, 4);
        var feed = new Feed(plan) { Late = 2 };
        simulator.Run(feed);

        Assert.Equal([0, 1], feed.Results.Keys.Order());
    }

    [Theory]
    [InlineData("hang", "2", "0 s")]
    [InlineData("all memory", "3", "0 s")]
    [InlineData("NaN", "4", "0 s")]
    [InlineData("long", "0", "60 s")]
    public void A_process_whose_parent_is_killed_ends_whatever_it_simulates(string what, string hazard, string pause)
    {
        string spec = Hazard($"{{ parameter: hazard, values: [{hazard}] }}", $"pause: {pause}");
        Plan plan = SpecReader.Parse(spec, what).Plan;

        // A shell is its parent; its input comes from here, and does not end.
        using Process shell = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "dotnet \"$0\" guard; :", Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x10000000" },
        })!;
        using var writer = new BinaryWriter(shell.StandardInput.BaseStream, Encoding.UTF8);
        using var reader = new BinaryReader(shell.StandardOutput.BaseStream, Encoding.UTF8);
        writer.Write(spec);
        writer.Write(what);
        writer.Write(1);
        writer.Flush();
        Assert.True(reader.ReadBoolean());
        int guard = Assert.Single(Process.GetProcessesByName("dotnet"), process => ParentOf(process.Id) == shell.Id).Id;
        double[] values = plan.Parameters(0);
        GuardProtocol.Write(writer, new Simulation(values, plan.Model.StreamKey(values, 1), 0) { Index = 0 });

        shell.Kill();

        Assert.True(SpinWait.SpinUntil(() => ParentOf(guard) is null, TimeSpan.FromSeconds(60)), $"{guard} is still there");
    }

    [Fact]
    public void Pilots_that_end_their_process_or_hang_cost_nothing_but_their_own_estimate()
    {
        // The map's centre is the first pilot: 16 points in the first process, every other one in the second.
        string spec = Hazard("{ parameter: hazard, values: [0, 0.01, 1, 0.02, 0.03] }");
        Plan plan = SpecReader.Parse(spec, "guarded").Plan;
        var pilot = new GuardedPilot("dotnet", Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll"), "pilot");

        PilotEstimate estimate = pilot.Run(plan, 1, TimeSpan.FromSeconds(1));

        Assert.InRange(estimate.Points, 1, 3);
        Assert.True(estimate.MeanSeconds < 0.5);
    }

    /// <summary>Null if the process is gone, or waits for nothing but that somebody asks how it ended.</summary>
    private static int? ParentOf(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Hazard(string axis, string set = "x: 0") => $$"""
        name: guarded
        scenario: {{Repository.PathOf("tests", "chaos", "hazard.yaml")}}
        set: { {{set}} }
        axes: [ {{axis}} ]
        """;

    private static Plan Read(string cost) =>
        SpecReader.Parse(Spec.Replace("COST", cost, StringComparison.Ordinal), "guarded").Plan;

    private static ProcessGuard Guard() => new(
        "dotnet", Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll"), "guard");

    /// <summary>Once the second simulation is asked for, the process has one in its lane.</summary>
    private static void KillChildren()
    {
        foreach (Process child in Process.GetProcessesByName("dotnet").Where(IsOurs))
        {
            child.Kill();
        }
    }

    private static bool IsOurs(Process process)
    {
        string status = $"/proc/{process.Id}/status", line = $"/proc/{process.Id}/cmdline";
        return File.Exists(status) && File.ReadAllLines(status).Contains($"PPid:\t{Environment.ProcessId}")
            && File.ReadAllText(line).TrimEnd('\0').EndsWith("guard", StringComparison.Ordinal);
    }

    private sealed class Feed(Plan plan) : ISimulationFeed
    {
        private int _next, _asked;

        public Dictionary<long, SimulationResult> Results { get; } = [];

        public Action OnNext { get; set; } = () => { };

        public long? Late { get; init; }

        public bool Stopping => false;

        public bool TryNext(out Simulation simulation)
        {
            if (_asked++ > 0)
            {
                OnNext();
            }

            simulation = null!;
            if (_next >= plan.Points)
            {
                return false;
            }

            double[] values = plan.Parameters(_next);
            simulation = new(values, plan.Model.StreamKey(values, 1), 0) { Index = _next++ };
            return true;
        }

        public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

        public void Complete(Simulation simulation, in SimulationResult result) => Results[simulation.Index] = result;

        public bool Expired(Simulation simulation) => simulation.Index == Late;
    }
}
