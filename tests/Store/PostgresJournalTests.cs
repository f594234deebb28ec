using Akka.Actor;
using Akka.Configuration;
using CalciumSweep.Store;
using CalciumSweep.Unit.Store;
using Xunit;

namespace CalciumSweep.StoreTests;

public sealed class PostgresJournalTests : IDisposable
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(60);
    private readonly PostgresServer _server = new();
    private readonly string _schema = PostgresServer.NewSchema();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task What_an_actor_persisted_is_there_after_a_restart_of_both()
    {
        Assert.Equal(3, await AddAsync([1, 2]));
        _server.Kill();
        _server.Start();
        Assert.Equal(15, await AddAsync([4, 8]));

        Assert.Equal((4L, 2L), (_server.Sql($"SELECT count(*) FROM {_schema}.journal"), _server.Sql($"SELECT count(*) FROM {_schema}.snapshot")));
    }

    [Fact]
    public async Task A_write_waits_for_a_server_that_restarts_and_does_not_fail()
    {
        using Journal journal = PostgresJournal.Open(_server.Address(_schema));
        using ActorSystem system = NewSystem(journal);
        IActorRef sum = system.ActorOf(Props.Create(() => new Sum()));
        Assert.Equal(1, await sum.Ask<int>(1, _hang));
        _server.Stop();
        Task<int> waiting = sum.Ask<int>(2, _hang);
        await Task.Delay(1500);
        Assert.False(waiting.IsCompleted);

        _server.Start();

        Assert.Equal(3, await waiting);
        Assert.Equal(7, await sum.Ask<int>(4, _hang));
        await system.Terminate();
    }

    [Fact]
    public async Task A_second_incarnation_cannot_write_what_the_first_has_written()
    {
        using Journal one = PostgresJournal.Open(_server.Address(_schema)), two = PostgresJournal.Open(_server.Address(_schema));
        using ActorSystem first = NewSystem(one), second = NewSystem(two);
        IActorRef a = first.ActorOf(Props.Create(() => new Sum()));
        Assert.Equal(1, await a.Ask<int>(1, _hang));
        Assert.Equal(3, await second.ActorOf(Props.Create(() => new Sum())).Ask<int>(2, _hang));

        // The first does not know that the second is one event ahead.
        a.Tell(4);
        Assert.True(await a.GracefulStop(_hang, "never read"));

        Assert.Equal(2L, _server.Sql($"SELECT count(*) FROM {_schema}.journal"));
        await Task.WhenAll(first.Terminate(), second.Terminate());
    }

    [Fact]
    public async Task Neither_the_settings_nor_a_log_holds_the_password()
    {
        using Journal journal = PostgresJournal.Open(_server.Address(_schema));
        using ActorSystem system = NewSystem(journal);

        Assert.DoesNotContain(PostgresServer.Password, system.Settings.Config.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("passfile", system.Settings.Config.ToString(), StringComparison.Ordinal);
        await system.Terminate();
    }

    [Fact]
    public async Task The_tables_are_those_that_the_plugin_itself_would_make()
    {
        using Journal journal = PostgresJournal.Open(_server.Address(_schema));
        _server.Sql("CREATE SCHEMA plugin");
        Config own = ConfigurationFactory.ParseString(
            """
            akka.persistence.journal.sql { auto-initialize = true, default.schema-name = plugin }
            akka.persistence.snapshot-store.sql { auto-initialize = true, default.schema-name = plugin }
            """);
        using (ActorSystem system = NewSystem(journal, own))
        {
            Assert.Equal(1, await system.ActorOf(Props.Create(() => new Sum())).Ask<int>(1, _hang));
            await system.Terminate();
        }

        Assert.NotEmpty(Columns("plugin"));
        Assert.Equal(Columns("plugin"), Columns(_schema));
    }

    // One life of a system: recovers, adds, snapshots, ends. Returns the sum.
    private async Task<int> AddAsync(int[] numbers)
    {
        using Journal journal = PostgresJournal.Open(_server.Address(_schema));
        using ActorSystem system = NewSystem(journal);
        IActorRef sum = system.ActorOf(Props.Create(() => new Sum()));
        int total = 0;
        foreach (int number in numbers)
        {
            total = await sum.Ask<int>(number, _hang);
        }

        Assert.Equal("stored", await sum.Ask<string>("snapshot", _hang));
        await system.Terminate();
        return total;
    }

    private List<string> Columns(string schema) => [.. _server.Rows(
        $"""
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_identity, is_nullable)
        FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name IN ('journal', 'snapshot') ORDER BY 1
        """).Select(row => (string)row[0]!)];

    private static ActorSystem NewSystem(Journal journal, Config? own = null) => ActorSystem.Create("journal", BootstrapSetup.Create()
        .WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF").WithFallback(own ?? Config.Empty).WithFallback(journal.Hocon))
        .And(journal.Setup));
}
