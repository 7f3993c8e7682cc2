using System.Diagnostics;
using Mlp.TestSupport;

namespace Mlp.Soak.Kill;

/// <summary>Kills a training at random moments, starts it again, and compares what comes out in the end with a training left
/// alone.</summary>
/// <param name="folder">Where the checkpoint is; emptied before.</param>
/// <param name="random">Decides when to kill.</param>
internal sealed class KillRun(string folder, Random random)
{
    // The first life ends in one of these steps, however busy the machine is. Later ones end within this time once they are under way,
    // mostly in the middle of a file or of a step.
    private const int LongestFirstLife = 20;
    private const double LongestLife = 0.12;

    private readonly string _path = Path.Combine(folder, "killed");

    /// <summary>Kills so far.</summary>
    public int KillCount { get; private set; }

    /// <summary>How many of them came while a file was written.</summary>
    public int KillCountInFiles { get; private set; }

    /// <summary>Null when the result has the bits of the training left alone; otherwise what went wrong.</summary>
    /// <param name="trainingCase">What is trained.</param>
    /// <param name="everyStep">Whether every step is saved, or only some.</param>
    /// <param name="mostKills">After so many the training is left alone.</param>
    public string? Run(TrainingCase trainingCase, bool everyStep, int mostKills)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
            File.Delete(file);
        // Long enough for some ten lives.
        int epochs = (everyStep ? 25 : 1_000) * (trainingCase.IsLbfgs ? 2 : 1);
        var child = new TrainChild(trainingCase.Name, epochs, NumberOfThreads: 1, _path, everyStep ? 1e-9 : 0.01);
        string expected = (child with { CheckpointPath = "" }).Train();
        for (int kills = 0; ; kills++)
        {
            bool hadFile = HasFile();
            int killedInStep = kills == 0 ? 1 + random.Next(LongestFirstLife) : 0;
            (string? hash, string? warning) = Live(
                child with { NumberOfThreads = 1 + kills % 2, KilledInStep = killedInStep }, isKilled: kills < mostKills);
            if (warning is not null)
                return $"{trainingCase}: {warning}";
            KillCountInFiles += File.Exists(_path + ".temporary") ? 1 : 0;
            if (hadFile && !HasFile())
                return $"{trainingCase}: there was a checkpoint before a kill and none after it";
            if (hash is not null)
                return hash == expected ? null : $"{trainingCase}: hash {hash} after {kills} kills, expected {expected}";
        }
    }

    private bool HasFile() => File.Exists(_path) || File.Exists(_path + ".previous");

    /// <summary>The hash is null when the training was killed before its end.</summary>
    private (string? Hash, string? Warning) Live(TrainChild child, bool isKilled)
    {
        using Process process = child.Start();
        if (process.StandardOutput.ReadLine() == TrainChild.Started && isKilled && child.KilledInStep == 0
            && !process.WaitForExit(TimeSpan.FromSeconds(LongestLife * random.NextDouble())))
        {
            // SIGKILL where there are signals.
            process.Kill();
        }
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        KillCount += process.ExitCode == 0 ? 0 : 1;
        return (Find(TrainChild.Hash), Find(TrainChild.Warning));

        string? Find(string beginning) =>
            lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..];
    }
}
