using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>
/// LightGBM with the best of some draws: each is judged by cross-validation on the training rows alone, by the loss that our recipes are
/// compared by, and the best one is fitted to all of them.
/// </summary>
/// <remarks>Five folds where it may take as long as a search of ours, three otherwise: more tell better.</remarks>
internal sealed class TunedLightGbm : IContender
{
    /// <summary>The first are the settings that LightGBM chooses by itself, so that a search cannot miss them.</summary>
    public const int DrawCount = 20;

    private const int FoldCount = 3, FoldCountOfTime = 5;

    /// <summary>Whether it draws until it has used the processor time of the contender before it, instead of
    /// <see cref="DrawCount"/> times.</summary>
    public bool TakesTimeOfLast { get; init; }

    public string Name => TakesTimeOfLast ? "LightGbm as long" : "LightGbm tuned";

    public ITransformer Fit(TrainingPart part)
    {
        LightGbmSettings? best = TakesTimeOfLast ? Search(part, part.SecondsOfLast) : Search(part);
        Console.Error.WriteLine($"{part.Set.Name}, {Name}, seed {part.Seed}: {best?.ToString() ?? "its own settings"}");
        return Create(part, best).Fit(part.View);
    }

    /// <summary>The settings with the lowest mean loss on the folds; null for LightGBM's own.</summary>
    public static LightGbmSettings? Search(TrainingPart part)
    {
        // Views are made once, and read by every draw.
        IReadOnlyList<(TrainingPart Train, IDataView Judged)> folds = part.Folds(FoldCount);
        return Draws(part).Take(DrawCount).MinBy(draw => LossOf(part, folds, draw));
    }

    /// <summary>The same, with as many draws as the time allows; what LightGBM chooses by itself is always among them.</summary>
    private static LightGbmSettings? Search(TrainingPart part, double seconds)
    {
        TimeSpan end = Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(seconds);
        IReadOnlyList<(TrainingPart Train, IDataView Judged)> folds = part.Folds(FoldCountOfTime);
        (LightGbmSettings? Settings, double Loss) best = (null, LossOf(part, folds, null));
        int count = 1;
        for (IEnumerator<LightGbmSettings?> draws = Draws(part).Skip(1).GetEnumerator();
            Environment.CpuUsage.TotalTime < end && draws.MoveNext(); count++)
        {
            double loss = LossOf(part, folds, draws.Current);
            if (loss < best.Loss)
                best = (draws.Current, loss);
        }
        Console.Error.WriteLine($"{part.Set.Name}, seed {part.Seed}: {count} draws");
        return best.Settings;
    }

    private static IEnumerable<LightGbmSettings?> Draws(TrainingPart part)
    {
        var random = new Random(part.Seed);
        yield return null;
        while (true)
            yield return LightGbmSettings.Draw(random);
    }

    private static double LossOf(
        TrainingPart part, IReadOnlyList<(TrainingPart Train, IDataView Judged)> folds, LightGbmSettings? draw) => folds.Average(fold =>
        Judgement.Of(part.ML, part.Set, Create(fold.Train, draw).Fit(fold.Train.View).Transform(fold.Judged))[part.Set.LossMetric]);

    private static IEstimator<ITransformer> Create(TrainingPart part, LightGbmSettings? settings) =>
        QualityPipeline.Create(
            part.ML, part.Set, LightGbmSettings.CreateTrainer(part.ML, part.Set.Task, settings, part.Seed), part.Set.Missing);
}
