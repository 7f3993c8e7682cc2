using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Mlp.Mpi.Watching;

/// <summary>
/// How ranks learn that one of them has failed or ended, whatever they are waiting for: each has a TCP connection to rank 0, which passes
/// on what it is told, and which the system closes when a process ends, however it ends.
/// </summary>
internal sealed class RankWatch : IDisposable
{
    private const int TokenBytes = 16;
    // An address that does not answer takes a part of the time for all.
    private const int AddressesTried = 6;
    private const string LimitVariable = "MLP_CONNECT_SECONDS";
    private const int DefaultLimit = 20, MostSeconds = 86_400;

    // mpirun ends all ranks when the first one ends: none does before all have said why, or this time is over.
    private static readonly TimeSpan KnownLimit = TimeSpan.FromSeconds(3), TimeWithoutFirst = TimeSpan.FromMilliseconds(300);

    private readonly RankPlace[] _places;
    private readonly int _rank;
    private readonly Action<RankFailedException> _report;
    private readonly TimeSpan _connectLimit;
    // By rank; of another rank than 0 only that to rank 0.
    private readonly WatchLink?[] _links;
    private readonly TaskCompletionSource<RankFailedException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allKnow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    // Of rank 0, by rank.
    private readonly bool[] _isDone, _knows;
    private int _isNoted;

    private RankWatch(RankPlace[] places, int rank, Action<RankFailedException> report, TimeSpan connectLimit)
    {
        (_places, _rank, _report, _connectLimit) = (places, rank, report, connectLimit);
        _links = new WatchLink?[places.Length];
        (_isDone, _knows) = (new bool[places.Length], new bool[places.Length]);
    }

    /// <summary>How long ranks wait for each other in the beginning: 20 seconds, unless MLP_CONNECT_SECONDS says otherwise.</summary>
    /// <exception cref="MpiException">It is no number of seconds.</exception>
    public static TimeSpan ConnectLimit => ReadLimit(Environment.GetEnvironmentVariable(LimitVariable));

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
    /// <param name="report">Called once, by any thread, when a rank has failed, this one included.</param>
    /// <param name="connectLimit">How long ranks wait for each other here.</param>
    /// <exception cref="MpiException">A rank cannot be reached.</exception>
    public static RankWatch Start(
        Socket? listener, RankPlace[] places, int rank, Action<RankFailedException> report, TimeSpan connectLimit)
    {
        var watch = new RankWatch(places, rank, report, connectLimit);
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
    public void Fail(string reason) => Note(_rank, $"{Describe(_rank)} failed: {reason}").GetAwaiter().GetResult();

    /// <summary>After a failure, waits until all ranks have reported it, some seconds at most.</summary>
    public void WaitUntilKnown() => _allKnow.Task.Wait(KnownLimit);

    /// <summary>Says that this rank has done its work, and waits for the others. False when one of them fails instead.</summary>
    public bool Finish()
    {
        (_rank == 0 ? Count(WatchKind.Done, 0) : Tell(new WatchMessage(WatchKind.Done, _rank, ""))).GetAwaiter().GetResult();
        return Task.WhenAny(_allDone.Task, _failed.Task).GetAwaiter().GetResult() == _allDone.Task;
    }

    /// <summary>Waits a moment for news of a failure that there must have been.</summary>
    public bool HasFailedWithin(TimeSpan time) => _failed.Task.Wait(time);

    public void Dispose()
    {
        foreach (WatchLink? link in _links)
            link?.Dispose();
    }

    internal static TimeSpan ReadLimit(string? text) => string.IsNullOrEmpty(text) ? TimeSpan.FromSeconds(DefaultLimit)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= MostSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new MpiException($"{LimitVariable} is '{text}'; it can be a whole number of seconds from 1 to {MostSeconds:N0}.");

    private async Task Accept(Socket listener)
    {
        using (listener)
        using (var limit = new CancellationTokenSource(_connectLimit))
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
                string missing = string.Join(
                    ", ", Enumerable.Range(1, _places.Length - 1).Where(rank => _links[rank] is null).Select(Describe));
                throw new MpiException(
                    $"Within {_connectLimit.TotalSeconds} seconds there was no connection from {missing}. Every rank needs one to rank 0, "
                        + "by TCP to any free port, to learn when another one fails; let the firewall between the machines pass them, or "
                        + $"set {LimitVariable} where machines take longer to start.");
            }
        }
    }

    /// <summary>Which rank has connected; null for another program.</summary>
    private async Task<int?> Greet(Socket socket)
    {
        WatchLink.KeepAlive(socket);
        byte[] greeting = new byte[TokenBytes + sizeof(int)];
        // Not disposed: the connection is kept.
        Task<bool> filled = new WatchLink(socket).Fill(greeting);
        if (await Task.WhenAny(filled, Task.Delay(_connectLimit / AddressesTried)) != filled || !await filled
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
            if (time.Elapsed > _connectLimit)
                break;
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var limit = new CancellationTokenSource(_connectLimit / AddressesTried);
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
            $"{Describe(_rank)} cannot reach {Describe(0)} at port {first.Port} ({string.Join("; ", problems)}). Every rank needs a "
                + "connection to rank 0, by TCP to any free port, to learn when another one fails; let the "
                + "firewall between the machines pass them.");
    }

    /// <summary>Reads what another rank says, until its end.</summary>
    private async Task Follow(int other, WatchLink link)
    {
        while (await link.Receive() is { } message)
        {
            if (message.Kind == WatchKind.Failed)
                await Note(Math.Clamp(message.Rank, 0, _places.Length - 1), message.Text);
            else
                await Count(message.Kind, other);
        }
        if (_allDone.Task.IsCompleted)
            return;
        await Note(other, $"{Describe(other)} has ended: it was killed, ran out of memory, or its machine or the network to it is down.");
        // Who has ended will not say that it knows.
        if (_rank != 0)
            await Task.Delay(TimeWithoutFirst);
        await Count(WatchKind.Known, other);
    }

    /// <summary>Takes note of a failure: rank 0 passes it on, every rank reports it, and says so.</summary>
    private async Task Note(int rank, string text)
    {
        if (Interlocked.Exchange(ref _isNoted, 1) != 0)
            return;
        // Before this rank's own threads learn of it and end the process.
        if (_rank == 0 || rank == _rank)
            await Tell(new WatchMessage(WatchKind.Failed, rank, text), except: rank);
        var failure = new RankFailedException(rank, text);
        _report(failure);
        _failed.TrySetResult(failure);
        if (_rank == 0)
            await Count(WatchKind.Known, 0);
        else
            await Tell(new WatchMessage(WatchKind.Known, _rank, ""));
    }

    /// <summary>Notes, on rank 0, that a rank is done or knows, and tells all once all are or do; on another rank, that all are or
    /// do.</summary>
    private async Task Count(WatchKind kind, int rank)
    {
        TaskCompletionSource reached = kind == WatchKind.Done ? _allDone : _allKnow;
        if (_rank == 0)
        {
            bool[] are = kind == WatchKind.Done ? _isDone : _knows;
            lock (_lock)
            {
                are[rank] = true;
                if (!are.All(isSo => isSo) || reached.Task.IsCompleted)
                    return;
            }
            await Tell(new WatchMessage(kind, 0, ""));
        }
        reached.TrySetResult();
    }

    private Task Tell(WatchMessage message, int except = -1) =>
        Task.WhenAll(_links.Select((link, rank) => link is null || (rank == except && _rank == 0)
            ? Task.CompletedTask : link.Send(message)));
}
