using System.Diagnostics;
using System.Globalization;
using Mlp.TestSupport;

namespace Mlp.Soak.Kill;

/// <summary>A training in a process of its own, which others can kill.</summary>
/// <param name="Case">Name of a <see cref="TrainingCase"/>.</param>
/// <param name="NumberOfEpochs">At most.</param>
/// <param name="NumberOfThreads">At least 1.</param>
/// <param name="CheckpointPath">Empty for no checkpoint.</param>
/// <param name="EverySeconds">Between checkpoints.</param>
/// <param name="KilledInStep">The step, from 1, in which the process kills itself; 0 for none.</param>
internal sealed record TrainChild(
    string Case, int NumberOfEpochs, int NumberOfThreads, string CheckpointPath = "", double EverySeconds = 1, int KilledInStep = 0)
{
    /// <summary>The first argument that makes the program train.</summary>
    public const string Verb = "train-child";

    /// <summary>What the child writes before its first step, and before the hash of its result.</summary>
    public const string Started = "started", Hash = "hash ", Warning = "warning ";

    /// <summary>The program's side.</summary>
    public static int Run(string[] args)
    {
        var child = new TrainChild(
            args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture), args[4],
            double.Parse(args[5], CultureInfo.InvariantCulture), int.Parse(args[6], CultureInfo.InvariantCulture));
        int step = 0;
        string hash = child.Train(() =>
        {
            if (step++ == 0)
                Console.WriteLine(Started);
            if (step == child.KilledInStep)
                Process.GetCurrentProcess().Kill();
        });
        Console.WriteLine(Hash + hash);
        return 0;
    }

    /// <summary>Trains in this process.</summary>
    public string Train(Action? step = null) => TrainingCase.Find(Case).Run(settings => settings with
    {
        NumberOfEpochs = NumberOfEpochs,
        NumberOfThreads = NumberOfThreads,
        Checkpoint = CheckpointPath.Length == 0 ? null : new Checkpoint(CheckpointPath) { EverySeconds = EverySeconds },
        WarningCallback = warning => Console.WriteLine(Warning + warning),
        StepCallback = step,
    }).Hash;

    /// <summary>Starts a process that trains.</summary>
    /// <param name="program">Mlp.Soak.dll; the one beside this program unless given.</param>
    public Process Start(string? program = null) => SoakProcess.Start(
        program,
        [
            Verb, Case, NumberOfEpochs.ToString(CultureInfo.InvariantCulture), NumberOfThreads.ToString(CultureInfo.InvariantCulture),
                CheckpointPath,
            EverySeconds.ToString(CultureInfo.InvariantCulture), KilledInStep.ToString(CultureInfo.InvariantCulture),
        ]);
}
