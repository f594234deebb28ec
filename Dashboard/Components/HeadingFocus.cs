using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CalciumSweep.Dashboard.Components;

/// <summary>
/// Moves the focus to the heading when another page is shown, so that a screen reader begins there; never from an element of that page
/// that the user is already in, and not when the first page comes alive.
/// </summary>
public sealed class HeadingFocus : ComponentBase
{
    private Type? _shown;
    private bool _isWanted;

    /// <summary>The page that is shown.</summary>
    [Parameter]
    [EditorRequired]
    public RouteData RouteData { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _isWanted |= _shown is not null && _shown != RouteData.PageType;
        _shown = RouteData.PageType;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isWanted)
        {
            _isWanted = false;
            await Script.InvokeVoidAsync("calciumsweep.focusHeading").ConfigureAwait(true);
        }
    }
}
