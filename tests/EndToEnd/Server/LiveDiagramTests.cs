using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Maps as bytes while a campaign runs: deltas, tiles, tags, thumbnails; and simulations computed anew.</summary>
public sealed class LiveDiagramTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public async Task Deltas_taken_while_it_runs_add_up_to_the_whole_map()
    {
        using var server = new ServerProcess(_box, "--workers", "1");
        string id = Submit(_box.WriteSpec(replicates: 4, cost: 0.01));
        byte[] cells = [];
        string version = "";
        int deltas = 0;
        while (true)
        {
            bool isDone = (await server.GetAsync($"/api/campaigns/{id}")).GetProperty("state").GetString() == "completed";
            using HttpResponseMessage answer = await server.Client.GetAsync($"/api/campaigns/{id}/diagram?format=bytes&since={version}");
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync();
            version = answer.Headers.GetValues("Diagram-Version").Single();
            if (answer.Headers.Contains("Diagram-Delta"))
            {
                deltas++;
                for (int i = 0; i < bytes.Length; i += 5)
                {
                    cells[BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i))] = bytes[i + 4];
                }
            }
            else
            {
                cells = bytes;
            }

            if (isDone)
            {
                break;
            }

            await Task.Delay(150);
        }

        // What is read is at most 0.2 s old: once more, after that.
        await Task.Delay(300);
        byte[] whole = await server.Client.GetByteArrayAsync($"/api/campaigns/{id}/diagram?format=bytes");
        Assert.Equal(Enumerable.Range(0, 8 * 12).Select(i => (byte)(i % 12 > (i / 12) + 0.5 ? 255 : 1)), whole);
        using HttpResponseMessage last = await server.Client.GetAsync($"/api/campaigns/{id}/diagram?format=bytes&since={version}");
        if (last.Headers.Contains("Diagram-Delta"))
        {
            byte[] rest = await last.Content.ReadAsByteArrayAsync();
            for (int i = 0; i < rest.Length; i += 5)
            {
                cells[BinaryPrimitives.ReadInt32LittleEndian(rest.AsSpan(i))] = rest[i + 4];
            }

            Assert.Equal(whole, cells);
        }

        Assert.True(deltas > 0);
    }

    [Fact]
    public async Task Classes_tiles_thumbnail_and_tags()
    {
        using var server = new ServerProcess(_box);
        string id = Submit(_box.WriteSpec());
        _box.Run("watch", id, "--json");
        string path = $"/api/campaigns/{id}/diagram";
        using HttpResponseMessage map = await server.Client.GetAsync($"{path}?format=bytes&show=outcome");
        string[] classes = map.Headers.GetValues("Diagram-Classes").Single().Split(',');
        byte[] cells = await map.Content.ReadAsByteArrayAsync();
        Assert.Equal(("quiescent", "wave"), (classes[cells[12] - 1], classes[cells[11] - 1]));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"{path}?format=bytes&show=outcome");
        again.Headers.IfNoneMatch.Add(map.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await server.Client.SendAsync(again)).StatusCode);

        using HttpResponseMessage half = await server.Client.GetAsync($"{path}/tiles/1/0/0?show=pWave");
        Assert.Equal(("6", "4"), (half.Headers.GetValues("Diagram-Width").Single(), half.Headers.GetValues("Diagram-Height").Single()));

        // The mean of four cells, each 1 or 255, rounded: x = 2, 3 over y = 0.5 … 1.5 are waves, 0 and 1 are none but (1, 0.5).
        byte[] tile = await half.Content.ReadAsByteArrayAsync();
        Assert.Equal((65, 255), (tile[0], tile[1]));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await server.Client.GetByteArrayAsync($"/api/campaigns/{id}/thumbnail"))[..4]);
        JsonElement boundary = await server.GetAsync($"{path}/boundary");
        Assert.True(boundary.GetProperty("middle").GetArrayLength() >= 7);
    }

    [Fact]
    public async Task A_simulation_computed_anew_is_the_stored_one_bit_for_bit()
    {
        using var server = new ServerProcess(_box);
        string id = Submit(_box.Write("waves.yaml", """
            name: waves
            scenario: site-line
            set: { mesh.dx: 0.4 µm, sites.count: 12 }
            axes:
              - { parameter: sites.spacing, from: 1 µm, to: 3 µm, points: 3 }
              - { parameter: release.gain, from: 0.5, to: 2, points: 3, scale: log }
            replicates: 2
            """));
        _box.Run("watch", id, "--json");
        for (int point = 0; point < 9; point++)
        {
            JsonElement trace = await server.GetAsync($"/api/campaigns/{id}/points/{point}/trace?replicate={point % 2}");
            Assert.True(trace.GetProperty("same").GetBoolean());
            Assert.Equal(trace.GetProperty("times").GetArrayLength(), trace.GetProperty("values").GetArrayLength());
            Assert.Contains(trace.GetProperty("columns").EnumerateArray(), c => c.GetProperty("position").ValueKind == JsonValueKind.Number);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/campaigns/{id}/points/0/trace?replicate=2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/campaigns/{id}/points/9/trace")).StatusCode);
    }

    [Fact]
    public async Task Every_template_is_a_spec_that_holds()
    {
        using var server = new ServerProcess(_box);
        foreach (JsonElement scenario in (await server.GetAsync("/api/scenarios")).EnumerateArray())
        {
            string name = scenario.GetProperty("name").GetString()!;
            string file = _box.Write($"{name}.yaml", await server.Client.GetStringAsync($"/api/scenarios/{name}/template"));
            Shared.Spec.SpecReader.Read(file);
        }
    }

    public void Dispose() => _box.Dispose();

    private string Submit(string spec) => _box.Run("submit", spec, "--json").Json.GetProperty("campaign").GetString()!;
}
