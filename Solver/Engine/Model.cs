using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CalciumSweep.Solver.Engine;

/// <summary>A scenario composed and closed: what can be set, what is measured, and how it is simulated. Thread-safe.</summary>
public abstract class Model
{
    private byte[]? _identityHash;

    /// <summary>Name of the scenario, e.g. <c>site-line</c>.</summary>
    public abstract string Scenario { get; }

    /// <summary>One sentence: what of cell calcium it shows.</summary>
    public abstract string Summary { get; }

    /// <summary>The mechanisms and kinds of sites that it is composed of, e.g. <c>serca.hill</c>, in the order of their names.</summary>
    public IReadOnlyList<string> MechanismNames { get; internal set; } = [];

    /// <summary>Every parameter, in a fixed order: the order of a <see cref="Simulation"/>'s values.</summary>
    public abstract IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>Every observable, in a fixed order: the order of a <see cref="SimulationResult"/>'s values.</summary>
    public abstract IReadOnlyList<ObservableInfo> Observables { get; }

    /// <summary>Names of the observables that a spec without <c>observe</c> gets.</summary>
    public abstract IReadOnlyList<string> DefaultObservables { get; }

    /// <summary>The classes that apply; empty if the scenario has none.</summary>
    public abstract IReadOnlyList<Outcome> Outcomes { get; }

    /// <summary>False if every replicate of a point is the same.</summary>
    public abstract bool IsStochastic { get; }

    /// <summary>Canonical text of everything, beside the parameter values, that can change a bit of a result.</summary>
    public abstract string Identity { get; }

    /// <summary>What is wrong with these values together (each is already within its bounds), or null. One sentence with a remedy.</summary>
    /// <param name="parameters">Values of all parameters [parameters].</param>
    public virtual string? Check(ReadOnlySpan<double> parameters) => null;

    /// <summary>Simulations of equal shape (mesh, number of sites) can share a bundle.</summary>
    public virtual int Shape(ReadOnlySpan<double> parameters) => 0;

    /// <summary>A simulator for one thread.</summary>
    /// <param name="width">Lanes: 1, 2, 4 or 8; every width runs on every machine and gives the same bits.</param>
    public abstract ISimulator NewSimulator(int width);

    /// <summary>
    /// Philox key of a point: the first 8 bytes of SHA-256(model identity, parameter values as bits, seed). Neither
    /// the point's index nor the spec enters, so an extended axis reuses what is known, bit for bit.
    /// </summary>
    public ulong StreamKey(ReadOnlySpan<double> parameters, ulong seed)
    {
        _identityHash ??= SHA256.HashData(Encoding.UTF8.GetBytes(Identity));
        Span<byte> text = stackalloc byte[32 + 8];
        _identityHash.CopyTo(text);
        BinaryPrimitives.WriteUInt64LittleEndian(text[32..], seed);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(text);
        Span<byte> bits = stackalloc byte[8];
        foreach (double value in parameters)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bits, BitConverter.DoubleToInt64Bits(value));
            hash.AppendData(bits);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <summary>Index of a parameter in <see cref="Parameters"/>, or −1.</summary>
    public int IndexOf(string parameter)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (string.Equals(Parameters[i].Name, parameter, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The default of every parameter, in order [parameters].</summary>
    public double[] Defaults() => [.. Parameters.Select(p => p.Default)];
}
