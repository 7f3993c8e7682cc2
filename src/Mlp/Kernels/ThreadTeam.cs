using System.Runtime.ExceptionServices;

namespace Mlp.Kernels;

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
internal sealed class ThreadTeam : IDisposable
{
    private readonly Barrier? _barrier;
    private readonly Exception?[] _failures;
    private IParallelWork? _work;
    private bool _disposed;

    public ThreadTeam(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ThreadCount = threadCount;
        _failures = new Exception?[threadCount];
        if (threadCount == 1)
            return;
        _barrier = new Barrier(threadCount);
        for (int part = 1; part < threadCount; part++)
        {
            int mine = part;
            new Thread(() => Serve(mine)) { IsBackground = true, Name = $"Mlp training {mine}" }.Start();
        }
    }

    public int ThreadCount { get; }

    /// <summary>Returns when every part is done; throws what a part threw.</summary>
    public void Run(IParallelWork work)
    {
        if (_barrier is null)
        {
            work.Execute(0, 1);
            return;
        }
        _work = work;
        _barrier.SignalAndWait();
        Execute(0);
        _barrier.SignalAndWait();
        foreach (Exception? failure in _failures)
        {
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }
    }

    public void Dispose()
    {
        if (_barrier is null || _disposed)
            return;
        _disposed = true;
        _work = null;
        _barrier.SignalAndWait();
        // The threads leave the barrier for good in this phase; nobody waits on it any more.
    }

    private void Serve(int part)
    {
        while (true)
        {
            _barrier!.SignalAndWait();
            if (_work is null)
                return;
            Execute(part);
            _barrier.SignalAndWait();
        }
    }

    private void Execute(int part)
    {
        // A part that throws must still reach the barrier, or the others would wait for it for ever.
        try
        {
            _failures[part] = null;
            _work!.Execute(part, ThreadCount);
        }
        catch (Exception exception)
        {
            _failures[part] = exception;
        }
    }
}
