using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>LightGBM of the package Microsoft.ML.LightGbm with what it chooses by itself.</summary>
internal sealed class LightGbm : IContender
{
    public string Name => "LightGbm";

    public ITransformer Fit(TrainingPart part) =>
        QualityPipeline.Create(
            part.ML, part.Set, LightGbmSettings.CreateTrainer(part.ML, part.Set.Task, settings: null, part.Seed), part.Set.Missing)
        .Fit(part.View);
}
