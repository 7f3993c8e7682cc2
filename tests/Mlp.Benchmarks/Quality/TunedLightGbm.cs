using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>
/// LightGBM with the best of some draws: each is judged by cross-validation on the training rows alone, by the loss that our recipes are
/// compared by, and the best one is fitted to all of them.
/// </summary>
internal sealed class TunedLightGbm : IContender
{
    /// <summary>The first are the settings that LightGBM chooses by itself, so that a search cannot miss them.</summary>
    public const int DrawCount = 20;

    private const int FoldCount = 3;

    public string Name => "LightGbm tuned";

    public ITransformer Fit(TrainingPart part)
    {
        LightGbmSettings? best = Search(part);
        Console.Error.WriteLine($"{part.Set.Name}, {Name}, seed {part.Seed}: {best?.ToString() ?? "its own settings"}");
        return Create(part, best).Fit(part.View);
    }

    /// <summary>The settings with the lowest mean loss on the folds; null for LightGBM's own.</summary>
    public static LightGbmSettings? Search(TrainingPart part)
    {
        // Views are made once, and read by every draw.
        IReadOnlyList<(TrainingPart Train, IDataView Judged)> folds = part.Folds(FoldCount);
        var random = new Random(part.Seed);
        LightGbmSettings?[] draws = [null, .. Enumerable.Range(1, DrawCount - 1).Select(_ => LightGbmSettings.Draw(random))];
        return draws.MinBy(draw => folds.Average(fold =>
            Judgement.Of(part.ML, part.Set, Create(fold.Train, draw).Fit(fold.Train.View).Transform(fold.Judged))[part.Set.LossMetric]));
    }

    private static IEstimator<ITransformer> Create(TrainingPart part, LightGbmSettings? settings) =>
        QualityPipeline.Create(
            part.ML, part.Set, LightGbmSettings.CreateTrainer(part.ML, part.Set.Task, settings, part.Seed), part.Set.Missing);
}
