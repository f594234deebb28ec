using System.Reflection;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>All mechanisms of this assembly, found by their files: a new file needs no entry anywhere.</summary>
public static class MechanismCatalog
{
    private static readonly Dictionary<string, (MechanismInfo Info, Type Open)> _all = Find();

    /// <summary>Every mechanism, by id.</summary>
    public static IReadOnlyList<MechanismInfo> All { get; } =
        [.. _all.Values.Select(m => m.Info).OrderBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>A mechanism and its open generic type, or null.</summary>
    public static (MechanismInfo Info, Type Open)? Of(string id) => _all.TryGetValue(id, out var found) ? found : null;

    private static Dictionary<string, (MechanismInfo, Type)> Find()
    {
        var all = new Dictionary<string, (MechanismInfo, Type)>(StringComparer.Ordinal);
        foreach (Type open in typeof(MechanismCatalog).Assembly.GetTypes())
        {
            if (open is { IsValueType: true, IsGenericTypeDefinition: true } && open.Namespace == typeof(MechanismCatalog).Namespace
                && open.GetGenericArguments().Length == 1
                && open.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IMechanism<,>)))
            {
                var info = (MechanismInfo)open.MakeGenericType(typeof(Lane1))
                    .GetProperty("Info", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
                all.Add(info.Id, (info, open));
            }
        }

        return all;
    }
}
