using System.CommandLine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The options of a command that works on a server or on a data folder.</summary>
/// <param name="hasToken">False if another set of options of the same command brings the token.</param>
public sealed class ServerOptions(bool hasToken = true)
{
    private readonly Option<string?> _server = new("--server")
    {
        Description = "Server to talk to, e.g. http://127.0.0.1:8260; without it the data folder",
        HelpName = "URL",
        DefaultValueFactory = _ => CommonOptions.Setting("server"),
    };

    private readonly Option<string?> _token = NewToken();

    /// <summary>The key to an API.</summary>
    public static Option<string?> NewToken() => new("--token")
    {
        Description = "Key to the API; better in CALCIUMSWEEP_TOKEN, where others do not see it",
        HelpName = "TOKEN",
        DefaultValueFactory = _ => CommonOptions.Secret("token"),
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_server);
        if (hasToken)
        {
            command.Add(_token);
        }
    }

    /// <summary>
    /// The campaigns that are meant: those of the server that is named, else of the one that works on the data folder,
    /// else of the data folder itself.
    /// </summary>
    /// <exception cref="CommandException">The server's address is none.</exception>
    public ICampaigns Open(ParseResult parsed) => Open(parsed, parsed.GetValue(_token));

    /// <summary>The same with a token from elsewhere.</summary>
    /// <exception cref="CommandException">The server's address is none.</exception>
    public ICampaigns Open(ParseResult parsed, string? token)
    {
        string data = FrontDoor.Data(parsed);
        if (parsed.GetValue(_server) is { } address)
        {
            return new ServerCampaigns(Url(address), token ?? NodeToken.Read(data));
        }

        return ServerNote.Read(data) is { } server
            ? new ServerCampaigns(server, token ?? NodeToken.Read(data))
            : new FolderCampaigns(data, parsed.GetValue(CommonOptions.LogLevel)!);
    }

    /// <summary>The address of a server.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? new Uri(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
            : throw new CommandException($"--server {text}: an address is http://ADDRESS:PORT", "e.g. --server http://127.0.0.1:8260");
}
