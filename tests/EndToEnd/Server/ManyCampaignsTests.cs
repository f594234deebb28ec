using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Tags, notes and priorities of campaigns, changes of many at once, and tables of a part of a map.</summary>
public sealed class ManyCampaignsTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task What_is_said_of_a_campaign_outlives_a_restart_and_the_command_line_tells_it()
    {
        string id;
        using (var server = new ServerProcess(_box))
        {
            id = _box.Run("submit", _box.WriteSpec(), "--json").Json.GetProperty("campaign").GetString()!;
            JsonElement said = await PutAsync(server, $"/api/campaigns/{id}/label", new { tags = new[] { "fig-3", "fig-3", "µ" }, note = "first try" }, 200);
            Assert.Equal(["fig-3", "µ"], said.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()), StringComparer.Ordinal);

            // What is not given stays; what is wrong changes nothing.
            await PutAsync(server, $"/api/campaigns/{id}/label", new { note = "second try" }, 200);
            await PutAsync(server, $"/api/campaigns/{id}/label", new { tags = new[] { "two words" } }, 400);
            await PutAsync(server, $"/api/campaigns/{id}/label", new { color = "red" }, 400);
            await PutAsync(server, "/api/campaigns/nothing/label", new { note = "" }, 404);

            // Two that change different things at the same time lose nothing of each other.
            for (int i = 0; i < 20; i++)
            {
                string tag = $"try-{i}", note = $"note {i}";
                await Task.WhenAll(PutAsync(server, $"/api/campaigns/{id}/label", new { tags = new[] { tag } }, 200), PutAsync(server, $"/api/campaigns/{id}/label", new { note }, 200));
                JsonElement both = await server.GetAsync($"/api/campaigns/{id}");
                Assert.Equal((tag, note), (both.GetProperty("tags")[0].GetString(), both.GetProperty("note").GetString()));
            }

            JsonElement labelled = _box.Run("label", id, "--tag", "fig-3", "--tag", "µ", "--note", "second try", "--priority", "2", "--json").Json;
            Assert.Equal("second try", labelled.GetProperty("note").GetString());
            _box.Run("watch", id, "--json");
            server.Terminate();
        }

        JsonElement kept = _box.Run("status", id, "--json").Json;
        Assert.Equal(("second try", 2), (kept.GetProperty("note").GetString(), kept.GetProperty("tags").GetArrayLength()));
        Assert.Contains("#fig-3 #µ  second try", _box.Run("status", id).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_are_changed_by_one_request_and_each_is_answered_and_noted()
    {
        using var server = new ServerProcess(_box, "--workers", "1");
        string[] ids =
        [
            .. new[] { 2, 3 }.Select(replicates => _box.Run("submit", _box.WriteSpec(replicates: replicates, cost: 0.5), "--json")
                .Json.GetProperty("campaign").GetString()!),
        ];
        JsonElement[] paused = await BulkAsync(server, "pause", [.. ids, "nothing"], 200);
        Assert.Equal(["paused", "paused", null], paused.Select(one => one.GetProperty("state").GetString()), StringComparer.Ordinal);
        Assert.Contains("nothing", paused[2].GetProperty("problem").GetString(), StringComparison.Ordinal);

        JsonElement first = await PutAsync(server, $"/api/campaigns/{ids[0]}/priority", new { priority = 3 }, 200);
        Assert.Equal(3, first.GetProperty("priority").GetInt32());
        await PutAsync(server, $"/api/campaigns/{ids[0]}/priority", new { priority = 11 }, 400);

        await BulkAsync(server, "explode", ids, 400);
        await BulkAsync(server, "pause", [], 400);
        Assert.Equal(["deleted", "deleted"], (await BulkAsync(server, "delete", ids, 200)).Select(one => one.GetProperty("state").GetString()), StringComparer.Ordinal);
        Assert.Equal(0, (await server.GetAsync("/api/campaigns")).GetArrayLength());
        JsonElement[] deeds = [.. (await server.GetAsync("/api/audit")).EnumerateArray()];
        Assert.Equal(
            [.. ids.Order(StringComparer.Ordinal)],
            deeds.Where(deed => deed.GetProperty("what").GetString() == "delete").Select(deed => deed.GetProperty("campaign").GetString()).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains(deeds, deed => deed.GetProperty("campaign").GetString() == "nothing" && deed.GetProperty("status").GetInt32() == 409);
    }

    [Fact]
    public async Task A_table_has_the_part_of_the_map_that_was_asked_for()
    {
        using var server = new ServerProcess(_box);
        string id = _box.Run("submit", _box.WriteSpec(), "--json").Json.GetProperty("campaign").GetString()!;
        _box.Run("watch", id, "--json");
        string table = $"/api/campaigns/{id}/diagram/table?xFrom=2&xTo=4&yFrom=2.5&yTo=3.5";
        string[] rows = (await server.Client.GetStringAsync(table)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // Wave where x > y.
        Assert.Equal(["x [1],y [1],P(wave) [1]", "2,2.5,0", "3,2.5,1", "4,2.5,1", "2,3.5,0", "3,3.5,0", "4,3.5,1"], rows);
        Assert.Contains("4,3.5,wave\n", await server.Client.GetStringAsync(table + "&show=outcome"), StringComparison.Ordinal);
        Assert.Contains("4,3.5,0\n", await server.Client.GetStringAsync(table + $"&minus={id}"), StringComparison.Ordinal);
        byte[] parquet = await server.Client.GetByteArrayAsync(table + "&format=parquet");
        Assert.Equal("PAR1PAR1"u8, (byte[])[.. parquet[..4], .. parquet[^4..]]);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync(table + "&format=xlsx")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync(table + $"&show=outcome&minus={id}")).StatusCode);
    }

    private static async Task<JsonElement> PutAsync(ServerProcess server, string path, object body, int status)
    {
        using HttpResponseMessage answer = await server.Client.PutAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    private static async Task<JsonElement[]> BulkAsync(ServerProcess server, string change, string[] campaigns, int status)
    {
        using HttpResponseMessage answer = await server.Client.PostAsJsonAsync("/api/campaigns/bulk", new { change, campaigns });
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{answer.StatusCode} {text}");
        return status == 200 ? [.. JsonDocument.Parse(text).RootElement.EnumerateArray()] : [];
    }
}
