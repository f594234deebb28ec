using System.Net;

namespace CalciumSweep.Coordinator.Api;

/// <summary>At most ten wrong tokens a minute from one address. Thread-safe; of bounded size.</summary>
internal sealed class SignInLimit
{
    private const int MostWrong = 10, MostAddresses = 10_000;
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Since, int Wrong)> _wrong = new(StringComparer.Ordinal);

    /// <summary>True if the address may try.</summary>
    public bool MayTry(IPAddress? address)
    {
        lock (_lock)
        {
            return !_wrong.TryGetValue(Name(address), out (long Since, int Wrong) known) || known.Wrong < MostWrong || IsOver(known.Since);
        }
    }

    /// <summary>It tried in vain.</summary>
    public void WasWrong(IPAddress? address)
    {
        lock (_lock)
        {
            if (_wrong.Count >= MostAddresses)
            {
                // All are forgotten rather than none taken up: whoever has so many addresses is not stopped by this.
                _wrong.Clear();
            }

            string name = Name(address);
            _wrong[name] = _wrong.TryGetValue(name, out (long Since, int Wrong) known) && !IsOver(known.Since)
                ? (known.Since, known.Wrong + 1) : (TimeProvider.System.GetTimestamp(), 1);
        }
    }

    private static bool IsOver(long since) => TimeProvider.System.GetElapsedTime(since) > _window;

    private static string Name(IPAddress? address) => address?.ToString() ?? "";
}
