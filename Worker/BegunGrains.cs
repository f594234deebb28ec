using System.Globalization;
using System.Text;
using CalciumSweep.Shared;

namespace CalciumSweep.Worker;

/// <summary>
/// A file of the grains that are being computed in this process, so that the next one on the folder knows which of them
/// its predecessor died with. Written through to the operating system and no further: what ends a process leaves it, and
/// what ends the machine blames no grain. Not thread-safe.
/// </summary>
internal sealed class BegunGrains : IDisposable
{
    // A rewrite costs as much as a few lines.
    private const int LinesBeforeRewrite = 4096;

    private readonly string _path;
    private readonly HashSet<(CampaignId Id, long Grain)> _begun = [];
    private FileStream? _file;
    private int _lines;

    /// <param name="path">The file.</param>
    public BegunGrains(string path)
    {
        _path = path;
        Suspects = Read(path);

        // Those whose campaign is not opened this time stay suspect.
        _begun.UnionWith(Suspects);
        Rewrite();
    }

    /// <summary>Grains that an earlier process died with.</summary>
    public IReadOnlySet<(CampaignId Id, long Grain)> Suspects { get; }

    /// <summary>A grain is computed from now on.</summary>
    public void Begin(CampaignId id, long grain) => Note(_begun.Add((id, grain)), '+', id, grain);

    /// <summary>A grain is done, or not computed here any more.</summary>
    public void End(CampaignId id, long grain) => Note(_begun.Remove((id, grain)), '-', id, grain);

    /// <summary>The process ends in good order: nothing of it is to blame, only what was suspect before and is not done yet.</summary>
    public void Dispose()
    {
        _begun.IntersectWith(Suspects);
        Rewrite();
        _file?.Dispose();
        _file = null;
        if (_begun.Count == 0)
        {
            File.Delete(_path);
        }
    }

    private static HashSet<(CampaignId Id, long Grain)> Read(string path)
    {
        var begun = new HashSet<(CampaignId Id, long Grain)>();
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            // The last line may be torn.
            if (line.Split(' ') is [("+" or "-") and var what, var grain, var id, "."]
                && long.TryParse(grain, CultureInfo.InvariantCulture, out long number))
            {
                _ = what == "+" ? begun.Add((new(id), number)) : begun.Remove((new(id), number));
            }
        }

        return begun;
    }

    private void Note(bool isNew, char what, CampaignId id, long grain)
    {
        if (!isNew || _file is null)
        {
            return;
        }

        if (++_lines >= LinesBeforeRewrite)
        {
            Rewrite();
            return;
        }

        _file.Write(Encoding.UTF8.GetBytes(Line(what, id, grain)));
    }

    private void Rewrite()
    {
        _file ??= new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.SetLength(0);
        _file.Position = 0;
        _file.Write(Encoding.UTF8.GetBytes(string.Concat(_begun.Select(one => Line('+', one.Id, one.Grain)))));
        _lines = _begun.Count;
    }

    private static string Line(char what, CampaignId id, long grain) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {grain} {id.Value} .\n");
}
