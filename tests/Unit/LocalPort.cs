using System.Net;
using System.Net.Sockets;

namespace CalciumSweep.Unit;

/// <summary>Ports of this machine.</summary>
public static class LocalPort
{
    /// <summary>One that nobody listens on.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
