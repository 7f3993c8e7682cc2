using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Mlp.Mpi.Watching;

/// <summary>Where a rank runs, and of rank 0 how the others reach it.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="ProcessId">On that machine.</param>
/// <param name="Port">Where it listens; 0 for nowhere.</param>
/// <param name="Token">What who connects must know; empty where it does not listen.</param>
/// <param name="Addresses">Of the machine.</param>
internal sealed record RankPlace(string Host, int ProcessId, int Port, string Token, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>The place of this process.</summary>
    public static RankPlace Own(int port, string token) => new(
        Environment.MachineName, Environment.ProcessId, port, token, port == 0 ? [] : [.. FindAddresses()]);

    /// <exception cref="MpiException">The text is not one.</exception>
    public static RankPlace Parse(string text)
    {
        string[] parts = text.Split('\n');
        try
        {
            return new RankPlace(
                parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3],
                [.. parts.Skip(4).Select(IPAddress.Parse)]);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new MpiException(
                "A rank describes itself in a form that this build does not know. Start the same build on every machine.", exception);
        }
    }

    public override string ToString() => string.Join(
        '\n', [Host, ProcessId.ToString(CultureInfo.InvariantCulture), Port.ToString(CultureInfo.InvariantCulture), Token,
            .. Addresses.Select(address => address.ToString())]);

    /// <summary>Those that another machine may reach, and last that of the machine itself.</summary>
    private static IEnumerable<IPAddress> FindAddresses() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up
                || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork
                || address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv6LinkLocal: false })
            .OrderBy(IPAddress.IsLoopback)
            .Distinct();
}
