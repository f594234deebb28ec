using System.CommandLine;
using System.Runtime.InteropServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>doctor</c>: what this machine offers, and what is wrong.</summary>
public static class DoctorCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var command = new Command("doctor", "What this machine offers, and what is wrong");
        command.SetAction(parsed =>
        {
            string data = FrontDoor.Data(parsed);
            string? problem = Problem(data);
            var drive = new DriveInfo(Path.GetFullPath(data));
            var document = new
            {
                version = FrontDoor.Version,
                runtime = RuntimeInformation.FrameworkDescription,
                system = RuntimeInformation.OSDescription,
                cores = Environment.ProcessorCount,
                lanes = LaneWidth.Best,
                data,
                freeBytes = drive.AvailableFreeSpace,
                problems = problem is null ? Array.Empty<string>() : [problem],
            };
            FrontDoor.Face(parsed).Show(document, () =>
                $"CalciumSweep {document.version} on {document.runtime}, {document.system}\n"
                + $"  cores   {document.cores}, {document.lanes} lanes each\n"
                + $"  data    {data}, {PlanText.Size(document.freeBytes)} free\n"
                + (problem is null ? "  nothing is wrong\n" : $"  wrong: {problem}\n"));
            return problem is null ? ExitCode.Done : ExitCode.SomethingFailed;
        });
        return command;
    }

    private static string? Problem(string data)
    {
        try
        {
            using var archive = Archive.Open(data);
            _ = archive.Campaigns().Count;
            return null;
        }
        catch (Exception e) when (e is DataFolderException or StoreUnavailableException)
        {
            return e.Message;
        }
    }
}
