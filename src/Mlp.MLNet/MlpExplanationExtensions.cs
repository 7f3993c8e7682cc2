using Mlp;
using Mlp.Explanations;
using Mlp.MLNet;
using Mlp.MLNet.Explanations;
using Mlp.MLNet.Models;
using Mlp.MLNet.Reading;

namespace Microsoft.ML;

/// <summary>Explains the predictions of a trained network.</summary>
public static class MlpExplanationExtensions
{
    /// <summary>Adds to every row what each feature contributed to its score (integrated gradients).</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">A transformer that an Mlp trainer's Fit returned, or a chain with one, such as a fitted pipeline.</param>
    /// <param name="data">What the model takes; need not have labels.</param>
    /// <param name="background">Rows like <paramref name="data"/> (some hundred are enough), the mean of whose features is the baseline;
    /// missing features are left out where the model takes them; of a category or key column the mean of the embeddings of its values.
    /// Null: the centre of the model's own scaling, means or medians of the rows it was trained on; 0 where it does not scale; of a
    /// category or key column a value that is not known.</param>
    /// <param name="outputIndex">Which output is explained, zero-based: a class, a target, a label. Null: of classes that exclude each
    /// other the predicted one of each row, otherwise the first output.</param>
    /// <returns>
    /// The rows as the model transforms them, and behind their columns: FeatureContributions (vector of Single, with the slot names of the
    /// feature column, and behind these a slot for each of the <see cref="MlpOptions.CategoricalColumnNames"/>, of that name),
    /// BaselineScore (Single), ExplainedScore (Single) and ExplainedOutput (Int32). The contributions add up to ExplainedScore −
    /// BaselineScore, but for <see cref="IntegratedGradients{T}.RelativeTolerance"/>. What the score is says
    /// <see cref="IntegratedGradients{T}"/>: for two classes and for regression it is the column Score, for several classes the log-odds of
    /// the explained one. What a category contributes is in the slot of the row's value, where the model learnt it as an embedding.
    /// Computed row by row, when asked for; a row with a NaN among its features gets NaN, unless the model takes missing values.
    /// </returns>
    /// <exception cref="ArgumentException">The model has no network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column that the model needs is missing or of another type, or there is no such
    /// output.</exception>
    /// <exception cref="InvalidOperationException">The background has no rows, or some with features that cannot be used:
    /// infinite ones, and NaN where the model does not take missing values.</exception>
    /// <example><code>
    /// IDataView explained = ml.Model.ExplainMlp(model, data);
    /// float[][] contributions = [.. explained.GetColumn&lt;float[]&gt;("FeatureContributions")];
    /// </code></example>
    public static IDataView ExplainMlp(
        this ModelOperationsCatalog catalog, ITransformer model, IDataView data, IDataView? background = null, int? outputIndex = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        MlpTransformerBase network = TrainedModels.Find(model);
        int outputCount = network.Model.OutputCount;
        if (outputIndex is int output && (output < 0 || output >= outputCount))
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputIndex), $"outputIndex is {output}; the model has outputs 0 to {outputCount - 1}.");
        }
        IDataView transformed = model.Transform(data);
        InputColumns columns = TrainedModels.FindInputs(transformed.Schema, network);
        Baseline<float> baseline = background is null
            ? Baseline<float>.CentreOf(network.Model.EngineModel) : MeanOf(model.Transform(background), network);
        return new ExplainingDataView(transformed, columns, network.Model.EngineModel, baseline, outputIndex);
    }

    private static Baseline<float> MeanOf(IDataView background, MlpTransformerBase network) =>
        BackgroundRows.Read(background, TrainedModels.FindInputs(background.Schema, network), network.Model.EngineModel);
}
