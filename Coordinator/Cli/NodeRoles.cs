namespace CalciumSweep.Coordinator.Cli;

/// <summary>What a node does; any mix.</summary>
[Flags]
public enum NodeRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Owns campaigns, serves the API.</summary>
    Coordinator = 1,

    /// <summary>Simulates.</summary>
    Worker = 2,

    /// <summary>Shows campaigns to people.</summary>
    Dashboard = 4,

    /// <summary>The laptop: everything in one process.</summary>
    All = Coordinator | Worker | Dashboard,
}
