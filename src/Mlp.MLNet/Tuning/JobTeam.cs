using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Mlp.MLNet.Tuning;

/// <summary>Does jobs side by side on threads, and waits for those that other processes do.</summary>
/// <param name="threadCount">At least 1.</param>
/// <param name="part">Which of several processes this is; null where it is alone.</param>
/// <param name="checkCancellation">What it throws ends the work.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class JobTeam(int threadCount, EnsemblePart? part, Action checkCancellation, CancellationToken cancellationToken)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>All results, in the order of the jobs.</summary>
    /// <param name="jobs">To do.</param>
    /// <param name="find">The result of a job that is done already; null where it is not.</param>
    /// <param name="run">Does a job with so many threads of its own.</param>
    public TResult[] Run<TJob, TResult>(
        IReadOnlyList<TJob> jobs, Func<TJob, TResult?> find, Func<TJob, int, CancellationToken, TResult> run)
        where TResult : class
    {
        var results = new TResult?[jobs.Count];
        int[] own = [.. Enumerable.Range(0, jobs.Count).Where(job => part is null || job % part.Count == part.Number - 1)];
        int threadsEach = Math.Max(1, threadCount / Math.Max(1, own.Length));
        try
        {
            Parallel.ForEach(
                Partitioner.Create(own, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken },
                (job, state) =>
                {
                    checkCancellation();
                    results[job] = find(jobs[job]) ?? run(jobs[job], threadsEach, cancellationToken);
                });
        }
        catch (AggregateException exception)
        {
            // What stopped the others, not that they were stopped.
            ExceptionDispatchInfo.Throw(
                exception.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException)
                    ?? exception.InnerExceptions[0]);
        }
        for (int job = 0; job < results.Length; job++)
        {
            while ((results[job] ??= find(jobs[job])) is null)
            {
                checkCancellation();
                cancellationToken.WaitHandle.WaitOne(BetweenLooks);
            }
        }
        return [.. results.Select(result => result!)];
    }
}
