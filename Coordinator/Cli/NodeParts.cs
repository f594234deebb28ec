using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What a node is made around; it owns them from then on.</summary>
/// <param name="Store">Result store.</param>
/// <param name="JournalFile">SQLite file of the journal.</param>
/// <param name="Parse">Spec text → plan, for campaigns that this process did not submit itself.</param>
/// <param name="Folder">Held until the node ends; null if there is nothing to hold.</param>
internal sealed record NodeParts(
    IResultStore Store, string JournalFile, Func<string, Plan> Parse, IDisposable? Folder)
{
    /// <summary>The journal of a coordinator; null takes the SQLite file.</summary>
    public Journal? Journal { get; init; }

    /// <summary>Where the worker notes what it computes, if the process is alone on its folder.</summary>
    public string? BegunFile { get; init; }

    /// <summary>Claims for a node that its half of a cluster goes on; null: the store is not shared.</summary>
    public Func<string, bool>? Claim { get; init; }

    /// <summary>Where coordinators say that they take part; null: the store is not shared.</summary>
    public CoordinatorRegister? Register { get; init; }

    /// <summary>Where results of the worker wait on the disk while the store is away; null keeps them in memory alone.</summary>
    public string? SpillFolder { get; init; }
}
