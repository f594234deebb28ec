using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace CalciumSweep.Shared.Results;

/// <summary>
/// A finished grain as bytes: column by column, compressed, with a checksum over everything. Bits survive the round
/// trip, those of a NaN too.
/// <code>
/// version 1 B │ columns 1 B (1: with observables) │ grain 8 B │ simulations 4 B │ observables 4 B │ core seconds 8 B │
/// length of the columns 4 B │ columns, Brotli │ first 8 B of the SHA-256 of all before
/// </code>
/// Numbers are little-endian. The columns are written by <see cref="BlockColumns"/>.
/// </summary>
public static class BlockCodec
{
    /// <summary>The format that is written.</summary>
    public const byte Version = 1;

    private const int HeadSize = 30;
    private const int SumSize = 8;

    // Measured on 4,096 simulations with two observables: 0.03–0.05 µs a simulation, and smaller than deflate's
    // fastest at half its time; the next quality doubles the time for 1 %.
    private const int Quality = 1;
    private const int Window = 18;

    /// <summary>Writes a grain.</summary>
    /// <param name="grain">The grain; its lists have one entry a simulation.</param>
    /// <param name="keepObservables">False drops the observables' values.</param>
    public static byte[] Encode(GrainResult grain, bool keepObservables = true)
    {
        int count = grain.Outcomes.Count;
        int observables = count == 0 ? 0 : grain.Observables.Length / count;
        if (grain.Steps.Length != count || grain.Observables.Length != count * observables)
        {
            throw new ArgumentException(
                $"Grain {grain.Grain} has {count} outcomes, {grain.Steps.Length} steps, {grain.Observables.Length} observables.", nameof(grain));
        }

        byte[] columns = ArrayPool<byte>.Shared.Rent(BlockColumns.MaxSize(grain, keepObservables));
        int length = BlockColumns.Write(grain, keepObservables ? observables : 0, columns);
        int most = BrotliEncoder.GetMaxCompressedLength(length);
        byte[] block = ArrayPool<byte>.Shared.Rent(HeadSize + most + SumSize);
        try
        {
            WriteHead(block, grain, keepObservables, observables, length);
            if (!BrotliEncoder.TryCompress(columns.AsSpan(0, length), block.AsSpan(HeadSize, most), out int packed, Quality, Window))
            {
                throw new InvalidOperationException($"{length} bytes do not fit into {most} when compressed.");
            }

            int end = HeadSize + packed;
            CheckSum(block.AsSpan(0, end), block.AsSpan(end, SumSize));
            return block.AsSpan(0, end + SumSize).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Reads a grain; one written without observables comes back with an empty array of them.</summary>
    /// <param name="block">What <see cref="Encode"/> returned.</param>
    /// <exception cref="DamagedBlockException">The bytes are not what was written, or a newer version wrote them.</exception>
    public static GrainResult Decode(ReadOnlySpan<byte> block)
    {
        Span<byte> sum = stackalloc byte[SumSize];
        if (block.Length < HeadSize + SumSize)
        {
            throw new DamagedBlockException($"A block of {block.Length} bytes is too short to be a grain.");
        }

        CheckSum(block[..^SumSize], sum);
        if (!sum.SequenceEqual(block[^SumSize..]))
        {
            throw new DamagedBlockException("The checksum of a block is wrong: its bytes changed since they were written.");
        }

        if (block[0] != Version)
        {
            throw new DamagedBlockException($"A block is of format {block[0]}; this version of CalciumSweep reads format {Version}.");
        }

        try
        {
            return DecodeChecked(block[..^SumSize]);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new DamagedBlockException("The columns of a block do not agree with its head.", e);
        }
    }

    private static GrainResult DecodeChecked(ReadOnlySpan<byte> block)
    {
        bool withObservables = block[1] != 0;
        long grain = BinaryPrimitives.ReadInt64LittleEndian(block[2..]);
        int count = BinaryPrimitives.ReadInt32LittleEndian(block[10..]);
        int observables = BinaryPrimitives.ReadInt32LittleEndian(block[14..]);
        double seconds = BinaryPrimitives.ReadDoubleLittleEndian(block[18..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(block[26..]);
        byte[] columns = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (!BrotliDecoder.TryDecompress(block[HeadSize..], columns, out int written) || written != length)
            {
                throw new DamagedBlockException("The columns of a block cannot be decompressed.");
            }

            return BlockColumns.Read(columns.AsSpan(0, length), grain, count, withObservables ? observables : 0, seconds);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
        }
    }

    private static void WriteHead(Span<byte> block, GrainResult grain, bool withObservables, int observables, int length)
    {
        block[0] = Version;
        block[1] = withObservables ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(block[2..], grain.Grain);
        BinaryPrimitives.WriteInt32LittleEndian(block[10..], grain.Outcomes.Count);
        BinaryPrimitives.WriteInt32LittleEndian(block[14..], observables);
        BinaryPrimitives.WriteDoubleLittleEndian(block[18..], grain.CoreSeconds);
        BinaryPrimitives.WriteInt32LittleEndian(block[26..], length);
    }

    private static void CheckSum(ReadOnlySpan<byte> bytes, Span<byte> sum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[..SumSize].CopyTo(sum);
    }
}
