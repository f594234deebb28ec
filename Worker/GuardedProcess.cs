using System.Collections.Concurrent;
using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>The other end of a <see cref="ProcessGuard"/>, or of a <see cref="GuardedPilot"/>.</summary>
public static class GuardedProcess
{
    /// <summary>Computes what comes in, on the calling thread, until <paramref name="input"/> ends.</summary>
    /// <param name="input">Spec and simulations.</param>
    /// <param name="output">Results.</param>
    /// <param name="parse">Spec text and its file → plan.</param>
    /// <param name="abandoned">Called when input ends: nobody waits for a simulation that may still hang.</param>
    public static void Run(Stream input, Stream output, Func<string, string, Plan> parse, Action? abandoned = null)
    {
        // Whoever lost its parent before this sees the end of input, and has no simulation yet that could hang.
        ProcessSignals.EndWithParent();
        OfferToOutOfMemoryKiller();
        using var reader = new BinaryReader(input, Encoding.UTF8);
        using var writer = new BinaryWriter(output, Encoding.UTF8);
        Plan plan = parse(reader.ReadString(), reader.ReadString());
        using ISimulator simulator = plan.Model.NewSimulator(reader.ReadInt32());
        writer.Write(true); // it is ready
        writer.Flush();
        var feed = new Feed(plan.Model, writer);
        new Thread(() => Read(feed, reader, abandoned)) { IsBackground = true, Name = "guarded simulations" }.Start();
        while (feed.Wait())
        {
            simulator.Run(feed);
        }
    }

    /// <summary>The other end of a <see cref="GuardedPilot"/>: simulates pilot points and says what they cost.</summary>
    /// <param name="input">Spec and its file, width, budget and part.</param>
    /// <param name="output">The estimate.</param>
    /// <param name="parse">Spec text and its file → plan.</param>
    public static void Estimate(Stream input, Stream output, Func<string, string, Plan> parse)
    {
        ProcessSignals.EndWithParent();
        OfferToOutOfMemoryKiller();
        using var reader = new BinaryReader(input, Encoding.UTF8);
        using var writer = new BinaryWriter(output, Encoding.UTF8);
        Plan plan = parse(reader.ReadString(), reader.ReadString());
        (int width, TimeSpan budget, PilotPart part) = GuardProtocol.ReadPilot(reader);
        GuardProtocol.Write(writer, Pilot.Run(plan, width, budget, part));
    }

    private static void Read(Feed feed, BinaryReader reader, Action? abandoned)
    {
        feed.Read(reader);
        abandoned?.Invoke();
    }

    // When memory runs out, the system is to end this process and not the worker that can say why.
    private static void OfferToOutOfMemoryKiller()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another system: it chooses by itself.
        }
    }

    private sealed class Feed(Model model, BinaryWriter writer) : ISimulationFeed
    {
        private readonly BlockingCollection<Simulation> _coming = [];
        private readonly List<Simulation> _waiting = [];

        public bool Stopping => _coming.IsCompleted && _waiting.Count == 0;

        public void Read(BinaryReader reader)
        {
            try
            {
                while (true)
                {
                    _coming.Add(GuardProtocol.ReadSimulation(reader));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                _coming.CompleteAdding();
            }
        }

        /// <summary>Waits for something to do; false at the end.</summary>
        public bool Wait()
        {
            if (_waiting.Count == 0 && _coming.TryTake(out Simulation? next, Timeout.Infinite))
            {
                _waiting.Add(next);
            }

            return _waiting.Count > 0;
        }

        public bool TryNext(out Simulation simulation) => TryTake(_ => true, out simulation);

        public bool TryNext(int shape, out Simulation simulation) =>
            TryTake(one => model.Shape(one.Parameters) == shape, out simulation);

        public void Complete(Simulation simulation, in SimulationResult result) =>
            GuardProtocol.Write(writer, simulation.Index, result);

        public bool Expired(Simulation simulation) => false;

        private bool TryTake(Predicate<Simulation> fits, out Simulation simulation)
        {
            while (_coming.TryTake(out Simulation? next))
            {
                _waiting.Add(next);
            }

            int at = _waiting.FindIndex(fits);
            simulation = at < 0 ? null! : _waiting[at];
            if (at >= 0)
            {
                _waiting.RemoveAt(at);
            }

            return at >= 0;
        }
    }
}
