using CalciumSweep.Store;
using CalciumSweep.Unit.Store;
using Xunit;

namespace CalciumSweep.StoreTests;

/// <summary>Passwords and TLS, against a server that speaks both.</summary>
public sealed class PostgresAccessTests : IClassFixture<PostgresAccessTests.TlsServer>, IDisposable
{
    private readonly TlsServer _tls;
    private readonly TemporaryFolder _folder = new();
    private readonly string _schema = PostgresServer.NewSchema();

    public PostgresAccessTests(TlsServer tls) => _tls = tls;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PGPASSWORD")]
    [InlineData("CALCIUMSWEEP_STORE_PASSWORD_FILE")]
    [InlineData("passfile")]
    public void A_password_comes_from_any_of_its_places(string place)
    {
        File.WriteAllText(_folder["secret"], PostgresServer.Password + "\n");
        string value = place == "PGPASSWORD" ? PostgresServer.Password : _folder["secret"];
        string option = place == "passfile" ? $"&passfile={_tls.Server.PassFile}" : "";

        AssertOpens(StoreAddress.Parse(Url("localhost") + option, key => key == place ? value : null));
    }

    [Fact]
    public void A_password_file_is_read_again_at_each_connection()
    {
        string file = _folder["secret"];
        File.WriteAllText(file, PostgresServer.Password);
        StoreAddress address = StoreAddress.Parse(Url("localhost"), key => key == "CALCIUMSWEEP_STORE_PASSWORD_FILE" ? file : null);
        using var store = PostgresResults.Open(address);
        File.WriteAllText(file, "wrong-secret");
        _tls.Server.Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'calciumsweep%'");

        var error = Assert.Throws<StoreUnavailableException>(store.Campaigns);
        Assert.Contains("refuses the user 'sweep'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", error.ToString(), StringComparison.Ordinal);

        File.WriteAllText(file, PostgresServer.Password + "\r\n");
        Assert.Empty(store.Campaigns());

        File.Delete(file);
        _tls.Server.Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'calciumsweep%'");
        Assert.Contains("password file", Assert.Throws<StoreUnavailableException>(store.Campaigns).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_right_root_and_the_right_name_are_let_in_over_tls()
    {
        StoreAddress address = Verified("localhost", _tls.Authority);

        AssertOpens(address);
        using var database = new PostgresDatabase(address.Postgres!);
        Assert.Equal(true, database.Read(c => c.Scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"), TimeSpan.Zero));
    }

    [Fact]
    public void Another_root_another_name_or_no_root_is_refused_at_once()
    {
        using var stranger = new CertificateAuthority();

        AssertNotTrusted(Verified("localhost", stranger));
        AssertNotTrusted(Verified("127.0.0.1", _tls.Authority));
        AssertNotTrusted(StoreAddress.Parse(Url("localhost") + "&sslmode=verify-full", Secret));
    }

    [Fact]
    public void A_database_that_is_not_there_is_a_sentence()
    {
        var address = StoreAddress.Parse($"postgresql://{PostgresServer.User}@localhost:{_tls.Server.Port}/none", Secret);

        Assert.Contains(
            "there is no such database", Assert.Throws<StoreUnavailableException>(() => PostgresResults.Open(address)).Message, StringComparison.Ordinal);
    }

    private static string? Secret(string key) => key == "PGPASSWORD" ? PostgresServer.Password : null;

    private static void AssertOpens(StoreAddress address)
    {
        using var store = PostgresResults.Open(address);
        store.SaveCampaign(Campaigns.Small);
        Assert.Single(store.Campaigns());
    }

    private static void AssertNotTrusted(StoreAddress address)
    {
        var error = Assert.Throws<StoreUnavailableException>(() => PostgresResults.Open(address));
        Assert.Contains("is not trusted", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, error.ToString(), StringComparison.Ordinal);
    }

    private string Url(string host) => $"postgresql://{PostgresServer.User}@{host}:{_tls.Server.Port}/postgres?schema={_schema}";

    private StoreAddress Verified(string host, CertificateAuthority authority)
    {
        File.WriteAllText(_folder["root.pem"], authority.Root);
        return StoreAddress.Parse(Url(host) + $"&sslmode=verify-full&sslrootcert={_folder["root.pem"]}", Secret);
    }

    /// <summary>A server with a certificate for localhost.</summary>
    public sealed class TlsServer : IDisposable
    {
        public TlsServer()
        {
            (string certificate, string key) = Authority.Sign("localhost");
            Server = PostgresServer.With(["ssl=on", "ssl_cert_file=server.pem", "ssl_key_file=server.key"], data =>
            {
                File.WriteAllText(Path.Combine(data, "server.pem"), certificate);
                File.WriteAllText(Path.Combine(data, "server.key"), key);
                File.SetUnixFileMode(Path.Combine(data, "server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            });
        }

        public PostgresServer Server { get; }

        internal CertificateAuthority Authority { get; } = new();

        public void Dispose()
        {
            Server.Dispose();
            Authority.Dispose();
        }
    }
}
