using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Rhytid.Torch.Distributed;

/// <summary>The address at which other processes reach this one.</summary>
/// <remarks>
/// Gloo's own choice is that of the host's name, which Debian maps to 127.0.1.1: no other machine reaches that.
/// </remarks>
internal static class OwnAddress
{
    /// <param name="master">Where rank 0 is: the address that packets to it would leave from is the one its network
    /// knows.</param>
    /// <param name="interfaceName">A network interface to use instead; the value of GLOO_SOCKET_IFNAME.</param>
    /// <returns>An address, or empty for Gloo's own choice.</returns>
    public static string Towards(string master, string? interfaceName)
    {
        if (!string.IsNullOrEmpty(interfaceName))
            return Find(NetworkInterface.GetAllNetworkInterfaces().Where(known => known.Name == interfaceName))
                ?? throw new TorchException(
                    "join", $"GLOO_SOCKET_IFNAME={interfaceName}: there is no such network interface with an address");
        try
        {
            var target =
                Dns.GetHostAddresses(master)
                    .OrderBy(known => known.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
                    .First();
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target, 9); // sends nothing
            var own = ((IPEndPoint)socket.LocalEndPoint!).Address;
            var isLocal = IPAddress.TryParse(master, out _) || master == "localhost";
            if (!IPAddress.IsLoopback(own) || isLocal)
                return own.ToString();
            return Find(
                NetworkInterface.GetAllNetworkInterfaces()
                    .Where(known => known.NetworkInterfaceType != NetworkInterfaceType.Loopback)) ?? own.ToString();
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException
            or NetworkInformationException)
        {
            return ""; // a name that cannot be resolved is told when rank 0 is not found
        }
    }

    private static string? Find(IEnumerable<NetworkInterface> interfaces) => interfaces
        .Where(known => known.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
        .SelectMany(known => known.GetIPProperties().UnicastAddresses)
        .Select(known => known.Address)
        .Where(address => !address.IsIPv6LinkLocal)
        .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
        .FirstOrDefault()?.ToString();
}
