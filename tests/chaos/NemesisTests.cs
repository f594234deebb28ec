using Xunit;

namespace CalciumSweep.Chaos;

/// <summary>A short smoke: one seed from end to end, and that the checks see what they are for. Many seeds: tests/chaos/run.</summary>
public sealed class NemesisTests
{
    // Kills the only coordinator twice and the database once, fills a worker's disk, and lets a clock jump.
    private const int SmokeSeed = 3;

    [Fact]
    public void All_invariants_hold_after_the_faults_of_a_seed()
    {
        var said = new List<string>();
        Outline run = new Nemesis(SmokeSeed, said.Add).Run();
        Assert.True(run.Faults >= 3, string.Join('\n', said));
    }

    [Fact]
    public void A_grain_that_is_lost_or_comes_to_something_else_is_seen()
    {
        var nemesis = new Nemesis(SmokeSeed, _ => { })
        {
            IsPeaceful = true,
            Tamper = session =>
            {
                session.ExecuteScalar("DELETE FROM grain WHERE grain = 3");
                session.ExecuteScalar("UPDATE campaign_totals SET digest = digest + 1");
            },
        };
        string seen = Assert.Throws<ViolationException>(() => nemesis.Run()).Message;
        Assert.Contains("I1: the grains hold", seen, StringComparison.Ordinal);
        Assert.Contains("I2: the table", seen, StringComparison.Ordinal);
    }
}
