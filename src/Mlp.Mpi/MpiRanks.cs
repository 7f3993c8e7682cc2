using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Mlp.Mpi.Libraries;
using Mlp.Mpi.Watching;

namespace Mlp.Mpi;

/// <summary>The processes that mpirun has started, each of which is a rank of one training.</summary>
/// <remarks>
/// <para>
/// Start it once, at the beginning of the program, give it to TrainingSettings.Ranks or MlpOptions.Ranks, and dispose it at the end of
/// the work. Without mpirun there is one rank, no MPI is needed, and the same program trains alone to the same bits.
/// </para>
/// <para>
/// The library is that of the mpirun that has started the process: OpenMPI 3 to 5 (libmpi.so.40) or one with MPICH's binary interface
/// (libmpich.so.12 or libmpi.so.12: MPICH 3.1 on, Intel MPI, MVAPICH). The variable MLP_MPI_LIBRARY of the environment names another file.
/// </para>
/// <para>
/// A rank that fails or is killed ends the others: what they do next with this object throws <see cref="RankFailedException"/>, which names
/// the rank and its reason. For that every rank has a TCP connection to rank 0 besides those of MPI.
/// </para>
/// </remarks>
public sealed class MpiRanks : Ranks, IDisposable
{
    // Looking out for bytes without giving the processor away: some 20 µs.
    private const int SpinCount = 200;

    private static int _started;

    // How long a rank waits to learn why it is told to end.
    private static readonly TimeSpan TimeForReason = TimeSpan.FromMilliseconds(500);

    private readonly MpiLibrary? _library;
    private readonly RankWatch? _watch;
    private readonly PosixSignalRegistration? _signal;
    private readonly int[] _sentStarts, _receivedStarts;
    private readonly bool _spins;
    private bool _isDisposed;

    private MpiRanks(MpiLibrary? library, Action<RankFailedException>? failed)
    {
        (_library, Count, Rank) = (library, library?.RankCount ?? 1, library?.Rank ?? 0);
        (_sentStarts, _receivedStarts) = (new int[Count], new int[Count]);
        ProcessorCount = Environment.ProcessorCount;
        if (library is null || Count == 1)
            return;
        (Socket? listener, RankPlace own) = RankWatch.Prepare(Rank);
        RankPlace[] places = [.. GatherTexts(own.ToString()).Select(RankPlace.Parse)];
        int here = places.Count(place => place.Host == own.Host);
        ProcessorCount = Math.Max(1, Environment.ProcessorCount / here);
        _spins = here <= Environment.ProcessorCount;
        _watch = RankWatch.Start(
            listener, places, Rank, failed ?? (failure => Console.Error.WriteLine(failure.Message)), RankWatch.ConnectLimit);
        _signal = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGTERM, LearnReason);
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int ProcessorCount { get; }

    /// <summary>Starts MPI in this process, if mpirun has started it; once in a process.</summary>
    /// <param name="failed">Called once, by any thread, when a rank has failed, this one included: mpirun soon ends all of them, so that
    /// this is the time to tell why. Null writes the message to standard error.</param>
    /// <exception cref="MpiException">There is no MPI library, or not that of the mpirun; or a rank cannot connect to rank 0.</exception>
    /// <exception cref="InvalidOperationException">It was called before: MPI starts once in a process.</exception>
    public static MpiRanks Start(Action<RankFailedException>? failed = null)
    {
        if (Launcher.Of(Environment.GetEnvironmentVariable) is not { } launcher)
            return new MpiRanks(null, failed);
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("MpiRanks.Start was called before; MPI starts once in a process. Keep what it returned.");
        var library = MpiLibrary.Load(launcher.Kind);
        if (launcher.RankCount is int count && count != library.RankCount)
        {
            throw new MpiException(
                $"mpirun has started {count} processes, but {library.Name} knows of {library.RankCount}: it belongs to another MPI. "
                    + $"Start them with its own mpirun, or name the library of this one in the variable {MpiLibrary.Variable}.");
        }
        return new MpiRanks(library, failed);
    }

    /// <summary>
    /// Tells the other ranks that this one cannot go on, and why. Training does it by itself; call it where a rank fails before or after,
    /// so that the others do not wait for it.
    /// </summary>
    /// <param name="reason">A sentence for people.</param>
    public void Fail(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        _watch?.Fail(reason);
    }

    /// <summary>Waits until all ranks are done, and ends MPI. Where a rank has failed it waits until all ranks know, some seconds at most;
    /// then the process should end with an exit code other than 0.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        // To end MPI is to wait for all ranks, without giving the processor away: they are done first, or never come.
        if (_watch is null || (_watch.Failure is null && _watch.Finish()))
            _library?.End();
        if (_watch?.Failure is not null)
            _watch.WaitUntilKnown();
        _signal?.Dispose();
        _watch?.Dispose();
    }

    internal override string Describe(int rank) => _watch?.Describe(rank) ?? $"rank {rank}";

    internal override void Fail(Exception reason)
    {
        if (reason is not RankFailedException)
            _watch?.Fail(reason.Message);
    }

    internal override unsafe void Gather(ReadOnlySpan<byte> mine, Span<byte> all, ReadOnlySpan<int> counts)
    {
        Check();
        FindStarts(counts, _receivedStarts);
        fixed (byte* from = mine, to = all)
        fixed (int* received = counts, starts = _receivedStarts)
            Wait(_library!.Gather(from, mine.Length, to, received, starts));
    }

    internal override unsafe void Exchange(
        ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts)
    {
        Check();
        FindStarts(sentCounts, _sentStarts);
        FindStarts(receivedCounts, _receivedStarts);
        fixed (byte* from = sent, to = received)
        fixed (int* fromCounts = sentCounts, toCounts = receivedCounts, fromStarts = _sentStarts, toStarts = _receivedStarts)
            Wait(_library!.Exchange(from, fromCounts, fromStarts, to, toCounts, toStarts));
    }

    private static void FindStarts(ReadOnlySpan<int> counts, int[] starts)
    {
        for (int rank = 0, start = 0; rank < counts.Length; start += counts[rank++])
            starts[rank] = start;
    }

    private void Check()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_watch?.Failure is { } failure)
            throw new RankFailedException(failure.Rank, failure.Message);
    }

    /// <summary>Until MPI is done with a request, or a rank has failed: then it never would be.</summary>
    private void Wait(nint request)
    {
        for (int tries = 0; !_library!.IsDone(ref request); tries++)
        {
            if (_watch?.Failure is { } failure)
                throw new RankFailedException(failure.Rank, failure.Message);
            if (!_spins || tries >= SpinCount)
                Thread.Yield();
        }
    }

    /// <summary>mpirun ends all ranks when one ends: this one then learns why, and ends by itself with that reason.</summary>
    private void LearnReason(PosixSignalContext context)
    {
        if (_watch!.HasFailedWithin(TimeForReason))
            context.Cancel = true;
    }

    private string[] GatherTexts(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int[] counts = new int[Count];
        Gather(BitConverter.GetBytes(bytes.Length), MemoryMarshal.AsBytes(counts.AsSpan()), [.. Enumerable.Repeat(sizeof(int), Count)]);
        byte[] all = new byte[counts.Sum()];
        Gather(bytes, all, counts);
        int next = 0;
        return [.. counts.Select(count => Encoding.UTF8.GetString(all, (next += count) - count, count))];
    }
}
