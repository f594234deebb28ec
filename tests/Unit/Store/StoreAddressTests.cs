using CalciumSweep.Store;
using Npgsql;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class StoreAddressTests
{
    [Fact]
    public void Sqlite_is_two_files_in_the_data_folder()
    {
        Assert.Equal(("sqlite", "sqlite", false), (StoreAddress.Parse("sqlite").ToString(), StoreAddress.Sqlite.Kind, StoreAddress.Sqlite.IsShared));
    }

    [Theory]
    [InlineData("postgresql://sweep@db.example.org/results", "postgresql://sweep@db.example.org/results")]
    [InlineData("postgres://sweep@db.example.org:6432/results?sslmode=require", "postgresql://sweep@db.example.org:6432/results")]
    [InlineData("postgresql://127.0.0.1/results", "postgresql://pg%20user@127.0.0.1/results")]
    [InlineData("postgresql://s%40x@[::1]:5433/a%2Fb?schema=mine", "postgresql://s%40x@[::1]:5433/a%2Fb")]
    [InlineData("postgresql:///results?host=/var/run/postgresql", "postgresql://pg%20user@/results")]
    public void An_address_is_shown_without_its_options(string text, string shown)
    {
        StoreAddress address = StoreAddress.Parse(text, key => key == "PGUSER" ? "pg user" : null);

        Assert.Equal((shown, "postgresql", true), (address.ToString(), address.Kind, address.IsShared));
    }

    [Theory]
    [InlineData("postgresql://sweep:hunter2@localhost/results", "leave it out")]
    [InlineData("postgresql://sweep@localhost/results?password=hunter2", "leave it out")]
    [InlineData("postgresql://sweep:hunter2@[::1/results", "cannot be read")]
    [InlineData("postgresql://sweep@localhost/results?sslmod=hunter2", "'sslmod' is no option of a store's address: did you mean 'sslmode'?")]
    [InlineData("mysql://sweep:hunter2@localhost/results", "neither 'sqlite' nor")]
    [InlineData("hunter2", "neither 'sqlite' nor")]
    [InlineData("", "neither 'sqlite' nor")]
    [InlineData("postgresql://localhost/results", "names no user")]
    [InlineData("postgresql://sweep@localhost", "names no database")]
    [InlineData("postgresql:///results", "names no host")]
    [InlineData("postgresql://sweep@localhost/results?sslmode=allow", "'allow' is no sslmode: there are disable, prefer")]
    [InlineData("postgresql://sweep@localhost/results?schema=a;drop", "cannot name a schema")]
    [InlineData("postgresql://sweep@localhost/results?schema=1a", "cannot name a schema")]
    [InlineData("postgresql://sweep@localhost/results?passfile=/no/such", "is not there")]
    [InlineData("postgresql://sweep@db/results?sslrootcert=/no/such", "is not there")]
    [InlineData("postgresql://sweep@db/results?sslmode=require&sslrootcert=/etc/hostname", "only with sslmode=verify-ca")]
    public void What_is_wrong_is_one_sentence_without_the_secret(string text, string because)
    {
        var error = Assert.Throws<StoreAddressException>(() => StoreAddress.Parse(text, _ => null));

        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("prefer")]
    public void Nothing_goes_to_another_machine_in_the_clear_unless_that_is_said(string mode)
    {
        string text = $"postgresql://sweep@10.0.0.7/results?sslmode={mode}";

        var error = Assert.Throws<StoreAddressException>(() => StoreAddress.Parse(text, _ => null));

        Assert.Contains("in the clear: use verify-full, or add plaintext=allowed", error.Message, StringComparison.Ordinal);
        Assert.Equal(mode, StoreAddress.Parse(text + "&plaintext=allowed", _ => null).Postgres!.SslMode);
    }

    [Theory]
    [InlineData("localhost", "prefer")]
    [InlineData("127.0.0.3", "prefer")]
    [InlineData("[::1]", "prefer")]
    [InlineData("localhost.example.org", "verify-full")]
    [InlineData("10.0.0.7", "verify-full")]
    public void Without_a_mode_other_machines_are_verified(string host, string mode) =>
        Assert.Equal(mode, StoreAddress.Parse($"postgresql://sweep@{host}/results", _ => null).Postgres!.SslMode);

    [Fact]
    public void No_connection_string_holds_the_password()
    {
        using NpgsqlDataSource source = StoreAddress.Parse("postgresql://sweep@localhost/results", key => key == "PGPASSWORD" ? "hunter2" : null)
            .Postgres!.NewSource("test", 1);

        Assert.DoesNotContain("hunter2", source.ConnectionString, StringComparison.Ordinal);
    }
}
