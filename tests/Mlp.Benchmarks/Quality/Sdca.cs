using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Mlp.Benchmarks.Quality;

/// <summary>The linear models that ML.NET fits by stochastic dual coordinate ascent, with their defaults, on features divided
/// by their largest value.</summary>
internal sealed class Sdca : IContender
{
    public string Name => "Sdca";

    public ITransformer Fit(TrainingPart part) =>
        QualityPipeline.Create(
            part.ML, part.Set, part.ML.Transforms.NormalizeMinMax(QualityPipeline.Features).Append(CreateTrainer(part)),
            MissingNumbers.Replace)
        .Fit(part.View);

    /// <summary>On one thread the same seed gives the same bits.</summary>
    private static IEstimator<ITransformer> CreateTrainer(TrainingPart part) => part.Set.Task switch
    {
        QualityTask.Binary => part.ML.BinaryClassification.Trainers.SdcaLogisticRegression(
            new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
        QualityTask.Multiclass => part.ML.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
        _ => part.ML.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 }),
    };
}
