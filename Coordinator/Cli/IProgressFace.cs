using CalciumSweep.Shared.Api;
namespace CalciumSweep.Coordinator.Cli;

/// <summary>Shows how far a campaign is, on standard error.</summary>
public interface IProgressFace : IDisposable
{
    /// <summary>Called a few times a second.</summary>
    void Show(CampaignAnswer answer);
}
