using System.Diagnostics;

namespace Mlp.Soak;

/// <summary>What several threads count together, and how long they go on.</summary>
internal sealed class Tally(TimeSpan time)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _count, _failureCount;
    private string? _firstFailure;

    public long Count => Interlocked.Read(ref _count);

    public long FailureCount => Interlocked.Read(ref _failureCount);

    /// <summary>Null when there is none.</summary>
    public string? FirstFailure => _firstFailure;

    public double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>When the time is, and something was counted: on a busy machine the time alone may be over before anything is
    /// done.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_start) >= time && (Count > 0 || FailureCount > 0);

    public void Add(long count) => Interlocked.Add(ref _count, count);

    public void Fail(string reason)
    {
        Interlocked.Increment(ref _failureCount);
        Interlocked.CompareExchange(ref _firstFailure, reason, null);
    }

    /// <summary>Runs actions at the same time, each on a thread of its own, until all have ended. An exception is a failure.</summary>
    public void RunTogether(IEnumerable<Action> actions)
    {
        Thread[] threads = [.. actions.Select(action => new Thread(() => Guarded(action)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>The result of a part that counted here.</summary>
    public SoakResult Result(SoakRun run, string promise, string counted, string remark)
    {
        if (FirstFailure is not null)
            run.SaveFailure($"{promise}: {FailureCount:N0} failures, first: {FirstFailure}");
        return new SoakResult(promise, counted, Count, FailureCount, Seconds, remark);
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            // The thread ends; what it was about is reported.
            Fail(exception.ToString());
        }
    }
}
