using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public SqliteSchemaTests() => _file = _folder["results.db"];

    /// <summary>Every version that was ever released.</summary>
    public static TheoryData<int> Versions => [.. Enumerable.Range(0, Migrations.Sqlite.Count + 1)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void Results_of_every_version_are_read_after_the_upgrade_to_this_one(int version)
    {
        if (version > 0)
        {
            Sql(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Versions", $"sqlite-{version:D4}.sql")));
        }

        using SqliteResults store = SqliteResults.Open(_file);

        Assert.Equal((long)Migrations.Sqlite.Count, Sql("SELECT version FROM schema_version"));
        CampaignRecord campaign = Campaigns.Small;
        GrainResult[] grains = Campaigns.AllGrains(campaign);
        store.SaveCampaign(campaign);
        Assert.Equal(version > 0 ? 0 : 4, store.WriteGrains(campaign, grains));
        Assert.All(store.ReadGrains(campaign, 2).Zip(grains), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
        ResultDigest digest = grains.Aggregate(default(ResultDigest), (sum, g) => sum + ResultDigest.OfGrain(campaign.Layout, g));
        Assert.Equal(digest.ToString(), store.Totals(campaign.Id).Digest);
    }

    [Fact]
    public void A_newer_version_is_refused_and_not_touched()
    {
        SqliteResults.Open(_file).Dispose();
        Sql("UPDATE schema_version SET version = 7");
        byte[] before = File.ReadAllBytes(_file);

        var error = Assert.Throws<StoreUnavailableException>(() => SqliteResults.Open(_file));

        Assert.Contains("version 7, newer than", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file));
    }

    [Fact]
    public void Another_programs_database_is_refused_and_not_touched()
    {
        Sql("CREATE TABLE theirs (x)");
        byte[] before = File.ReadAllBytes(_file);

        Assert.Throws<StoreUnavailableException>(() => SqliteResults.Open(_file));

        Assert.Equal(before, File.ReadAllBytes(_file));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched()
    {
        string text = new('x', 5000);
        File.WriteAllText(_file, text);

        var error = Assert.Throws<StoreUnavailableException>(() => SqliteResults.Open(_file));

        Assert.Contains("is not a result store", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_file));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_sentence()
    {
        Assert.Throws<StoreUnavailableException>(() => SqliteResults.Open(_folder["none/results.db"]));
    }

    [Fact]
    public void Steps_are_run_once_and_in_order()
    {
        Upgrade(["CREATE TABLE a (x)"]);
        Sql("INSERT INTO a VALUES (1)");
        Upgrade(["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1;", "UPDATE a SET y = 10 * y"]);
        Upgrade(["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1;", "UPDATE a SET y = 10 * y"]);

        Assert.Equal((20L, 3L), (Sql("SELECT y FROM a"), Sql("SELECT version FROM schema_version")));
    }

    [Fact]
    public void An_upgrade_that_fails_changes_nothing()
    {
        Upgrade(["CREATE TABLE a (x)"]);

        Assert.Throws<SqliteException>(() => Upgrade(["", "CREATE TABLE b (x)", "no SQL"]));

        Assert.Equal((1L, 0L), (Sql("SELECT version FROM schema_version"), Sql("SELECT count(*) FROM sqlite_master WHERE name = 'b'")));
    }

    [Fact]
    public void The_store_is_in_write_ahead_mode()
    {
        using var store = SqliteResults.Open(_file);

        Assert.Equal("wal", Sql("PRAGMA journal_mode"));
    }

    [Fact]
    public void Reading_only_wants_a_file_and_changes_nothing()
    {
        Assert.Null(SqliteResults.OpenForReading(_file));
        Assert.False(File.Exists(_file));
        using var writer = SqliteResults.Open(_file);
        writer.SaveCampaign(Campaigns.Small);
        using SqliteResults? reader = SqliteResults.OpenForReading(_file);

        writer.WriteGrains(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small));

        Assert.NotNull(reader);
        Assert.Equal(4, reader.Totals(Campaigns.Small.Id).Grains);
        Assert.Throws<StoreUnavailableException>(() => reader.SaveCampaign(Campaigns.Split));
    }

    [Fact]
    public void Reading_only_works_on_a_store_that_nobody_has_open()
    {
        using (var writer = SqliteResults.Open(_file))
        {
            writer.SaveCampaign(Campaigns.Small);
        }

        using SqliteResults? reader = SqliteResults.OpenForReading(_file);

        Assert.Single(reader!.Campaigns());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRAGMA journal_mode = WAL")]
    public void A_file_whose_maker_was_killed_before_its_first_transaction_is_no_store_yet(string done)
    {
        File.WriteAllBytes(_file, []);
        if (done.Length > 0)
        {
            Sql(done);
        }

        Assert.Null(SqliteResults.OpenForReading(_file));
        using var store = SqliteResults.Open(_file);
        Assert.Empty(store.Campaigns());
    }

    [Fact]
    public void An_older_version_is_not_upgraded_by_a_reader()
    {
        Upgrade([.. Migrations.Sqlite.Take(1)]);

        Assert.Throws<OutdatedStoreException>(() => SqliteResults.OpenForReading(_file));
    }

    [Fact]
    public void A_closed_store_leaves_one_file_and_can_be_replaced()
    {
        for (int i = 0; i < 3; i++)
        {
            using (var store = SqliteResults.Open(_file))
            {
                Assert.Empty(store.Campaigns());
                store.SaveCampaign(Campaigns.Small);
                store.WriteGrains(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small));
            }

            Assert.Equal([_file], Directory.GetFiles(_folder.Path));
            File.Delete(_file);
        }
    }

    [Fact]
    public void A_changed_bit_in_the_file_is_never_a_wrong_result()
    {
        using (var store = SqliteResults.Open(_file))
        {
            store.SaveCampaign(Campaigns.Small);
            store.WriteGrains(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small));
        }

        Sql("UPDATE block SET bytes = CAST(substr(bytes, 1, 40) || x'00' || substr(bytes, 42) AS BLOB) WHERE grain = 2");
        using var again = SqliteResults.Open(_file);
        Assert.Throws<DamagedBlockException>(() => again.ReadGrains(Campaigns.Small, 2).Count());
        Sql("UPDATE block SET bytes = (SELECT bytes FROM block WHERE grain = 0) WHERE grain = 2");
        Assert.Throws<DamagedBlockException>(() => again.ReadGrains(Campaigns.Small, 2).Count());
    }

    [Fact]
    public void A_disposed_store_says_so()
    {
        var store = SqliteResults.Open(_file);
        store.Dispose();
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => store.SaveCampaign(Campaigns.Small));
        Assert.Throws<ObjectDisposedException>(store.Campaigns);
    }

    private void Upgrade(string[] migrations)
    {
        using SqliteConnection connection = Connect();
        SqliteSchema.Upgrade(connection, _file, migrations);
    }

    private object? Sql(string sql)
    {
        using SqliteConnection connection = Connect();
        return connection.Scalar(sql);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        return connection;
    }
}
