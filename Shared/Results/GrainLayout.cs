namespace CalciumSweep.Shared.Results;

/// <summary>
/// How a campaign is cut into grains: chosen once at submission and persisted. A grain is a fixed run of simulations
/// in campaign order: whole points, or an equal share of one point's replicates.
/// </summary>
/// <param name="Points">Points of the campaign.</param>
/// <param name="Replicates">Replicates of each point.</param>
/// <param name="PointsPerGrain">Whole points in a grain; 1 if a point is split.</param>
/// <param name="ReplicatesPerGrain">Replicates in a grain: all of them, or a divisor-like 2^k when a point is split.</param>
public sealed record GrainLayout(long Points, int Replicates, int PointsPerGrain, int ReplicatesPerGrain)
{
    /// <summary>Grains that one point is split into (1 unless points are split).</summary>
    public int GrainsPerPoint => (Replicates + ReplicatesPerGrain - 1) / ReplicatesPerGrain;

    /// <summary>Number of grains.</summary>
    public long Grains => GrainsPerPoint > 1
        ? checked(Points * GrainsPerPoint)
        : (Points + PointsPerGrain - 1) / PointsPerGrain;

    /// <summary>Number of simulations of the campaign.</summary>
    public long Simulations => checked(Points * Replicates);

    /// <summary>First simulation (index in campaign order) and number of simulations of a grain.</summary>
    public (long First, int Count) Range(long grain)
    {
        if (GrainsPerPoint > 1)
        {
            long point = grain / GrainsPerPoint;
            int from = (int)(grain % GrainsPerPoint) * ReplicatesPerGrain;
            return ((point * Replicates) + from, Math.Min(ReplicatesPerGrain, Replicates - from));
        }

        long firstPoint = grain * PointsPerGrain;
        long points = Math.Min(PointsPerGrain, Points - firstPoint);
        return (firstPoint * Replicates, (int)(points * Replicates));
    }

    /// <summary>The grain that a simulation (index in campaign order) belongs to.</summary>
    public long GrainOf(long simulation)
    {
        long point = simulation / Replicates;
        return GrainsPerPoint > 1
            ? (point * GrainsPerPoint) + (simulation % Replicates / ReplicatesPerGrain)
            : point / PointsPerGrain;
    }

    /// <summary>
    /// Chooses the size of a grain so that it costs about a quarter of a second of one core (at most 4,096
    /// simulations, and small enough that there are grains for everyone).
    /// </summary>
    /// <param name="points">Points of the campaign.</param>
    /// <param name="replicates">Replicates of each point.</param>
    /// <param name="secondsPerSimulation">Mean core time of a simulation, from pilot points.</param>
    public static GrainLayout Choose(long points, int replicates, double secondsPerSimulation)
    {
        double wanted = Math.Clamp(0.25 / Math.Max(secondsPerSimulation, 1e-9), 1, 4096);
        wanted = Math.Min(wanted, Math.Max(1, points * (double)replicates / 64));
        if (wanted >= replicates || replicates == 1)
        {
            return new GrainLayout(points, replicates, (int)Math.Clamp((long)(wanted / replicates), 1, Math.Max(1, points)), replicates);
        }

        int share = 1;
        while (share * 2 <= wanted)
        {
            share *= 2;
        }

        return new GrainLayout(points, replicates, 1, share);
    }
}
