using System.CommandLine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The options of a command that starts a node.</summary>
public sealed class NodeOptions
{
    private readonly Option<int> _workers = new("--workers")
    {
        Description = "Solver threads",
        DefaultValueFactory = _ => CommonOptions.Number("workers", Environment.ProcessorCount),
    };

    private readonly Option<int> _width = NewWidth();

    private readonly Option<string> _store = new("--store")
    {
        Description = "Result store: sqlite",
        DefaultValueFactory = _ => CommonOptions.Setting("store") ?? "sqlite",
    };

    private readonly Option<bool> _noDashboard = new("--no-dashboard") { Description = "No dashboard" };

    private readonly Option<int> _port = new("--port")
    {
        Description = "Cluster port; 0: any free one",
        DefaultValueFactory = _ => CommonOptions.Number("port", 0),
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "Cluster address",
        DefaultValueFactory = _ => CommonOptions.Setting("host") ?? "127.0.0.1",
    };

    private readonly Option<int?> _shuffle = new("--shuffle") { Hidden = true };

    /// <summary>Lanes; 0 is the machine's best.</summary>
    public static Option<int> NewWidth() =>
        new("--width") { Description = "Lanes: 1, 2, 4 or 8; 0: the machine's best", DefaultValueFactory = _ => CommonOptions.Number("width", 0) };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_workers, _width, _store, _noDashboard, _port, _host, _shuffle])
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="CommandException">A value makes no sense.</exception>
    public NodeSettings Settings(ParseResult parsed)
    {
        if (parsed.GetValue(_store) != "sqlite")
        {
            throw new CommandException($"the store '{parsed.GetValue(_store)}' is not available yet", "--store sqlite is");
        }

        int workers = parsed.GetValue(_workers), port = parsed.GetValue(_port);
        if (workers is < 1 or > 1024)
        {
            throw new CommandException($"--workers {workers}: a node has 1 to 1024 solver threads", $"this machine has {Environment.ProcessorCount} cores");
        }

        if (port is < 0 or > 65535)
        {
            throw new CommandException($"--port {port}: a port is a number from 0 to 65535");
        }

        return new NodeSettings(FrontDoor.Data(parsed))
        {
            Workers = workers,
            Width = Checked(parsed.GetValue(_width)),
            Port = port,
            Host = parsed.GetValue(_host)!,
            ShuffleSeed = parsed.GetValue(_shuffle),
            LogLevel = parsed.GetValue(CommonOptions.LogLevel)!,
        };
    }

    /// <summary>A lane width, or 0.</summary>
    /// <exception cref="CommandException">There is no such width.</exception>
    public static int Checked(int width) => width == 0 || LaneWidth.All.Contains(width) ? width
        : throw new CommandException($"--width {width}: a lane width is 1, 2, 4 or 8", "without it the machine's best is taken");
}
