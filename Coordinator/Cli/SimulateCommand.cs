using System.CommandLine;
using System.Diagnostics;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>simulate SCENARIO</c>: one simulation, or a few, on this thread; nothing is stored.</summary>
public sealed class SimulateCommand
{
    private const int MostSimulations = 1_000_000;

    private readonly Argument<string?> _scenario = new("scenario")
    {
        Description = "Name of a built-in, or path to a scenario file",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _set = new("--set") { Description = "Set a parameter: name=value", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _axis = new("--axis") { Description = "One simulation per value: name=v1,v2,…", HelpName = "NAME=VALUES" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _replicates = new("--replicates") { Description = "Repeats, each with its own random stream" };
    private readonly Option<int> _width = NodeOptions.NewWidth();
    private readonly Option<string?> _trace = new("--trace") { Description = "Write the trajectory", HelpName = "FILE.csv" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw the trajectory", HelpName = "FILE.png" };
    private readonly Option<string?> _campaign = new("--campaign") { Description = "Recompute a point of a stored campaign" };
    private readonly ServerOptions _server = new();
    private readonly Option<string?> _at = new("--at") { Description = "Which point: name=value,…" };

    private SimulateCommand()
    {
    }

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var its = new SimulateCommand();
        var command = new Command("simulate", "One simulation, or a few; nothing is stored")
        {
            its._scenario, its._set, its._axis, its._seed, its._replicates, its._width, its._trace, its._plot, its._campaign, its._at,
        };
        its._server.AddTo(command);
        command.SetAction(its.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel) =>
        Run(parsed, await RequestAsync(parsed, cancel).ConfigureAwait(false));

    private int Run(ParseResult parsed, SimulationRequest request)
    {
        int width = NodeOptions.Checked(parsed.GetValue(_width));
        int replicates = parsed.GetValue(_replicates) ?? 1;
        if (replicates < 1 || (long)replicates * request.Points.Count > MostSimulations)
        {
            throw new CommandException($"--replicates {replicates}: 1 to {MostSimulations:N0} simulations in all", "calciumsweep run does more");
        }

        bool isList = parsed.GetValue(_replicates) is not null || request.Points.Count > 1 || parsed.GetValue(_axis)!.Length > 0;
        Trajectory? trajectory = NewTrajectory(parsed);
        Simulation[] simulations = Simulations(request, replicates, trajectory);
        using var stop = new StopSignals();
        var queue = new SimulationQueue(request.Model, simulations, stop.Token);
        long start = Stopwatch.GetTimestamp();
        using (ISimulator simulator = request.Model.NewSimulator(width == 0 ? Math.Min(LaneWidth.Best, Width(simulations.Length)) : width))
        {
            simulator.Run(queue);
        }

        stop.Token.ThrowIfCancellationRequested();
        double wallSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds / simulations.Length;
        Save(parsed, request, trajectory);
        return Show(FrontDoor.Face(parsed), request, simulations, queue.Results, wallSeconds, isList);
    }

    // Lanes that stay empty cost as much as full ones.
    private static int Width(int simulations) => simulations >= 8 ? 8 : simulations >= 4 ? 4 : simulations >= 2 ? 2 : 1;

    private static int Show(
        Faces faces, SimulationRequest request, Simulation[] simulations, IReadOnlyList<SimulationResult?> results, double wallSeconds, bool isList)
    {
        if (results.Any(r => r is null))
        {
            throw new InvalidOperationException("the solver left a simulation undone");
        }

        object[] documents = [.. simulations.Select((s, i) => SimulationDocument.Of(request, s, results[i]!.Value, wallSeconds))];
        faces.Show(
            isList ? documents : documents[0],
            () => string.Concat(simulations.Select((s, i) => SimulationDocument.Text(request, s, results[i]!.Value))));
        return results.Any(r => r!.Value.Outcome == Outcome.Failed) ? ExitCode.SomethingFailed : ExitCode.Done;
    }

    private static Simulation[] Simulations(SimulationRequest request, int replicates, Trajectory? trajectory)
    {
        var simulations = new Simulation[request.Points.Count * replicates];
        for (int i = 0; i < simulations.Length; i++)
        {
            double[] point = request.Points[i / replicates];
            simulations[i] = new Simulation(point, request.Model.StreamKey(point, request.Seed), (uint)(i % replicates))
            {
                Index = i,
                Trace = i == 0 ? trajectory : null,
            };
        }

        return simulations;
    }

    private async Task<SimulationRequest> RequestAsync(ParseResult parsed, CancellationToken cancel)
    {
        string? scenario = parsed.GetValue(_scenario), campaign = parsed.GetValue(_campaign), at = parsed.GetValue(_at);
        if (campaign is null)
        {
            return at is not null ? throw new CommandException("--at goes with --campaign")
                : scenario is null ? throw new CommandException("simulate needs a scenario", "calciumsweep scenarios lists them")
                : SimulationRequest.Of(ScenarioLibrary.Load(scenario), parsed.GetValue(_set)!, parsed.GetValue(_axis)!, parsed.GetValue(_seed));
        }

        if (scenario is not null || parsed.GetValue(_set)!.Length > 0 || parsed.GetValue(_axis)!.Length > 0)
        {
            throw new CommandException("--campaign brings scenario and parameters of its own", "--at chooses the point");
        }

        using ICampaigns campaigns = _server.Open(parsed);
        return SimulationRequest.Of(await campaigns.PlanAsync(campaign, cancel).ConfigureAwait(false), at ?? "");
    }

    private Trajectory? NewTrajectory(ParseResult parsed)
    {
        string? table = parsed.GetValue(_trace), figure = parsed.GetValue(_plot);
        if (table is not null)
        {
            if (table.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
            {
                throw new CommandException("--trace to parquet is not available yet", "a name that ends in .csv is");
            }

            FigureFile.Check(table, ".csv");
        }

        if (figure is not null)
        {
            FigureFile.Check(figure, ".png");
        }

        return table is null && figure is null ? null : new Trajectory();
    }

    private void Save(ParseResult parsed, SimulationRequest request, Trajectory? trajectory)
    {
        if (trajectory is null)
        {
            return;
        }

        if (trajectory.Rows.Count == 0)
        {
            throw new CommandException($"{request.Model.Scenario} records no trajectory", "leave --trace and --plot away");
        }

        if (parsed.GetValue(_trace) is { } table)
        {
            using var output = new StreamWriter(table);
            TraceTable.Write(output, trajectory);
        }

        if (parsed.GetValue(_plot) is { } figure)
        {
            TraceFigure.Save(trajectory, $"{request.Model.Scenario}, seed {request.Seed}", figure);
        }
    }
}
