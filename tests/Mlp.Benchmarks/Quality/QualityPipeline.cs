using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Mlp.Benchmarks.Quality;

/// <summary>The pipeline that a user writes for a table, from what its columns are.</summary>
/// <remarks>
/// Missing numbers become the training rows' mean or stay missing, categories become indicators (a missing one has no indicator set), texts
/// become what FeaturizeText makes of them, pixels are divided by their largest value; every contender gets its rows so, and but for the
/// texts ML.NET's own trainers did for mlnet.json. Scaling is the trainer's own matter.
/// </remarks>
internal static class QualityPipeline
{
    public const string Features = nameof(Features);

    /// <param name="ml">Where it belongs.</param>
    /// <param name="set">What the columns are.</param>
    /// <param name="trainer">The last step.</param>
    /// <param name="missing">Whether the trainer is given missing numbers. Those that skip rows with one, which are all of ML.NET's own,
    /// are not.</param>
    public static IEstimator<ITransformer> Create(
        MLContext ml, QualitySet set, IEstimator<ITransformer> trainer, MissingNumbers missing) =>
        CreateTransforms(ml, set, missing).Append(trainer);

    /// <summary>The same without the trainer.</summary>
    public static IEstimator<ITransformer> CreateTransforms(MLContext ml, QualitySet set, MissingNumbers missing)
    {
        string[] numbers = set.IsMixed ? set.Numeric : [QualityRows.Numbers];
        IEstimator<ITransformer> steps = new EstimatorChain<ITransformer>();
        if (missing == MissingNumbers.Replace && set.MissingCells > 0 && numbers.Length > 0)
            steps = steps.Append(ml.Transforms.ReplaceMissingValues(
                Each(numbers), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (set.IsImages)
            steps = steps.Append(ml.Transforms.NormalizeMinMax(QualityRows.Numbers));
        if (set.Categorical.Length > 0)
            steps = steps.Append(ml.Transforms.Categorical.OneHotEncoding(Each(set.Categorical)));
        foreach (string text in set.Texts)
            steps = steps.Append(ml.Transforms.Text.FeaturizeText(text));
        steps = steps.Append(ml.Transforms.Concatenate(Features, [.. numbers, .. set.Categorical, .. set.Texts]));
        if (set.Task == QualityTask.Multiclass)
            steps = steps.Append(ml.Transforms.Conversion.MapValueToKey(QualityRows.Label));
        return steps;
    }

    private static InputOutputColumnPair[] Each(string[] columns) => [.. columns.Select(name => new InputOutputColumnPair(name))];
}
