using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Mlp.Mpi.Watching;

/// <summary>
/// How ranks learn that one of them has failed or ended, whatever they are waiting for: each has a TCP connection to rank 0, which passes on
/// what it is told, and which the system closes when a process ends, however it ends.
/// </summary>
internal sealed class RankWatch : IDisposable
{
    private const int TokenBytes = 16;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(20), AddressLimit = TimeSpan.FromSeconds(3);

    private readonly RankPlace[] _places;
    private readonly int _rank;
    // By rank; of another rank than 0 only that to rank 0.
    private readonly WatchLink?[] _links;
    private readonly TaskCompletionSource<RankFailedException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly bool[] _isDone;

    private RankWatch(RankPlace[] places, int rank)
    {
        (_places, _rank) = (places, rank);
        _links = new WatchLink?[places.Length];
        _isDone = new bool[places.Length];
    }

    /// <summary>Null as long as all ranks are well.</summary>
    public RankFailedException? Failure => _failed.Task.IsCompleted ? _failed.Task.Result : null;

    /// <summary>Listens where others are to connect.</summary>
    /// <returns>On rank 0 the listener, with its place; elsewhere the place alone.</returns>
    public static (Socket? Listener, RankPlace Place) Prepare(int rank)
    {
        if (rank != 0)
            return (null, RankPlace.Own(0, ""));
        var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        listener.Listen(backlog: 1024);
        return (listener, RankPlace.Own(
            ((IPEndPoint)listener.LocalEndPoint!).Port, Convert.ToHexString(RandomNumberGenerator.GetBytes(TokenBytes))));
    }

    /// <summary>Connects all ranks.</summary>
    /// <param name="listener">Of rank 0, which this disposes; null on others.</param>
    /// <param name="places">Of all ranks.</param>
    /// <param name="rank">This one.</param>
    /// <exception cref="MpiException">A rank cannot be reached.</exception>
    public static RankWatch Start(Socket? listener, RankPlace[] places, int rank)
    {
        var watch = new RankWatch(places, rank);
        if (listener is not null)
            watch.Accept(listener).GetAwaiter().GetResult();
        else
            watch._links[0] = watch.Connect().GetAwaiter().GetResult();
        for (int other = 0; other < watch._links.Length; other++)
        {
            if (watch._links[other] is { } link)
                _ = watch.Follow(other, link);
        }
        return watch;
    }

    public string Describe(int rank) => $"rank {rank} (host {_places[rank].Host}, process {_places[rank].ProcessId})";

    /// <summary>Tells all others that this rank has failed.</summary>
    public void Fail(string reason)
    {
        string text = $"{Describe(_rank)} failed: {reason}";
        if (_failed.TrySetResult(new RankFailedException(_rank, text)))
            Tell(new WatchMessage(WatchKind.Failed, _rank, text)).GetAwaiter().GetResult();
    }

    /// <summary>Says that this rank has done its work, and waits for the others. False when one of them fails instead.</summary>
    public bool Finish()
    {
        if (_rank == 0)
            NoteDone(0);
        else
            _links[0]!.Send(new WatchMessage(WatchKind.Done, _rank, "")).GetAwaiter().GetResult();
        return Task.WhenAny(_allDone.Task, _failed.Task).GetAwaiter().GetResult() == _allDone.Task;
    }

    /// <summary>Waits a moment for news of a failure that there must have been.</summary>
    public bool HasFailedWithin(TimeSpan time) => _failed.Task.Wait(time);

    public void Dispose()
    {
        foreach (WatchLink? link in _links)
            link?.Dispose();
    }

