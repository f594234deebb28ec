using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using Xunit;

namespace CalciumSweep.Actors.Api;

public sealed class CampaignDocumentTests
{
    [Theory]
    [InlineData(CampaignStatus.Running, 3)]
    [InlineData(CampaignStatus.Paused, 3)]
    [InlineData(CampaignStatus.Interrupted, 3)]
    [InlineData(CampaignStatus.Completed, null)]
    [InlineData(CampaignStatus.Cancelled, null)]
    public void What_is_done_has_no_priority_whoever_was_asked(CampaignStatus state, int? shown)
    {
        CampaignView view = new(new("a-0123456789abcdef"), state, 1, 1, 1, 1, 0, 0, Tally.Empty, "sha256:00", 1, 1, 1, null) { Priority = 3 };
        Assert.Equal(shown, CampaignDocument.Of(view, plan: null).Priority);
    }
}
