using CalciumSweep.Client;
using CalciumSweep.Dashboard.Client;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CalciumSweep.Dashboard.Components;

/// <summary>A page that asks the API and hears what changes, at most twice a second.</summary>
public abstract class ApiPage : ComponentBase, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CampaignNews> _news = new(StringComparer.Ordinal);
    private IDisposable? _listening;
    private bool _isWaiting, _isDisposed;

    /// <summary>The API, in the name of whoever looks.</summary>
    [Inject]
    protected SweepApi Api { get; set; } = null!;

    [Inject]
    private EventStreams Streams { get; set; } = null!;

    [Inject]
    private AuthenticationStateProvider Authentication { get; set; } = null!;

    /// <summary>True if they may change something.</summary>
    protected bool IsOperator { get; private set; }

    /// <summary>What went wrong last; null if nothing.</summary>
    protected string? Problem { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends listening.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _isDisposed = true;
        _listening?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() =>
        IsOperator = (await Authentication.GetAuthenticationStateAsync().ConfigureAwait(true)).User.IsInRole(Session.Operator);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !_isDisposed)
        {
            AuthenticationState state = await Authentication.GetAuthenticationStateAsync().ConfigureAwait(true);
            _listening = Streams.Listen(Session.Cookie(state.User), Heard);
        }
    }

    /// <summary>Takes over news; on the page's own thread, before it is drawn.</summary>
    protected virtual Task HearAsync(IReadOnlyCollection<CampaignNews> news) => Task.CompletedTask;

    /// <summary>Does something that the API may refuse; the page says why.</summary>
    /// <returns>True if it was done.</returns>
    protected async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(true);
            Problem = null;
            return true;
        }
        catch (ApiProblemException e)
        {
            Problem = e.Message;
            return false;
        }
    }

    private void Heard(CampaignNews news)
    {
        lock (_lock)
        {
            _news[news.Campaign] = news;
            if (_isWaiting || _isDisposed)
            {
                return;
            }

            _isWaiting = true;
        }

        _ = InvokeAsync(DrawAsync);
    }

    private async Task DrawAsync()
    {
        CampaignNews[] news;
        lock (_lock)
        {
            news = [.. _news.Values];
            _news.Clear();
        }

        if (!_isDisposed)
        {
            await HearAsync(news).ConfigureAwait(true);
            StateHasChanged();
            await Task.Delay(_interval).ConfigureAwait(true);
        }

        lock (_lock)
        {
            _isWaiting = false;
            if (_news.Count == 0 || _isDisposed)
            {
                return;
            }

            _isWaiting = true;
        }

        await DrawAsync().ConfigureAwait(true);
    }
}