    private async Task Accept(Socket listener)
    {
        using (listener)
        using (var limit = new CancellationTokenSource(ConnectLimit))
        {
            try
            {
                for (int connected = 1; connected < _places.Length;)
                {
                    Socket socket = await listener.AcceptAsync(limit.Token);
                    if (await Greet(socket) is int rank && _links[rank] is null)
                    {
                        _links[rank] = new WatchLink(socket);
                        connected++;
                    }
                    else
                        socket.Dispose();
                }
            }
            catch (OperationCanceledException)
            {
                string missing = string.Join(", ", Enumerable.Range(1, _places.Length - 1).Where(rank => _links[rank] is null).Select(Describe));
                throw new MpiException(
                    $"Within {ConnectLimit.TotalSeconds} seconds there was no connection from {missing}. Every rank needs one to rank 0, by "
                        + "TCP to any free port, to learn when another one fails; let the firewall between the machines pass them.");
            }
        }
    }

    /// <summary>Which rank has connected; null for somebody else.</summary>
    private async Task<int?> Greet(Socket socket)
    {
        WatchLink.KeepAlive(socket);
        byte[] greeting = new byte[TokenBytes + sizeof(int)];
        // Not disposed: the connection is kept.
        Task<bool> filled = new WatchLink(socket).Fill(greeting);
        if (await Task.WhenAny(filled, Task.Delay(AddressLimit)) != filled || !await filled
            || !CryptographicOperations.FixedTimeEquals(greeting.AsSpan(0, TokenBytes), Convert.FromHexString(_places[0].Token)))
        {
            return null;
        }
        int rank = BitConverter.ToInt32(greeting, TokenBytes);
        return rank > 0 && rank < _places.Length ? rank : null;
    }

    private async Task<WatchLink> Connect()
    {
        RankPlace first = _places[0];
        var problems = new List<string>();
        bool isHere = first.Host == _places[_rank].Host;
        var time = Stopwatch.StartNew();
        foreach (IPAddress address in first.Addresses.OrderByDescending(address => IPAddress.IsLoopback(address) == isHere))
        {
            if (time.Elapsed > ConnectLimit)
                break;
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var limit = new CancellationTokenSource(AddressLimit);
            try
            {
                await socket.ConnectAsync(address, first.Port, limit.Token);
                WatchLink.KeepAlive(socket);
                await socket.SendAsync((byte[])[.. Convert.FromHexString(first.Token), .. BitConverter.GetBytes(_rank)]);
                return new WatchLink(socket);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                problems.Add($"{address}: {(exception is SocketException ? exception.Message : "no answer")}");
                socket.Dispose();
            }
        }
        throw new MpiException(
            $"{Describe(_rank)} cannot reach {Describe(0)} at port {first.Port} ({string.Join("; ", problems)}). Every rank needs a connection "
                + "to rank 0, by TCP to any free port, to learn when another one fails; let the firewall between the machines pass them.");
    }

    /// <summary>Reads what another rank says, until it says that all is done, or its end.</summary>
    private async Task Follow(int other, WatchLink link)
    {
        while (await link.Receive() is { } message)
        {
            if (message.Kind == WatchKind.Failed)
            {
                int rank = Math.Clamp(message.Rank, 0, _places.Length - 1);
                await Note(rank, message.Text);
                return;
            }
            if (_rank != 0)
            {
                _allDone.TrySetResult();
                return;
            }
            NoteDone(other);
        }
        if (!_allDone.Task.IsCompleted)
        {
            await Note(
                other, $"{Describe(other)} has ended: it was killed, ran out of memory, or its machine or the network to it is down.");
        }
    }

    private async Task Note(int rank, string text)
    {
        if (_failed.TrySetResult(new RankFailedException(rank, text)) && _rank == 0)
            await Tell(new WatchMessage(WatchKind.Failed, rank, text));
    }

    private void NoteDone(int rank)
    {
        lock (_lock)
        {
            _isDone[rank] = true;
            if (!_isDone.All(isDone => isDone))
                return;
        }
        Tell(new WatchMessage(WatchKind.Done, 0, "")).GetAwaiter().GetResult();
        _allDone.TrySetResult();
    }

    private Task Tell(WatchMessage message) =>
        Task.WhenAll(_links.Select((link, rank) => link is null || rank == message.Rank && _rank == 0 ? Task.CompletedTask : link.Send(message)));
}
