using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>Tests that have a server of one worker and a browser to themselves.</summary>
public abstract class OwnServerTests : IAsyncLifetime
{
    private protected Server Server { get; } = new("--workers", "1");

    private protected Browser Browser { get; } = new();

    public Task InitializeAsync() => Browser.InitializeAsync();

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        Server.Dispose();
    }
}
