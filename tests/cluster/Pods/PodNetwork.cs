using CalciumSweep.Chaos;

namespace CalciumSweep.Pods;

/// <summary>A network of podman's that only this run has, with a host in it that is no pod: the database's.</summary>
internal sealed class PodNetwork : IDisposable
{
    /// <summary>The last part of the first pod's address.</summary>
    public const int FirstPod = 10;

    private const string Prefix = "10.98.17", Link = "cspods-db";

    /// <summary>Its name, and that of the database's namespace.</summary>
    public static string Name => "calciumsweep-pods";

    /// <summary>Where the database is.</summary>
    public static string Database => Address(2);

    /// <summary>Makes it.</summary>
    public PodNetwork()
    {
        Dispose();
        Shell.Run(null, "podman", "network", "create", "--subnet", Address(0) + "/24", Name);
        Shell.Run(null, "ip", "netns", "add", Name);
        Shell.Run(null, "ip", "-n", Name, "link", "set", "lo", "up");
    }

    /// <summary>What a command begins with that runs beside the pods.</summary>
    public static string[] Beside => ["ip", "netns", "exec", Name];

    public static string Address(int host) => $"{Prefix}.{host}";

    /// <summary>Connects the database's host: the bridge is there once a container was.</summary>
    /// <param name="image">Any that is there.</param>
    public static void Connect(string image)
    {
        Shell.Run(null, "podman", "run", "--rm", "--pull=never", "--network", Name, image, "--version");
        string bridge = Shell.Run(null, "podman", "network", "inspect", "-f", "{{.NetworkInterface}}", Name).Trim();
        Shell.Run(null, "ip", "link", "add", Link, "type", "veth", "peer", "name", "eth0", "netns", Name);
        Shell.Run(null, "ip", "link", "set", Link, "master", bridge, "up");
        Shell.Run(null, "ip", "-n", Name, "addr", "add", Database + "/24", "dev", "eth0");
        Shell.Run(null, "ip", "-n", Name, "link", "set", "eth0", "up");
    }

    public void Dispose()
    {
        Shell.Try(null, "ip", "netns", "del", Name);
        Shell.Try(null, "ip", "link", "del", Link);
        Shell.Try(null, "podman", "network", "rm", "-f", Name);
    }
}
