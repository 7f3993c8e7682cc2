using System.Collections.Concurrent;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>How a run went.</summary>
public sealed class FuzzReport
{
    private long _inputCount, _acceptedCount, _refusedCount, _foreignCount;

    /// <summary>Files tried.</summary>
    public long InputCount => _inputCount;

    /// <summary>Files that were read and could be used.</summary>
    public long AcceptedCount => _acceptedCount;

    /// <summary>Files that were refused as promised.</summary>
    public long RefusedCount => _refusedCount;

    /// <summary>Files that ended in other people's code.</summary>
    public long ForeignCount => _foreignCount;

    /// <summary>Exceptions, their numbers and names left out, and how often each came.</summary>
    public ConcurrentDictionary<string, long> Shapes { get; } = [];

    /// <summary>Inputs that broke the promise.</summary>
    public ConcurrentQueue<FuzzFailure> Failures { get; } = [];

    /// <summary>What the run took.</summary>
    public double Seconds { get; internal set; }

    internal void Count() => Interlocked.Increment(ref _inputCount);

    internal void CountAccepted() => Interlocked.Increment(ref _acceptedCount);

    internal void Count(Verdict verdict, string shape)
    {
        Shapes.AddOrUpdate(shape, 1, (_, count) => count + 1);
        if (verdict == Verdict.Refusal)
            Interlocked.Increment(ref _refusedCount);
        else if (verdict == Verdict.Foreign)
            Interlocked.Increment(ref _foreignCount);
    }
}
