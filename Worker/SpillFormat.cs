using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// Results on their way to the store as a file: eight bytes of a name, then records. A record is a length (4 B,
/// little-endian), as many bytes, and the first 8 B of the SHA-256 of both. The first record names the campaign (JSON),
/// each further one is a grain (<see cref="BlockCodec"/>, with all observables). What is torn or damaged is left out.
/// </summary>
internal static class SpillFormat
{
    private const int LengthSize = 4, SumSize = 8;

    private static ReadOnlySpan<byte> Name => "CSSPILL1"u8;

    /// <summary>Writes grains of one campaign.</summary>
    public static byte[] Write(CampaignRecord campaign, IReadOnlyList<GrainResult> grains)
    {
        using var file = new MemoryStream();
        file.Write(Name);
        GrainLayout layout = campaign.Layout;
        WriteRecord(file, JsonSerializer.SerializeToUtf8Bytes(new Head(
            campaign.Id.Value, campaign.Identity, layout.Points, layout.Replicates, layout.PointsPerGrain, layout.ReplicatesPerGrain, campaign.Keep, campaign.Removals)));
        foreach (GrainResult grain in grains)
        {
            WriteRecord(file, BlockCodec.Encode(grain));
        }

        return file.ToArray();
    }

    /// <summary>Reads what is whole.</summary>
    /// <param name="file">What <see cref="Write"/> returned, or any other bytes.</param>
    public static SpilledGrains Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Name))
        {
            return new(null, [], IsDamaged: true);
        }

        int at = Name.Length;
        if (!TryReadRecord(file, ref at, out ReadOnlySpan<byte> head) || ReadHead(head) is not { } campaign)
        {
            return new(null, [], IsDamaged: true);
        }

        var grains = new List<GrainResult>();
        while (at < file.Length)
        {
            // After a record that is not whole nothing tells where the next one begins.
            if (!TryReadRecord(file, ref at, out ReadOnlySpan<byte> block) || !TryDecode(block, out GrainResult? grain))
            {
                return new(campaign, grains, IsDamaged: true);
            }

            grains.Add(grain!);
        }

        return new(campaign, grains, IsDamaged: false);
    }

    private static void WriteRecord(MemoryStream file, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[LengthSize], sum = stackalloc byte[SumSize];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        CheckSum(length, bytes, sum);
        file.Write(length);
        file.Write(bytes);
        file.Write(sum);
    }

    private static bool TryReadRecord(ReadOnlySpan<byte> file, ref int at, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        ReadOnlySpan<byte> rest = file[at..];
        if (rest.Length < LengthSize + SumSize)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length < 0 || length > rest.Length - LengthSize - SumSize)
        {
            return false;
        }

        Span<byte> sum = stackalloc byte[SumSize];
        bytes = rest.Slice(LengthSize, length);
        CheckSum(rest[..LengthSize], bytes, sum);
        at += LengthSize + length + SumSize;
        return sum.SequenceEqual(rest.Slice(LengthSize + length, SumSize));
    }

    private static CampaignRecord? ReadHead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(json) is { } head
                ? new CampaignRecord(
                    new CampaignId(head.Id), head.Identity, "",
                    new GrainLayout(head.Points, head.Replicates, head.PointsPerGrain, head.ReplicatesPerGrain),
                    CampaignStatus.Running, [], 0, DateTimeOffset.UnixEpoch)
                {
                    Keep = head.Keep,
                    Removals = head.Removals,
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryDecode(ReadOnlySpan<byte> block, out GrainResult? grain)
    {
        try
        {
            grain = BlockCodec.Decode(block);
            return true;
        }
        catch (DamagedBlockException)
        {
            grain = null;
            return false;
        }
    }

    private static void CheckSum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> bytes, Span<byte> sum)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(length);
        hash.AppendData(bytes);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..SumSize].CopyTo(sum);
    }

    private sealed record Head(
        string Id, string Identity, long Points, int Replicates, int PointsPerGrain, int ReplicatesPerGrain, Keep Keep, long Removals);
}
