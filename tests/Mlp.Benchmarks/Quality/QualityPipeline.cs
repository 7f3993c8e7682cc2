using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Mlp.Benchmarks.Quality;

/// <summary>The pipeline that a user writes for a table, from what its columns are.</summary>
/// <remarks>
/// Missing numbers become the training rows' mean, categories become indicators (a missing one has no indicator set), pixels are divided
/// by their largest value; that is how ML.NET's own trainers were run for mlnet.json, and how every contender gets its rows here. Scaling
/// is the trainer's own matter.
/// </remarks>
internal static class QualityPipeline
{
    public static IEstimator<ITransformer> Create(MLContext ml, QualitySet set, IEstimator<ITransformer> trainer)
    {
        IEstimator<ITransformer> steps = new EstimatorChain<ITransformer>();
        if (set.MissingCells > 0)
            steps = steps.Append(ml.Transforms.ReplaceMissingValues(
                QualityRows.Numbers, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (set.IsImages)
            steps = steps.Append(ml.Transforms.NormalizeMinMax(QualityRows.Numbers));
        if (set.Categorical.Length > 0)
            steps = steps.Append(
                ml.Transforms.Categorical.OneHotEncoding([.. set.Categorical.Select(name => new InputOutputColumnPair(name))]));
        steps = steps.Append(ml.Transforms.Concatenate("Features", [QualityRows.Numbers, .. set.Categorical]));
        if (set.Task == QualityTask.Multiclass)
            steps = steps.Append(ml.Transforms.Conversion.MapValueToKey(QualityRows.Label));
        return steps.Append(trainer);
    }
}
