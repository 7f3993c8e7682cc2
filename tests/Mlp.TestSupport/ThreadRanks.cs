using System.Runtime.ExceptionServices;

namespace Mlp.TestSupport;

/// <summary>Ranks that are threads of one process, for tests of what ranks do without MPI.</summary>
public sealed class ThreadRanks : Ranks
{
    private readonly Meeting _meeting;

    private ThreadRanks(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    public override int Rank { get; }

    public override int Count => _meeting.Count;

    public override int ProcessorCount => 1;

    /// <summary>Calls a function on so many ranks at once.</summary>
    /// <returns>What it returned, rank after rank.</returns>
    /// <exception cref="Exception">What a rank threw, that of rank 0 before others.</exception>
    public static TResult[] Run<TResult>(int count, Func<ThreadRanks, TResult> function)
    {
        (TResult?[] results, Exception?[] failures) = Try(count, function);
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
        return results!;
    }

    /// <summary>The same, with what ranks threw.</summary>
    public static (TResult?[] Results, Exception?[] Failures) Try<TResult>(int count, Func<ThreadRanks, TResult> function)
    {
        var meeting = new Meeting(count);
        var results = new TResult?[count];
        var failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = function(new ThreadRanks(meeting, rank));
            }
            catch (Exception exception)
            {
                // For the caller's thread, which looks at it.
                failures[rank] = exception;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return (results, failures);
    }

    internal override string Describe(int rank) => $"rank {rank}";

    internal override void Gather(ReadOnlySpan<byte> mine, Span<byte> all, ReadOnlySpan<int> counts)
    {
        byte[][] given = _meeting.Meet(Rank, mine.ToArray());
        for (int rank = 0, start = 0; rank < Count; start += counts[rank++])
            given[rank].AsSpan(0, counts[rank]).CopyTo(all[start..]);
    }

    internal override void Exchange(
        ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts)
    {
        byte[][] given = _meeting.Meet(Rank, [.. BitConverter.GetBytes(sentCounts.Length), .. ToBytes(sentCounts), .. sent]);
        for (int rank = 0, start = 0; rank < Count; start += receivedCounts[rank++])
        {
            byte[] message = given[rank];
            int from = sizeof(int) * (1 + Count);
            for (int other = 0; other < Rank; other++)
                from += BitConverter.ToInt32(message, sizeof(int) * (1 + other));
            message.AsSpan(from, receivedCounts[rank]).CopyTo(received[start..]);
        }
    }

    internal override void Fail(Exception reason) => _meeting.Fail(Rank, reason);

    private static byte[] ToBytes(ReadOnlySpan<int> numbers) => [.. numbers.ToArray().SelectMany(BitConverter.GetBytes)];

    /// <summary>Where all ranks bring something and leave with what all have brought.</summary>
    private sealed class Meeting(int count)
    {
        private readonly object _gate = new();
        private byte[][] _brought = new byte[count][];
        private int _arrived, _round;
        private RankFailedException? _failure;

        public int Count => count;

        public byte[][] Meet(int rank, byte[] bytes)
        {
            lock (_gate)
            {
                byte[][] brought = _brought;
                brought[rank] = bytes;
                if (++_arrived == count)
                {
                    (_arrived, _brought) = (0, new byte[count][]);
                    _round++;
                    Monitor.PulseAll(_gate);
                    return brought;
                }
                int round = _round;
                while (round == _round && _failure is null)
                    Monitor.Wait(_gate);
                return round == _round ? throw _failure! : brought;
            }
        }

        public void Fail(int rank, Exception reason)
        {
            lock (_gate)
            {
                _failure ??= new RankFailedException(rank, $"rank {rank} failed: {reason.Message}");
                Monitor.PulseAll(_gate);
            }
        }
    }
}
