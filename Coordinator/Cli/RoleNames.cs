using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Roles as typed and as shown: <c>coordinator</c>, <c>worker</c>, <c>dashboard</c>.</summary>
public static class RoleNames
{
    private static readonly NodeRoles[] _single = [NodeRoles.Coordinator, NodeRoles.Worker, NodeRoles.Dashboard];

    /// <summary>Reads a list with commas; <c>all</c> is every role.</summary>
    /// <exception cref="CommandException">There is no such role, or none at all.</exception>
    public static NodeRoles Parse(string text)
    {
        NodeRoles roles = NodeRoles.None;
        foreach (string name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            roles |= name == "all" ? NodeRoles.All : One(name);
        }

        return roles != NodeRoles.None ? roles
            : throw new CommandException("--role names no role", "coordinator, worker and dashboard are there, with commas between them");
    }

    /// <summary>Names of the roles in a mix.</summary>
    public static IReadOnlyList<string> Of(NodeRoles roles) => [.. _single.Where(role => roles.HasFlag(role)).Select(Name)];

    private static NodeRoles One(string name)
    {
        foreach (NodeRoles role in _single)
        {
            if (Name(role) == name)
            {
                return role;
            }
        }

        string? nearest = Nearest.Of(name, _single.Select(Name));
        throw new CommandException(
            $"there is no role '{name}'", nearest is null ? "coordinator, worker and dashboard are there" : $"did you mean '{nearest}'?");
    }

    private static string Name(NodeRoles role) => role.ToString().ToLowerInvariant();
}
