using System.Globalization;
using System.Text.Json;

namespace CalciumSweep.Chaos;

/// <summary>
/// What holds after every run, whatever happened (docs/reliability.md): I1 one accepted result each, I2 the bits of an
/// undisturbed run, I3 nothing that was there is gone, I4 bounded repetition, I5 counters never go down, I6 everything ends in
/// bounded time, I7 the record says what was computed, I8 nothing is left over. I3 and I5 are the <see cref="Observer"/>'s, I6 the wait's.
/// </summary>
internal sealed class Invariants(Cluster cluster, Workload workload, string campaign, JsonElement status, Truth truth)
{
    /// <summary>
    /// Counts what is brought to the store, also what it has already: a row's trigger fires before the conflict is seen.
    /// </summary>
    public const string CountAttempts = """
        CREATE TABLE attempt (campaign integer, grain bigint);
        CREATE FUNCTION count_attempt() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN INSERT INTO calciumsweep.attempt VALUES (NEW.campaign, NEW.grain); RETURN NEW; END';
        CREATE TRIGGER count_attempt BEFORE INSERT ON grain FOR EACH ROW EXECUTE FUNCTION count_attempt();
        """;

    // A garbage collection, a pool of connections: what a process that did some work holds beyond one that did none.
    private const int FilesMore = 40, ThreadsMore = 40;
    private const double MostMegabytes = 600;

    /// <summary>Grains that reached the store more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>What does not hold.</summary>
    public IReadOnlyList<string> Check(IReadOnlyList<Fault> faults, Footprint[] before)
    {
        string key = $"(SELECT key FROM campaign WHERE id = '{campaign}')";
        var violations = new List<string>();
        void Must(bool holds, string otherwise)
        {
            if (!holds)
            {
                violations.Add(otherwise);
            }
        }

        // I1
        long done = status.GetProperty("done").GetInt64(), quarantined = status.GetProperty("quarantined").GetInt64();
        Must(done + quarantined == workload.Simulations, $"I1: {done} done and {quarantined} quarantined of {workload.Simulations}");
        Must(quarantined == workload.Poisoned, $"I1: {quarantined} are quarantined, {workload.Poisoned} are poison: {Text($"SELECT quarantined FROM campaign WHERE id = '{campaign}'")}");
        Must(status.GetProperty("outcomes").EnumerateObject().Sum(o => o.Value.GetInt64()) == done, $"I1: the outcomes do not add up: {status}");
        long grains = Number($"SELECT count(*) FROM grain WHERE campaign = {key}"), rows = Number($"SELECT sum(simulations) FROM grain WHERE campaign = {key}");
        Must(rows == done, $"I1: the grains hold {rows} simulations, {done} are done");
        Must(Number($"SELECT sum(n) FROM point WHERE campaign = {key}") == done, "I1: the points do not add up to what is done");
        Must(Number($"SELECT count(*) FROM block WHERE campaign = {key}") == grains, "I1: a grain has no block");

        // I2
        Truth came = Truth.Read(cluster, campaign, status);
        Must(came.Digest == truth.Digest, $"I2: digest {came.Digest}, undisturbed {truth.Digest}");
        Must(came.Table == truth.Table, $"I2: the table of replicates is {came.Table}, undisturbed {truth.Table}");

        // I4: what a worker holds at most is half its fair share of what is left; near the end every slot may be doubled.
        int workers = cluster.Workers.Count(), slots = workers * cluster.Shape.Threads;
        List<long> attempts = cluster.Database.Read(session => session.Column<long>(
            $"SELECT count(*) FROM attempt WHERE campaign = {key} GROUP BY grain"));
        Repeated = (int)attempts.Sum(n => n - 1);
        long budget = slots + faults.Sum(fault => fault.Workers * ((grains / (2 * workers)) + (2 * cluster.Shape.Threads)));
        Must(Repeated <= budget, $"I4: {Repeated} grains came more than once, {budget} may");

        // I7
        Must(came.Identity == truth.Identity, $"I7: the stored identity {came.Identity} is not that of the undisturbed run, {truth.Identity}");
        Must(Text($"SELECT spec FROM campaign WHERE id = '{campaign}'") == workload.Spec, "I7: the stored spec is not what was submitted");

        CheckLeftovers(before, Must);
        return violations;
    }

    private void CheckLeftovers(Footprint[] before, Action<bool, string> must)
    {
        bool Settled() => cluster.Orphans().Count == 0
            && cluster.Nodes.All(node => !Directory.Exists(Spill(node)) || !Directory.EnumerateFiles(Spill(node)).Any());
        _ = SpinWait.SpinUntil(Settled, TimeSpan.FromSeconds(10));
        IReadOnlyList<int> left = cluster.Orphans();
        must(left.Count == 0, $"I8: processes are left over: {string.Join("; ", left.Select(Shell.Describe))}");
        foreach (Node node in cluster.Nodes)
        {
            string[] spilled = Directory.Exists(Spill(node)) ? Directory.GetFiles(Spill(node)) : [];
            must(spilled.Length == 0, $"I8: {node.Name} has {spilled.Length} files of results that nobody needs");
            Footprint now = Footprint.Of(node), was = before[node.Number];
            must(now.Files <= was.Files + FilesMore, $"I8: {node.Name} has {now.Files} files open, {was.Files} at first");
            must(now.Threads <= was.Threads + ThreadsMore, $"I8: {node.Name} has {now.Threads} threads, {was.Threads} at first");
            must(now.Megabytes <= MostMegabytes, $"I8: {node.Name} takes {now.Megabytes:0} MB");
        }
    }

    private static string Spill(Node node) => Path.Combine(node.Folder, "data", "spill");

    private string Text(string sql) => cluster.Database.Read(session => (string)session.ExecuteScalar(sql)!);

    private long Number(string sql) => cluster.Database.Read(session => session.ExecuteScalar(sql) is { } value and not DBNull
        ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0);
}
