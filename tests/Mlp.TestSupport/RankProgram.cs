using System.Globalization;
using Mlp.Mpi;

namespace Mlp.TestSupport;

/// <summary>A rank of a training, for tests that start several by mpirun: <c>rank CASE SHARDS [options]</c>.</summary>
/// <remarks>
/// Prints "rank R of N: HASH". Options: <c>--checkpoint PATH</c>; <c>--at RANK:STEP ACTION</c>, where the action is throw, kill, exit or
/// cancel; <c>--seed RANK:SEED</c> for one rank; <c>--rate RATE</c>, the learning rate of gradient descent. What a rank throws goes to
/// standard error after its number.
/// </remarks>
internal static class RankProgram
{
    public static int Run(string[] args)
    {
        int rank = -1;
        try
        {
            using var ranks = MpiRanks.Start();
            rank = ranks.Rank;
            (int Rank, int Step, string Action)? at = Read(args, "--at") is int index
                ? (Pair(args[index]).Rank, Pair(args[index]).Number, args[index + 1]) : null;
            int steps = 0;
            using var source = new CancellationTokenSource();
            TrainingCase.Outcome outcome = TrainingCase.Find(args[1]).Run(settings => settings with
            {
                GradientShards = int.Parse(args[2], CultureInfo.InvariantCulture),
                Ranks = ranks,
                Seed = Read(args, "--seed") is int seed && Pair(args[seed]).Rank == rank ? Pair(args[seed]).Number : settings.Seed,
                Optimizer = Read(args, "--rate") is int rate
                    ? new Sgd { LearningRate = double.Parse(args[rate], CultureInfo.InvariantCulture) } : settings.Optimizer,
                Checkpoint = Read(args, "--checkpoint") is int path ? new Checkpoint(args[path]) { EveryEpochs = 1 } : null,
                CancellationToken = source.Token,
                ReturnBestOnCancellation = true,
                StepCallback = () =>
                {
                    if (at is { } place && place.Rank == rank && steps++ == place.Step)
                        Act(place.Action, source);
                },
            });
            Console.WriteLine($"rank {rank} of {ranks.Count}: {outcome.Hash}{(outcome.Result.WasCanceled ? " cancelled" : "")}");
            return 0;
        }
        catch (Exception exception)
        {
            // The last place where a rank can say why it ends.
            Console.Error.WriteLine($"rank {rank}: {exception.GetType().Name}: {exception.Message}");
            return 3;
        }
    }

    private static void Act(string action, CancellationTokenSource source)
    {
        switch (action)
        {
            case "throw":
                throw new TimeoutException("The cable was cut.");
            case "kill":
                System.Diagnostics.Process.GetCurrentProcess().Kill();
                break;
            case "exit":
                Environment.Exit(4);
                break;
            default:
                source.Cancel();
                break;
        }
    }

    private static int? Read(string[] args, string option) => Array.IndexOf(args, option) is >= 0 and var index ? index + 1 : null;

    private static (int Rank, int Number) Pair(string text)
    {
        int[] numbers = [.. text.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    }
}
