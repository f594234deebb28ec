using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// What a worker and the process that it guards its simulations with say to each other over a pipe: first the spec's text,
/// its file and the width, one way; then that it is ready, the other; then simulations one way and results the other. Or what a pilot needs, and its estimate.
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

    public static void WritePilot(BinaryWriter writer, Plan plan, int width, TimeSpan budget, PilotPart part)
    {
        writer.Write(plan.Text);
        writer.Write(plan.File);
        writer.Write(width);
        writer.Write(budget.Ticks);
        writer.Write(part.Number);
        writer.Write(part.Parts);
        writer.Flush();
    }

    public static (int Width, TimeSpan Budget, PilotPart Part) ReadPilot(BinaryReader reader) =>
        (reader.ReadInt32(), new(reader.ReadInt64()), new(reader.ReadInt32(), reader.ReadInt32()));

    public static void Write(BinaryWriter writer, PilotEstimate estimate)
    {
        writer.Write(estimate.Points);
        writer.Write(estimate.MeanSeconds);
        writer.Write(estimate.LowSeconds);
        writer.Write(estimate.HighSeconds);
        writer.Flush();
    }

    public static PilotEstimate ReadEstimate(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

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
