using System.Diagnostics;

namespace Mlp.Benchmarks;

/// <summary>Times several runs, alternating with what is compared, so that what else runs on the machine hits all alike.</summary>
internal static class Timing
{
    /// <returns>The medians, in seconds.</returns>
    /// <param name="rounds">Runs of each, after one to warm up.</param>
    /// <param name="actions">Run in turns.</param>
    public static double[] Run(int rounds, params Action[] actions)
    {
        var seconds = actions.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round <= rounds; round++)
        {
            for (int index = 0; index < actions.Length; index++)
            {
                long start = Stopwatch.GetTimestamp();
                actions[index]();
                if (round > 0)
                    seconds[index].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
        return [.. seconds.Select(values => values.Order().ElementAt(values.Count / 2))];
    }
}
