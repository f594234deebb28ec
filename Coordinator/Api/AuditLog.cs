using System.Security.Claims;
using System.Text.Json;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Who did what: a line a deed in the file <c>audit.jsonl</c> of the node's data folder, the latest ones in memory. Thread-safe.
/// </summary>
internal sealed class AuditLog
{
    private const string Name = "audit.jsonl", Server = "server";
    private const int MostKept = 2000;
    private readonly Lock _lock = new();
    private readonly LinkedList<AuditEntry> _latest = [];
    private readonly string _file;

    /// <summary>Reads what is there, and notes that the server began.</summary>
    public AuditLog(string dataFolder)
    {
        _file = Path.Combine(dataFolder, Name);
        if (File.Exists(_file))
        {
            foreach (string line in File.ReadLines(_file).TakeLast(MostKept))
            {
                if (Read(line) is { } entry)
                {
                    _latest.AddFirst(entry);
                }
            }
        }

        Add(new(DateTimeOffset.UtcNow, Server, "", $"started, version {FrontDoor.Version}", null, 0, ""));
    }

    /// <summary>The latest entries, latest first.</summary>
    public IReadOnlyList<AuditEntry> Latest(int limit)
    {
        lock (_lock)
        {
            return [.. _latest.Take(limit)];
        }
    }

    /// <summary>Middleware: notes every request under <c>/api</c> of somebody known that is to change something, however it ends.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        HttpRequest request = context.Request;
        if (!request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out PathString rest)
            || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || rest == "/validate"
            || context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            return;
        }

        string[] parts = rest.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool isBulk = parts is ["campaigns", "bulk"];

        // What became of each of many is noted one by one.
        if (!isBulk || context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            string? campaign = !isBulk && parts is ["campaigns", { } id, ..] ? id
                : context.Response.Headers.Location.ToString() is { Length: > 0 } made ? made[(made.LastIndexOf('/') + 1)..] : null;
            string what = parts switch
            {
                ["campaigns"] => "submit",
                ["campaigns", "bulk"] => "bulk",
                ["campaigns", _] => "delete",
                ["campaigns", _, { } verb, ..] => verb,
                ["workers", { } worker, { } verb] => $"{verb} {worker}",
                _ => $"{request.Method} {rest}",
            };
            Write(context, context.User, what, campaign, context.Response.StatusCode);
        }
    }

    /// <summary>Notes a deed.</summary>
    public void Write(HttpContext context, ClaimsPrincipal who, string what, string? campaign, int status) => Add(new(
        DateTimeOffset.UtcNow, who.Identity?.Name ?? "unknown", who.FindFirst(ClaimTypes.Role)?.Value ?? "", what, campaign, status,
        context.Connection.RemoteIpAddress?.ToString() ?? ""));

    private static AuditEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, JsonForm.Options);
        }
        catch (JsonException)
        {
            // The last line of a process that was killed while it wrote.
            return null;
        }
    }

    private void Add(AuditEntry entry)
    {
        lock (_lock)
        {
            _latest.AddFirst(entry);
            while (_latest.Count > MostKept)
            {
                _latest.RemoveLast();
            }

            try
            {
                File.AppendAllText(_file, JsonForm.Of(entry) + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Serilog.Log.Error(e, "The audit log cannot be written: {Who} {What} {Campaign} {Status}", entry.Who, entry.What, entry.Campaign, entry.Status);
            }
        }
    }
}
