using System.Buffers.Binary;
using System.Text;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Results;

/// <summary>
/// The columns of a block, before compression: outcomes (1 B each, 255 = quarantined), number of reasons and each
/// reason (position, length, UTF-8), steps, and the observables' bits, one observable after the other. Counts, positions
/// and steps are variable-length numbers of 7 bits a byte.
/// </summary>
internal static class BlockColumns
{
    private const byte Quarantined = 255;
    private const int MaxVarint = 10;

    /// <summary>Bytes that the columns need at most.</summary>
    public static int MaxSize(GrainResult grain, bool withObservables)
    {
        int size = checked((grain.Outcomes.Count * (1 + MaxVarint)) + MaxVarint
            + (withObservables ? grain.Observables.Length * sizeof(double) : 0));
        foreach (string reason in grain.Reasons.Values)
        {
            size = checked(size + (2 * MaxVarint) + Encoding.UTF8.GetByteCount(reason));
        }

        return size;
    }

    /// <summary>Writes all columns and returns their length.</summary>
    public static int Write(GrainResult grain, int observables, Span<byte> to)
    {
        int count = grain.Outcomes.Count;
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            to[at++] = grain.Outcomes[i] is { } outcome ? (byte)outcome : Quarantined;
        }

        WriteVarint(to, ref at, (ulong)grain.Reasons.Count);
        foreach (var (position, reason) in grain.Reasons.OrderBy(pair => pair.Key))
        {
            WriteVarint(to, ref at, (ulong)position);
            WriteVarint(to, ref at, (ulong)Encoding.UTF8.GetByteCount(reason));
            at += Encoding.UTF8.GetBytes(reason, to[at..]);
        }

        foreach (long steps in grain.Steps)
        {
            WriteVarint(to, ref at, (ulong)steps);
        }

        for (int k = 0; k < observables; k++)
        {
            for (int i = 0; i < count; i++, at += sizeof(double))
            {
                BinaryPrimitives.WriteDoubleLittleEndian(to[at..], grain.Observables[(i * observables) + k]);
            }
        }

        return at;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="ArgumentException">The bytes do not hold these columns (also IndexOutOfRangeException).</exception>
    public static GrainResult Read(ReadOnlySpan<byte> from, long grain, int count, int observables, double coreSeconds)
    {
        int at = 0;
        Outcome?[] outcomes = ReadOutcomes(from, ref at, count);
        var reasons = new Dictionary<int, string>();
        for (int n = checked((int)ReadVarint(from, ref at)); n > 0; n--)
        {
            int position = checked((int)ReadVarint(from, ref at));
            int length = checked((int)ReadVarint(from, ref at));
            reasons.Add(position, Encoding.UTF8.GetString(from.Slice(at, length)));
            at += length;
        }

        var steps = new long[count];
        for (int i = 0; i < count; i++)
        {
            steps[i] = (long)ReadVarint(from, ref at);
        }

        var values = new double[checked(count * observables)];
        for (int k = 0; k < observables; k++)
        {
            for (int i = 0; i < count; i++, at += sizeof(double))
            {
                values[(i * observables) + k] = BinaryPrimitives.ReadDoubleLittleEndian(from[at..]);
            }
        }

        return at == from.Length
            ? new(grain, outcomes, reasons, values, steps, coreSeconds)
            : throw new ArgumentException($"{from.Length - at} bytes are left over.", nameof(from));
    }

    private static Outcome?[] ReadOutcomes(ReadOnlySpan<byte> from, ref int at, int count)
    {
        var outcomes = new Outcome?[count];
        foreach (byte code in from[..count])
        {
            outcomes[at++] = code switch
            {
                Quarantined => null,
                <= (byte)Outcome.Failed => (Outcome)code,
                _ => throw new ArgumentException($"{code} is not an outcome.", nameof(from)),
            };
        }

        return outcomes;
    }

    private static void WriteVarint(Span<byte> to, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to[at++] = (byte)(value | 0x80);
        }

        to[at++] = (byte)value;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = from[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
