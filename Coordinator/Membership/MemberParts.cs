using Akka.Actor.Setup;
using Akka.Configuration;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>What outlives the actor systems of a member: it owns none of them.</summary>
/// <param name="Store">Where results are.</param>
/// <param name="Rules">How its coordinator decides.</param>
/// <param name="Config">General settings of the node, with those of its journal.</param>
/// <param name="Parse">Spec text → plan.</param>
internal sealed record MemberParts(IResultStore Store, CampaignRules Rules, Config Config, Func<string, Plan> Parse)
{
    /// <summary>Of the journal; null if the node has none.</summary>
    public Setup? Journal { get; init; }

    /// <summary>Solver threads, held grains, unacknowledged completions; null on a node that does not compute.</summary>
    public WorkerNode? Worker { get; init; }

    /// <summary>Where its campaigns say how far they are.</summary>
    public CampaignBoard Board { get; init; } = new();

    /// <summary>Claims for a node that its half of the cluster goes on; null where there is one coordinator, and no halves.</summary>
    public Func<string, bool>? Claim { get; init; }

    /// <summary>Where coordinators say that they take part; null where there is one coordinator: then the first seed asks the others for a while.</summary>
    public CoordinatorRegister? Register { get; init; }

    /// <summary>Told when the member loses its cluster and joins again.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
