using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using Xunit;

namespace CalciumSweep.StoreTests;

[Collection(PostgresCollection.Name)]
public sealed class PostgresSchemaTests(PostgresServer server) : IDisposable
{
    private readonly string _schema = PostgresServer.NewSchema();

    /// <summary>Every version that was ever released.</summary>
    public static TheoryData<int> Versions => [.. Enumerable.Range(0, Migrations.Postgres.Count + 1)];

    public void Dispose() => server.Sql($"DROP SCHEMA IF EXISTS {_schema} CASCADE");

    [Theory]
    [MemberData(nameof(Versions))]
    public void Results_of_every_version_are_read_after_the_upgrade_to_this_one(int version)
    {
        using var database = new PostgresDatabase(server.Address(_schema).Postgres!);
        PostgresSchema.Upgrade(database, TimeSpan.Zero, [.. Migrations.Postgres.Take(version)]);
        string dump = Path.Combine(AppContext.BaseDirectory, "Versions", $"postgres-{version:D4}.sql");
        if (version > 0)
        {
            server.Sql($"SET search_path TO {_schema}; {File.ReadAllText(dump)}");
        }

        using PostgresResults store = Open();

        Assert.Equal(Migrations.Postgres.Count, server.Sql($"SELECT version FROM {_schema}.schema_version"));
        CampaignRecord campaign = Campaigns.Small;
        store.SaveCampaign(campaign);
        Assert.Equal(version > 0 ? 0 : 4, store.WriteGrains(campaign, Campaigns.AllGrains(campaign)));
        Assert.All(
            store.ReadGrains(campaign, 2).Zip(Campaigns.AllGrains(campaign)), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
        ResultDigest digest = Campaigns.AllGrains(campaign).Aggregate(default(ResultDigest), (sum, g) => sum + ResultDigest.OfGrain(campaign.Layout, g));
        Assert.Equal(digest.ToString(), store.Totals(campaign.Id).Digest);
    }

    [Fact]
    public void A_newer_version_is_refused_in_one_sentence_and_not_touched()
    {
        Open().Dispose();
        server.Sql($"UPDATE {_schema}.schema_version SET version = 7");

        var error = Assert.Throws<StoreUnavailableException>(Open);
        Assert.Throws<StoreUnavailableException>(() => PostgresResults.OpenForReading(server.Address(_schema)));

        Assert.Contains($"is of schema version 7, newer than this CalciumSweep's {Migrations.Postgres.Count}: use a newer CalciumSweep", error.Message, StringComparison.Ordinal);
        Assert.Equal(7, server.Sql($"SELECT version FROM {_schema}.schema_version"));
    }

    [Fact]
    public void An_older_version_is_not_upgraded_by_a_reader()
    {
        using (var database = new PostgresDatabase(server.Address(_schema).Postgres!))
        {
            PostgresSchema.Upgrade(database, TimeSpan.Zero, [.. Migrations.Postgres.Take(1)]);
        }

        var error = Assert.Throws<OutdatedStoreException>(() => PostgresResults.OpenForReading(server.Address(_schema)));

        Assert.Contains("older than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_programs_schema_is_refused_and_not_touched()
    {
        server.Sql($"CREATE SCHEMA {_schema}; CREATE TABLE {_schema}.theirs (x integer)");

        var error = Assert.Throws<StoreUnavailableException>(Open);

        Assert.Contains("something else than a result store", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, server.Sql($"SELECT count(*) FROM pg_tables WHERE schemaname = '{_schema}'"));
    }

    [Fact]
    public void Eight_nodes_that_start_at_once_upgrade_once()
    {
        // A step that can be done once only, and takes a while.
        string[] migrations = ["SELECT pg_sleep(0.3); CREATE TABLE once (x integer); INSERT INTO once VALUES (1)"];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var database = new PostgresDatabase(server.Address(_schema).Postgres!);
            PostgresSchema.Upgrade(database, TimeSpan.FromSeconds(60), migrations);
        });

        Assert.Equal((1L, 1), (server.Sql($"SELECT count(*) FROM {_schema}.once"), server.Sql($"SELECT version FROM {_schema}.schema_version")));
    }

    [Fact]
    public void Steps_are_run_once_and_in_order_and_a_step_that_fails_changes_nothing()
    {
        using var database = new PostgresDatabase(server.Address(_schema).Postgres!);
        string[] steps = ["CREATE TABLE a (x integer); INSERT INTO a VALUES (1)", "UPDATE a SET x = x + 1", "UPDATE a SET x = 10 * x"];
        PostgresSchema.Upgrade(database, TimeSpan.Zero, steps[..1]);
        PostgresSchema.Upgrade(database, TimeSpan.Zero, steps);
        PostgresSchema.Upgrade(database, TimeSpan.Zero, steps);
        Assert.Throws<StoreUnavailableException>(() => PostgresSchema.Upgrade(database, TimeSpan.Zero, [.. steps, "UPDATE a SET x = 0", "no SQL"]));

        Assert.Equal((20, 3), (server.Sql($"SELECT x FROM {_schema}.a"), server.Sql($"SELECT version FROM {_schema}.schema_version")));
    }

    [Fact]
    public void Whoever_only_reads_makes_nothing()
    {
        Assert.Null(PostgresResults.OpenForReading(server.Address(_schema)));
        Assert.Null(server.Sql($"SELECT 1 FROM pg_namespace WHERE nspname = '{_schema}'"));
        using PostgresResults writer = Open();
        writer.SaveCampaign(Campaigns.Small);

        using PostgresResults reader = PostgresResults.OpenForReading(server.Address(_schema))!;

        Assert.Single(reader.Campaigns());
    }

    [Fact]
    public void A_user_who_may_not_make_a_schema_works_in_one_that_was_made_for_it()
    {
        string name = $"u{_schema[..12]}";
        server.Sql($"CREATE ROLE {name} LOGIN PASSWORD 'x'; CREATE SCHEMA {_schema} AUTHORIZATION {name}");
        string url = $"postgresql://{name}@127.0.0.1:{server.Port}/postgres?schema=";
        using (PostgresResults store = PostgresResults.Open(StoreAddress.Parse(url + _schema, Secret)))
        {
            store.SaveCampaign(Campaigns.Small);
        }

        var error = Assert.Throws<StoreUnavailableException>(
            () => PostgresResults.Open(StoreAddress.Parse(url + _schema + "2", Secret), TimeSpan.Zero));

        Assert.Contains($"does not let '{name}' do that", error.Message, StringComparison.Ordinal);

        static string? Secret(string key) => key == "PGPASSWORD" ? "x" : null;
    }

    private PostgresResults Open() => PostgresResults.Open(server.Address(_schema));
}
