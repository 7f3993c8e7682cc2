using System.Net;

namespace Mlp.Tool.Web;

/// <summary>Where a server listens, and what it takes.</summary>
internal sealed record LocalServerSettings
{
    /// <summary>The address. Default: 127.0.0.1, which no other machine reaches.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>In [0, 65535]; 0 is any free one. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>The largest body of a request in bytes. Default: 1,048,576.</summary>
    public long MostBodyBytes { get; init; } = 1 << 20;

    /// <summary>How long requests under way may take when the server stops. Default: 10 seconds.</summary>
    public TimeSpan TimeToStop { get; init; } = TimeSpan.FromSeconds(10);
}
