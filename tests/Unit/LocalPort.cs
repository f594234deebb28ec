using System.Net;
using System.Net.Sockets;

namespace CalciumSweep.Unit;

/// <summary>Ports of this machine.</summary>
public static class LocalPort
{
    // Below those that the system gives to whoever connects somewhere: one of them could be taken before it is listened on.
    private const int First = 10_000, End = 32_768;

    /// <summary>One that nobody listens on.</summary>
    public static int Free()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
