using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Mlp.Benchmarks.Quality;

/// <summary>
/// The linear models that ML.NET fits by L-BFGS, with their defaults, on features divided by their largest value; of numbers the logarithm
/// is linear (Poisson regression), so they must not be negative, and a row unlike the others can get any prediction.
/// </summary>
internal sealed class Lbfgs : IContender
{
    public string Name => "Lbfgs";

    public ITransformer Fit(TrainingPart part) =>
        QualityPipeline.Create(
            part.ML, part.Set, part.ML.Transforms.NormalizeMinMax(QualityPipeline.Features).Append(CreateTrainer(part)),
            MissingNumbers.Replace)
        .Fit(part.View);

    private static IEstimator<ITransformer> CreateTrainer(TrainingPart part) => part.Set.Task switch
    {
        QualityTask.Binary => part.ML.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
        QualityTask.Multiclass => part.ML.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
        _ => part.ML.Regression.Trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options { NumberOfThreads = 1 }),
    };
}
