using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The campaigns that a command works on, wherever they are. A campaign is named by its id or a beginning of it.</summary>
public interface ICampaigns : IDisposable
{
    /// <summary>Where they are, in words.</summary>
    string Place { get; }

    /// <summary>All of them, oldest first.</summary>
    Task<IReadOnlyList<CampaignAnswer>> ListAsync(CancellationToken cancel);

    /// <summary>Where one stands.</summary>
    Task<CampaignAnswer> StatusAsync(string campaign, CancellationToken cancel);

    /// <summary>Submits the spec in a file.</summary>
    /// <param name="spec">The file.</param>
    /// <param name="priority">−10 … 10; null leaves it.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    Task<CampaignAnswer> SubmitAsync(string spec, int? priority, CancellationToken cancel);

    /// <summary>Changes what is done with one.</summary>
    Task<CampaignAnswer> ChangeAsync(string campaign, CampaignChange change, CancellationToken cancel);

    /// <summary>Queues quarantined simulations of one again.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="request">Which; null: all.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    Task<CampaignAnswer> RetryAsync(string campaign, RetryRequest? request, CancellationToken cancel);

    /// <summary>Changes what people say of one, and its share of the workers; null leaves a part as it is.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="tags">Words to find it by.</param>
    /// <param name="note">Free text; an empty one removes it.</param>
    /// <param name="priority">−10 … 10.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    Task<CampaignAnswer> LabelAsync(string campaign, IReadOnlyList<string>? tags, string? note, int? priority, CancellationToken cancel);

    /// <summary>Removes one with all its results.</summary>
    Task DeleteAsync(string campaign, CancellationToken cancel);

    /// <summary>Writes the table of one.</summary>
    Task ExportAsync(string campaign, ExportForm form, Stream output, CancellationToken cancel);

    /// <summary>What one asks for.</summary>
    Task<CampaignPlan> PlanAsync(string campaign, CancellationToken cancel);

    /// <summary>What the points of one came to.</summary>
    Task<CampaignPoints> PointsAsync(string campaign, CancellationToken cancel);

    /// <summary>The simulations of one.</summary>
    Task<CampaignSimulations> SimulationsAsync(string campaign, CancellationToken cancel);
}
