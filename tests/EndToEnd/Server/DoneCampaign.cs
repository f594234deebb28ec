using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>A server with one campaign that is done, for tests that only read.</summary>
public sealed class DoneCampaign : IDisposable
{
    public const string ViewerToken = "token-of-a-viewer";

    public DoneCampaign()
        : this([])
    {
    }

    internal DoneCampaign(params IEnumerable<string> arguments)
    {
        Server = new ServerProcess(Box, ["--tokens", $"vera:viewer:{ViewerToken}", .. arguments]);
        Box.Run("submit", Box.WriteSpec(), "--json");
        Status = Box.Run("watch", "diagonal", "--json").Json;
    }

    public Sandbox Box { get; } = new();

    public ServerProcess Server { get; }

    public JsonElement Status { get; }

    public string Id => Status.GetProperty("campaign").GetString()!;

    public void Dispose()
    {
        Server.Dispose();
        Box.Dispose();
    }
}
