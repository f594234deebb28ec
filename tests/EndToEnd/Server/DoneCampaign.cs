using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>A server with one campaign that is done, for tests that only read.</summary>
public class DoneCampaign : IDisposable
{
    public const string ViewerToken = "token-of-a-viewer";

    public DoneCampaign()
        : this([])
    {
    }

    protected DoneCampaign(params IEnumerable<string> arguments)
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
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        Server.Dispose();
        Box.Dispose();
    }
}
