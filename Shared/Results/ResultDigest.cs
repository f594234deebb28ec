using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Results;

/// <summary>
/// Order-free digest of results: the sum mod 2²⁵⁶ of the SHA-256 of each simulation's result bits. Neither the order of
/// the work, nor how it was cut, nor a retry can change it; a result that is missing, doubled or off by one bit does.
/// Steps and core time do not enter. Immutable.
/// </summary>
/// <param name="A">Bits 0–63 of the sum.</param>
/// <param name="B">Bits 64–127.</param>
/// <param name="C">Bits 128–191.</param>
/// <param name="D">Bits 192–255.</param>
public readonly record struct ResultDigest(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Length of the binary form [bytes].</summary>
    public const int Size = 32;

    private const string Prefix = "sha256:";

    // Every NaN means "not applicable", whatever its sign and payload; −0 and +0 are different results.
    private const long CanonicalNaN = 0x7FF8_0000_0000_0000;

    // Index, outcome, length of the reason.
    private const int Head = 8 + 1 + 4;

    /// <summary>Digest of one simulation.</summary>
    /// <param name="simulation">Index in campaign order, ≥ 0.</param>
    /// <param name="outcome">The verdict.</param>
    /// <param name="reason">Why it failed, or null (the same as empty).</param>
    /// <param name="observables">Kept observables in the spec's order, NaN = not applicable.</param>
    public static ResultDigest Of(long simulation, Outcome outcome, string? reason, ReadOnlySpan<double> observables)
    {
        int length = Head + Encoding.UTF8.GetByteCount(reason ?? "") + (observables.Length * sizeof(double));
        Span<byte> text = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        return Of(simulation, outcome, reason, observables, text);
    }

    /// <summary>Digest of the simulations of a grain; quarantined ones do not enter.</summary>
    /// <param name="layout">Layout of the campaign.</param>
    /// <param name="grain">A result that fits the layout.</param>
    public static ResultDigest OfGrain(GrainLayout layout, GrainResult grain)
    {
        long first = layout.Range(grain.Grain).First;
        int count = grain.Outcomes.Count;
        int width = count == 0 ? 0 : grain.Observables.Length / count;
        int longest = grain.Reasons.Count == 0 ? 0 : grain.Reasons.Values.Max(Encoding.UTF8.GetByteCount);
        int length = Head + longest + (width * sizeof(double));
        Span<byte> text = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        var sum = default(ResultDigest);
        for (int i = 0; i < count; i++)
        {
            if (grain.Outcomes[i] is { } outcome)
            {
                string? reason = grain.Reasons.Count == 0 ? null : grain.Reasons.GetValueOrDefault(i);
                sum += Of(first + i, outcome, reason, grain.Observables.AsSpan(i * width, width), text);
            }
        }

        return sum;
    }

    /// <summary>Both sets of results together.</summary>
    public static ResultDigest operator +(ResultDigest left, ResultDigest right) => left.Add(right);

    /// <summary>Both sets of results together.</summary>
    public ResultDigest Add(ResultDigest other)
    {
        ulong a = A + other.A;
        ulong carry = a < A ? 1UL : 0;
        (ulong b, carry) = AddCarry(B, other.B, carry);
        (ulong c, carry) = AddCarry(C, other.C, carry);
        return new(a, b, c, D + other.D + carry);
    }

    /// <summary>The binary form, most significant byte first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, D);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), A);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">The binary form [32].</param>
    public static ResultDigest FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary><c>sha256:</c> and 64 lower-case hex digits.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{D:x16}{C:x16}{B:x16}{A:x16}");

    private static (ulong Sum, ulong Carry) AddCarry(ulong x, ulong y, ulong carry)
    {
        ulong sum = x + y;
        ulong over = sum < x ? 1UL : 0;
        sum += carry;
        return (sum, over + (sum < carry ? 1UL : 0));
    }

    private static ResultDigest Of(
        long simulation, Outcome outcome, string? reason, ReadOnlySpan<double> observables, Span<byte> text)
    {
        BinaryPrimitives.WriteInt64LittleEndian(text, simulation);
        text[8] = (byte)outcome;
        int reasonLength = reason is null ? 0 : Encoding.UTF8.GetBytes(reason, text[Head..]);
        BinaryPrimitives.WriteInt32LittleEndian(text[9..], reasonLength);
        int at = Head + reasonLength;
        foreach (double value in observables)
        {
            long bits = double.IsNaN(value) ? CanonicalNaN : BitConverter.DoubleToInt64Bits(value);
            BinaryPrimitives.WriteInt64LittleEndian(text[at..], bits);
            at += sizeof(double);
        }

        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(text[..at], hash);
        return FromBytes(hash);
    }
}
