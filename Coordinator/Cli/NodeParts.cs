using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What a node is made around; it owns them from then on.</summary>
/// <param name="Store">Result store.</param>
/// <param name="JournalFile">SQLite file of the journal.</param>
/// <param name="Parse">Spec text → plan, for campaigns that this process did not submit itself.</param>
/// <param name="Folder">Held until the node ends; null if there is nothing to hold.</param>
internal sealed record NodeParts(
    IResultStore Store, string JournalFile, Func<string, Plan> Parse, IDisposable? Folder);
