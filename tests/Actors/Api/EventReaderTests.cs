using System.Runtime.CompilerServices;
using System.Text;
using CalciumSweep.Coordinator.Api;
using Xunit;

namespace CalciumSweep.Actors.Api;

/// <summary>What a reader of events costs who reads nothing.</summary>
public sealed class EventReaderTests
{
    // As many as come in five minutes of campaigns that change all the time.
    private const int Changes = 4 * 300;

    [Fact]
    public async Task A_reader_that_takes_nothing_holds_the_latest_event_of_each_campaign_alone()
    {
        using var reader = new EventReader(null);
        WeakReference[] older = Publish(reader, "a", "b", "c");
        GC.Collect();
        Assert.DoesNotContain(older, text => text.IsAlive);
        Assert.Equal(
            [$"a {Changes}", $"b {Changes}", $"c {Changes}"],
            (await reader.TakeAsync(TimeSpan.Zero, CancellationToken.None)).Select(text => Encoding.UTF8.GetString(text.Span)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(await reader.TakeAsync(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_reader_of_one_campaign_hears_of_no_other()
    {
        using var reader = new EventReader("a");
        reader.Publish("b", "b"u8.ToArray());
        Assert.Empty(await reader.TakeAsync(TimeSpan.Zero, CancellationToken.None));
        reader.Publish("a", "a"u8.ToArray());
        Assert.Equal("a"u8.ToArray(), Assert.Single(await reader.TakeAsync(TimeSpan.Zero, CancellationToken.None)).ToArray());
    }

    /// <returns>All but the last of each campaign.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Publish(EventReader reader, params string[] campaigns)
    {
        var older = new List<WeakReference>();
        for (int i = 1; i <= Changes; i++)
        {
            foreach (string campaign in campaigns)
            {
                byte[] text = Encoding.UTF8.GetBytes($"{campaign} {i}");
                reader.Publish(campaign, text);
                if (i < Changes)
                {
                    older.Add(new WeakReference(text));
                }
            }
        }

        return [.. older];
    }
}
