using System.Diagnostics;
using Mlp.TestSupport;

namespace Mlp.Soak.Kill;

/// <summary>A training killed at any moment and started again ends with the parameters of one left alone.</summary>
internal sealed class KillPart : ISoakPart
{
    public string Name => "kills";

    public double Share => 1;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        using var folder = new TemporaryFolder();
        var kills = new KillRun(folder.FullPath, new Random(run.Seed));
        long start = Stopwatch.GetTimestamp();
        int trainings = 0, failures = 0;
        for (; trainings == 0 || Stopwatch.GetElapsedTime(start) < run.Time; trainings++)
        {
            TrainingCase trainingCase = TrainingCase.All[trainings % TrainingCase.All.Count];
            string? failure = kills.Run(trainingCase, everyStep: trainings / TrainingCase.All.Count % 2 == 0, mostKills: 20);
            if (failure is null)
                continue;
            failures++;
            run.SaveFailure(failure);
        }
        yield return new SoakResult(
            "A training killed at any moment and resumed ends with the bits of one left alone",
            "kills",
            kills.KillCount,
            failures,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            $"{kills.KillCountInFiles} of them while a file was written; {trainings} trainings, "
                + $"{Math.Min(trainings, TrainingCase.All.Count)} configurations");
    }
}
