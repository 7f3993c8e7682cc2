using System.Diagnostics;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>Damages files and watches how they are read: the exception, the time and the memory.</summary>
/// <remarks>
/// Every listed damage, and in turn with it drawn ones. A file that ends in an exception of a shape not seen before joins those that are
/// damaged further, so that the drawing finds its way into the parser.
/// </remarks>
/// <param name="target">The kind of file.</param>
/// <param name="seed">Everything random comes from it.</param>
public sealed class Fuzzer(FuzzTarget target, int seed)
{
    private const int MaxFailureCount = 1_000;

    // A worker that reads one file while the process takes so much processor time is taken for dead, and the run ends. The clock on the
    // wall would say nothing: on a busy machine a thread can be kept waiting for long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FuzzReport _report = new();
    private readonly Stopwatch _clock = new();

    /// <summary>Tries files until a limit is reached or 1,000 broke the promise.</summary>
    public FuzzReport Run(FuzzLimits limits)
    {
        _clock.Start();
        foreach (byte[] sample in target.Samples)
            target.Use(target.Read(sample));
        FuzzWorker[] workers = [.. Enumerable.Range(0, limits.ThreadCount).Select(index => new FuzzWorker(target, _report, seed, index))];
        Thread[] threads = [.. workers.Select(worker => new Thread(() => worker.Run(limits, IsOver)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        for (int index = 0; index < threads.Length; index++)
        {
            while (!threads[index].Join(TimeSpan.FromMilliseconds(50)))
            {
                if (workers.FirstOrDefault(worker => worker.Silence > Patience) is not FuzzWorker silent)
                    continue;
                _report.Failures.Enqueue(
                    new FuzzFailure($"Reading did not end within {Patience.TotalSeconds} seconds of processor time.", silent.Current));
                _report.Seconds = _clock.Elapsed.TotalSeconds;
                return _report;
            }
        }
        _report.Seconds = _clock.Elapsed.TotalSeconds;
        return _report;

        bool IsOver() => (_clock.Elapsed >= limits.Time && _report.InputCount > 0) || _report.InputCount >= limits.MaxInputCount
            || _report.Failures.Count >= MaxFailureCount;
    }
}
