using System.Runtime.ExceptionServices;

namespace Mlp.Numerics;

/// <summary>Work that can be done in independent parts, each by one thread.</summary>
internal interface IParallelWork
{
    /// <summary>Does the part <paramref name="part"/> of <paramref name="partCount"/>.</summary>
    void Execute(int part, int partCount);
}

/// <summary>
/// A fixed set of threads that do one piece of work together, over and over, without allocating. The caller is one of them. Only
/// which thread computes an output depends on their number, never how it is computed.
/// </summary>
/// <remarks>
/// A step of training consists of many short pieces of work, so a thread that has nothing to do looks out for the next piece for a
/// while (which it then begins within a microsecond) before it goes to sleep (from which it takes some 50 µs to wake). Parts are taken,
/// not assigned: on a busy machine, where a thread may come too late, the caller does its part as well.
/// </remarks>
internal sealed class ThreadTeam : IDisposable
{
    // Some 100 µs of looking out; with fewer processors than threads it would keep the one that has work from running.
    private const int SpinCount = 3000;

    private readonly Exception?[] _failures;
    private readonly object _gate = new();
    private readonly int _spinCount;
    private readonly RangeWork _rangeWork = new();
    private IParallelWork? _work;

    // The number of the piece of work in the upper half, the next part to be taken in the lower; all parts are taken at first.
    private long _ticket;
    private int _pendingParts, _sleeping;
    private bool _callerSleeps, _disposed;

    public ThreadTeam(int threadCount)
    {
        RangeCheck.AtLeast(1, threadCount);
        ThreadCount = threadCount;
        _ticket = threadCount;
        _failures = new Exception?[threadCount];
        _spinCount = threadCount <= Environment.ProcessorCount ? SpinCount : 0;
        for (int index = 1; index < threadCount; index++)
            new Thread(Serve) { IsBackground = true, Name = $"Mlp training {index}" }.Start();
    }

    /// <summary>The caller alone.</summary>
    public static ThreadTeam Single { get; } = new(1);

    /// <summary>Threads, and parts of each piece of work.</summary>
    public int ThreadCount { get; }

    /// <summary>Returns when every part is done; throws what a part threw.</summary>
    public void Run(IParallelWork work)
    {
        if (ThreadCount == 1)
        {
            work.Execute(0, 1);
            return;
        }
        _work = work;
        _pendingParts = ThreadCount;
        // A full fence: a thread that is about to sleep has either been counted by now or sees the new ticket.
        Interlocked.Exchange(ref _ticket, ((_ticket >> 32) + 1) << 32);
        WakeSleepers();
        while (TryTakePart(out int part))
            Execute(part);
        WaitForOthers();
        foreach (Exception? failure in _failures)
        {
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Calls a function on parts of the range 0, …, count − 1, each beginning on a multiple of 1024.</summary>
    /// <param name="function">Gets <paramref name="argument"/> and the start and end of its part.</param>
    /// <param name="argument">Has to stay where it is until this returns.</param>
    /// <param name="count">Length of the range.</param>
    public unsafe void Run(delegate*<void*, int, int, void> function, void* argument, int count)
    {
        if (ThreadCount == 1)
        {
            function(argument, 0, count);
            return;
        }
        _rangeWork.Function = function;
        _rangeWork.Argument = argument;
        _rangeWork.Count = count;
        Run(_rangeWork);
    }

    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        Interlocked.MemoryBarrier();
        WakeSleepers();
    }

    private void Serve()
    {
        while (TryWaitForPart(out int part))
            Execute(part);
    }

    /// <summary>False when the team is disposed.</summary>
    private bool TryWaitForPart(out int part)
    {
        for (int spin = 0; spin < _spinCount; spin++)
        {
            if (TryTakePart(out part))
                return true;
            Thread.SpinWait(1);
        }
        lock (_gate)
        {
            Interlocked.Increment(ref _sleeping);
            bool taken;
            while (!(taken = TryTakePart(out part)) && !Volatile.Read(ref _disposed))
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleeping);
            return taken;
        }
    }

    private bool TryTakePart(out int part)
    {
        long ticket = Volatile.Read(ref _ticket);
        while ((int)ticket < ThreadCount)
        {
            long seen = Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket);
            if (seen == ticket)
            {
                part = (int)ticket;
                return true;
            }
            ticket = seen;
        }
        part = 0;
        return false;
    }

    private void Execute(int part)
    {
        // A part that throws must still be counted as done, or the caller would wait for it forever.
        try
        {
            _failures[part] = null;
            _work!.Execute(part, ThreadCount);
        }
        catch (Exception exception)
        {
            _failures[part] = exception;
        }
        if (Interlocked.Decrement(ref _pendingParts) > 0 || !Volatile.Read(ref _callerSleeps))
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void WaitForOthers()
    {
        for (int spin = 0; spin < _spinCount && Volatile.Read(ref _pendingParts) > 0; spin++)
            Thread.SpinWait(1);
        if (Volatile.Read(ref _pendingParts) == 0)
            return;
        lock (_gate)
        {
            Volatile.Write(ref _callerSleeps, true);
            // Another full fence: the last thread either sees that the caller sleeps, or the caller sees that it is done.
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _pendingParts) > 0)
                Monitor.Wait(_gate);
            Volatile.Write(ref _callerSleeps, false);
        }
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref _sleeping) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private sealed unsafe class RangeWork : IParallelWork
    {
        private const int Unit = 1024;

        public delegate*<void*, int, int, void> Function;
        public void* Argument;
        public int Count;

        public void Execute(int part, int partCount) => Function(Argument, Cut(part, partCount), Cut(part + 1, partCount));

        private int Cut(int part, int partCount) => part == partCount ? Count : (int)((long)Count * part / partCount / Unit * Unit);
    }
}
