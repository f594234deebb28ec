using System.CommandLine;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>migrate</c>: brings the tables of a store to this version and ends; nodes would do it when they start.</summary>
public static class MigrateCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        Option<string> store = NodeOptions.NewStore();
        var command = new Command("migrate", "Bring the tables of a store to this version, before its nodes start") { store };
        command.SetAction(parsed =>
        {
            StoreAddress address = NodeOptions.StoreOf(parsed.GetValue(store)!);
            using DataFolder folder = DataFolder.Open(FrontDoor.Data(parsed), exclusive: true);
            using (IResultStore results = address.OpenResults(folder))
            {
                address.OpenJournal(folder).Dispose();
            }

            FrontDoor.Face(parsed).Show(
                new { store = address.Kind, version = FrontDoor.Version },
                () => $"The store {address} is that of version {FrontDoor.Version}\n");
            return ExitCode.Done;
        });
        return command;
    }
}
