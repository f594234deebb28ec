using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.Docs;

/// <summary>The gallery shows every scenario, with the command of its file, which runs, and a figure that loads fast.</summary>
public sealed class GalleryTests
{
    private const int MostBytes = 60_000;
    private static readonly string _root = Repository.Root;

    public static TheoryData<string> Scenarios => [.. ScenarioLibrary.Names()];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_stands_in_the_gallery_with_the_command_of_its_file(string scenario)
    {
        string page = File.ReadAllText(Path.Combine(_root, "docs", "gallery.md"));
        Assert.Contains($"\n## {scenario}\n", page, StringComparison.Ordinal);
        Assert.Contains($"\ncalciumsweep {CommandOf(scenario)}\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Its_figure_is_a_small_picture(string scenario)
    {
        if (CommandOf(scenario).Contains("--plot", StringComparison.Ordinal))
        {
            byte[] picture = File.ReadAllBytes(Path.Combine(_root, "docs", "images", "gallery", $"{scenario}.png"));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
            Assert.InRange(picture.Length, 5_000, MostBytes);
        }
    }

    /// <summary>The simulation of the command, without its picture: some seconds; the bound is for a machine with other work.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Its_command_runs(string scenario)
    {
        string[] words = CommandOf(scenario).Split(' ');
        Assert.Equal(["simulate", scenario], words[..2]);
        Model model = ScenarioLibrary.Load(scenario);
        double[] values = model.Defaults();
        for (int i = 2; i < words.Length; i += 2)
        {
            if (words[i] == "--plot")
            {
                Assert.Equal($"{scenario}.png", words[i + 1]);
                continue;
            }

            Assert.Equal("--set", words[i]);
            string[] sides = words[i + 1].Split('=');
            ParameterInfo parameter = model.Parameters[model.IndexOf(sides[0])];
            values[model.IndexOf(sides[0])] = parameter.Words.TryGetValue(sides[1], out double named) ? named
                : Quantity.TryParse(sides[1], parameter.Unit, out double value, out string problem) ? value : throw new FormatException(problem);
        }

        Assert.Null(model.Check(values));
        var feed = new OneFeed(new Simulation(values, model.StreamKey(values, 1), 0));
        await Task.Run(() =>
        {
            using ISimulator simulator = model.NewSimulator(1);
            simulator.Run(feed);
        }).WaitAsync(TimeSpan.FromMinutes(5));
        Assert.Null(feed.Result!.Value.Reason);
    }

    private static string CommandOf(string scenario) =>
        File.ReadLines(Path.Combine(_root, "scenarios", $"{scenario}.yaml"))
            .Single(line => line.StartsWith("# gallery: ", StringComparison.Ordinal))["# gallery: ".Length..];

    private sealed class OneFeed(Simulation simulation) : ISimulationFeed
    {
        private bool _taken;

        public SimulationResult? Result { get; private set; }

        public bool Stopping => false;

        public bool TryNext(out Simulation next)
        {
            next = simulation;
            return !_taken && (_taken = true);
        }

        public bool TryNext(int shape, out Simulation next) => TryNext(out next);

        public void Complete(Simulation done, in SimulationResult result) => Result = result;

        public bool Expired(Simulation running) => false;
    }
}
