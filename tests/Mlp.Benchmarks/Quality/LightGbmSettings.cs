using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace Mlp.Benchmarks.Quality;

/// <summary>What is searched for LightGBM, and the trainer that it gives.</summary>
/// <param name="Leaves">Leaves of a tree.</param>
/// <param name="LearningRate">Weight of each tree.</param>
/// <param name="Iterations">Trees; for several classes, of each.</param>
/// <param name="MinimumExamplesPerLeaf">Rows that a leaf holds at least.</param>
/// <param name="FeatureFraction">Part of the features that a tree may use, drawn for each.</param>
/// <param name="RowFraction">Part of the rows that a tree is grown on, drawn for each.</param>
internal sealed record LightGbmSettings(
    int Leaves, double LearningRate, int Iterations, int MinimumExamplesPerLeaf, double FeatureFraction, double RowFraction)
{
    /// <summary>A point of the search space.</summary>
    /// <remarks>
    /// LightGBM's own advice on tuning ("Parameters Tuning" in its documentation) names these six: leaves and rows per leaf for the size of
    /// a tree, rate and number of trees together, and the two fractions against overfitting. Twenty draws do not cover more. Each range
    /// reaches as far down as up from LightGBM's own default, as a ratio (31 leaves, rate 0.1, 100 trees, 20 rows; the fractions' default
    /// is their upper end), so that no table had a say in it. The first four are drawn evenly in the logarithm, because a ratio is what
    /// matters there.
    /// </remarks>
    public static LightGbmSettings Draw(Random random)
    {
        return new(
            Whole(8, 120), Even(0.03, 0.33), Whole(30, 330), Whole(4, 100), FeatureFraction: 0.5 + random.NextDouble() / 2,
            RowFraction: 0.5 + random.NextDouble() / 2);

        double Even(double from, double to) => from * Math.Pow(to / from, random.NextDouble());

        int Whole(double from, double to) => (int)Math.Round(Even(from, to));
    }

    /// <summary>The trainer of a task.</summary>
    /// <param name="ml">Where it belongs.</param>
    /// <param name="task">What the label asks for.</param>
    /// <param name="settings">Null: those that the package chooses by itself.</param>
    /// <param name="seed">Of the rows and features that it draws.</param>
    /// <remarks>
    /// LightGBM promises the same bits for the same data only in its deterministic mode with one way of adding up histograms; which way is
    /// faster it would otherwise try out, by the clock.
    /// </remarks>
    public static IEstimator<ITransformer> CreateTrainer(MLContext ml, QualityTask task, LightGbmSettings? settings, int seed) =>
        task switch
        {
            QualityTask.Binary => ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                NumberOfLeaves = settings?.Leaves,
                LearningRate = settings?.LearningRate,
                NumberOfIterations = settings?.Iterations ?? DefaultIterations,
                MinimumExampleCountPerLeaf = settings?.MinimumExamplesPerLeaf,
                Booster = Booster(settings),
                Seed = seed,
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
            }),
            QualityTask.Multiclass => ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
            {
                NumberOfLeaves = settings?.Leaves,
                LearningRate = settings?.LearningRate,
                NumberOfIterations = settings?.Iterations ?? DefaultIterations,
                MinimumExampleCountPerLeaf = settings?.MinimumExamplesPerLeaf,
                Booster = Booster(settings),
                Seed = seed,
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
            }),
            _ => ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
            {
                NumberOfLeaves = settings?.Leaves,
                LearningRate = settings?.LearningRate,
                NumberOfIterations = settings?.Iterations ?? DefaultIterations,
                MinimumExampleCountPerLeaf = settings?.MinimumExamplesPerLeaf,
                Booster = Booster(settings),
                Seed = seed,
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
            }),
        };

    private static int DefaultIterations { get; } = new LightGbmBinaryTrainer.Options().NumberOfIterations;

    private static GradientBooster.Options Booster(LightGbmSettings? settings) => settings is null
        ? new GradientBooster.Options()
        : new GradientBooster.Options
        {
            FeatureFraction = settings.FeatureFraction,
            SubsampleFraction = settings.RowFraction,
            SubsampleFrequency = 1
        };
}
