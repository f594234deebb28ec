using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using CalciumSweep.Store;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class JournalDatabaseTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public JournalDatabaseTests() => _file = _folder["jour\"nal µ.db"];

    public void Dispose()
    {
        JournalDatabase.Release(_file);
        _folder.Dispose();
    }

    [Fact]
    public async Task What_an_actor_persisted_is_there_after_a_restart()
    {
        Assert.Equal(3, await AddAsync([1, 2]));
        Assert.Equal(15, await AddAsync([4, 8]));

        Assert.Equal("wal", Sql("PRAGMA journal_mode"));
        Assert.Equal(4L, Sql("SELECT count(*) FROM journal"));
        Assert.Equal(2L, Sql("SELECT count(*) FROM snapshot"));
    }

    [Fact]
    public async Task A_released_journal_can_be_deleted_and_made_again()
    {
        Assert.Equal(1, await AddAsync([1]));
        JournalDatabase.Release(_file);
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }

        Assert.Equal(2, await AddAsync([2]));
    }

    [Fact]
    public void A_journal_that_cannot_be_opened_is_a_sentence()
    {
        Assert.Throws<StoreUnavailableException>(() => JournalDatabase.For(_folder["none/journal.db"]));
        File.WriteAllText(_folder["text.db"], new string('x', 5000));
        Assert.Throws<StoreUnavailableException>(() => JournalDatabase.For(_folder["text.db"]));
    }

    // One life of a system: recovers, adds, snapshots, ends. Returns the sum.
    private async Task<int> AddAsync(int[] numbers)
    {
        (Config hocon, Setup setup) = JournalDatabase.For(_file);
        hocon = ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF").WithFallback(hocon);
        var system = ActorSystem.Create("journal", BootstrapSetup.Create().WithConfig(hocon).And(setup));
        IActorRef sum = system.ActorOf(Props.Create(() => new Sum()));
        int total = 0;
        foreach (int number in numbers)
        {
            total = await sum.Ask<int>(number, _patience);
        }

        Assert.Equal("stored", await sum.Ask<string>("snapshot", _patience));
        await system.Terminate();
        return total;
    }

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false }.ToString());
        connection.Open();
        return connection.Scalar(sql);
    }
}
