using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// What a worker and the process that it guards its simulations with say to each other over a pipe: first the spec's text
/// and the width, one way; then that it is ready, the other; then simulations one way and results the other.
/// </summary>
internal static class GuardProtocol
{
    public static void Write(BinaryWriter writer, Simulation simulation)
    {
        writer.Write(simulation.Index);
        writer.Write(simulation.StreamKey);
        writer.Write(simulation.Replicate);
        Write(writer, simulation.Parameters);
        writer.Flush();
    }

    public static Simulation ReadSimulation(BinaryReader reader)
    {
        long index = reader.ReadInt64();
        ulong key = reader.ReadUInt64();
        uint replicate = reader.ReadUInt32();
        return new(ReadDoubles(reader), key, replicate) { Index = index };
    }

    public static void Write(BinaryWriter writer, long index, in SimulationResult result)
    {
        writer.Write(index);
        writer.Write((int)result.Outcome);
        writer.Write(result.Reason is not null);
        writer.Write(result.Reason ?? "");
        Write(writer, result.Observables);
        writer.Write(result.Steps);
        writer.Flush();
    }

    public static (long Index, SimulationResult Result) ReadResult(BinaryReader reader)
    {
        long index = reader.ReadInt64();
        var outcome = (Outcome)reader.ReadInt32();
        bool hasReason = reader.ReadBoolean();
        string reason = reader.ReadString();
        double[] observables = ReadDoubles(reader);
        return (index, new(outcome, hasReason ? reason : null, observables, reader.ReadInt64()));
    }

    private static void Write(BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        foreach (double value in values)
        {
            // The bits, those of a NaN too.
            writer.Write(BitConverter.DoubleToInt64Bits(value));
        }
    }

    private static double[] ReadDoubles(BinaryReader reader)
    {
        var values = new double[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.Int64BitsToDouble(reader.ReadInt64());
        }

        return values;
    }
}
