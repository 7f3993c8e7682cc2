using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Mlp.Benchmarks.Quality;

/// <summary>The boosted trees of the package Microsoft.ML.FastTree with its defaults; several classes one against all.</summary>
internal sealed class FastTree : IContender
{
    public string Name => "FastTree";

    public ITransformer Fit(TrainingPart part) =>
        QualityPipeline.Create(part.ML, part.Set, CreateTrainer(part.ML, part.Set.Task, part.Seed), MissingNumbers.Replace)
            .Fit(part.View);

    private static IEstimator<ITransformer> CreateTrainer(MLContext ml, QualityTask task, int seed)
    {
        return task switch
        {
            QualityTask.Binary => Binary(),
            QualityTask.Multiclass => ml.MulticlassClassification.Trainers.OneVersusAll(Binary()),
            _ => ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { Seed = seed, NumberOfThreads = 1 }),
        };

        FastTreeBinaryTrainer Binary() =>
            ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { Seed = seed, NumberOfThreads = 1 });
    }
}
