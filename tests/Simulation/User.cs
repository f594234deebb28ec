using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Simulation;

/// <summary>Submits campaigns, changes its mind, and asks until it is answered.</summary>
internal sealed class User
{
    // Each may cost all the work there is: more of them would only make the runs longer.
    private const int MostRemovals = 8;

    private readonly Cluster _cluster;
    private readonly Dictionary<CampaignId, CampaignStanding> _standings = [];
    private readonly HashSet<CampaignId> _wanted = [];
    private int _retries;

    public User(Cluster cluster)
    {
        _cluster = cluster;
        foreach (Truth truth in cluster.Truths.Values)
        {
            cluster.World.After(cluster.World.Between(0, 5), "user", () => Submit(truth));
        }

        cluster.World.After(2, "user", Ask);
    }

    /// <summary>True if every campaign is said to be completed.</summary>
    public bool IsContent => _cluster.Truths.Keys.All(id => _standings.GetValueOrDefault(id)?.Status == CampaignStatus.Completed);

    public void Hear(ICampaignReply reply)
    {
        if (reply is CampaignStanding standing)
        {
            _standings[standing.Id] = standing;
            _cluster.Check.Shown(_cluster.Truths[standing.Id], standing);
        }
    }

    private void Submit(Truth truth)
    {
        _wanted.Add(truth.Id);
        _cluster.SendFromUser(truth.Submit with { Priority = _cluster.World.Random.Next(-3, 4) });
    }

    private void Ask()
    {
        World world = _cluster.World;
        foreach (Truth truth in _cluster.Truths.Values.Where(truth => _wanted.Contains(truth.Id)))
        {
            CampaignStanding? standing = _standings.GetValueOrDefault(truth.Id);
            if (standing is null or { IsKnown: false } || (world.IsHealed && standing.Status is CampaignStatus.Paused or CampaignStatus.Cancelled))
            {
                Submit(truth);
            }
            else if (world.Circumstances.UserActs && world.Chance(world.Circumstances.UserRemoves ? 0.4 : 0.15))
            {
                Act(truth);
            }

            _cluster.SendFromUser(new GetStanding(truth.Id));
        }

        world.After(2, "user", Ask);
    }

    private void Act(Truth truth)
    {
        World world = _cluster.World;
        switch (world.Random.Next(world.Circumstances.UserRemoves ? 10 : 0, 20))
        {
            case < 6:
                _cluster.SendFromUser(new PauseCampaign(truth.Id));
                break;
            case < 13:
                _cluster.SendFromUser(new ResumeCampaign(truth.Id));
                break;
            case < 15:
                _cluster.SendFromUser(new CancelCampaign(truth.Id));
                break;
            case < 17:
                _cluster.SendFromUser(new ChangePriority(truth.Id, world.Random.Next(-12, 13)));
                break;
            case < 19 when _retries++ < MostRemovals:
                // All, or half of the grains: some of these have nothing that is quarantined.
                _cluster.SendFromUser(world.Chance(0.5) ? new RetryQuarantined(truth.Id)
                    : new RetryGrains(truth.Id, GrainSet.Of(Enumerable.Range(0, (int)truth.Grains).Select(grain => (long)grain).Where(_ => world.Chance(0.5)))));
                break;
            case 19 when _retries++ < MostRemovals:
                _cluster.SendFromUser(new DeleteCampaign(truth.Id));
                break;
        }
    }
}
