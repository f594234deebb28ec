using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>A server with one campaign that is done, whose people come from a provider too.</summary>
public sealed class CampaignWithProvider : IAsyncLifetime, IDisposable
{
    private readonly RSA _foreign = RSA.Create(2048);
    private Provider _provider = null!;
    private DoneCampaign _done = null!;

    public ServerProcess Server => _done.Server;

    public string Id => _done.Id;

    public string ViewerJwt => _provider.TokenFor("sweep-viewers");

    public string OperatorJwt => _provider.TokenFor("sweep-operators");

    /// <summary>Of somebody who has no role here.</summary>
    public string NobodysJwt => _provider.TokenFor("others");

    /// <summary>Of a provider that has other keys.</summary>
    public string ForeignJwt => _provider.Token(token => token.SigningCredentials = new(new RsaSecurityKey(_foreign), SecurityAlgorithms.RsaSha256), "admins");

    public async Task InitializeAsync()
    {
        _provider = await Provider.StartAsync();
        _done = new DoneCampaign(_provider.Options);
    }

    public async Task DisposeAsync()
    {
        _done.Dispose();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _foreign.Dispose();
}
