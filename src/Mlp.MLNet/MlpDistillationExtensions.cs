using Mlp;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Training;
using Mlp.Numerics;

namespace Microsoft.ML;

/// <summary>Makes a model of one network from a model of several.</summary>
public static class MlpDistillationExtensions
{
    /// <summary>Trains one network to predict what all networks of a model predict together: a model of a fraction of the size and
    /// time, for services.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">A transformer of several networks that an Mlp trainer's Fit returned, or a chain with one, such as a fitted
    /// pipeline. It is not changed.</param>
    /// <param name="data">What the model takes: the rows it was trained on, and any others like them. Labels are not looked at, so
    /// rows without one are as good. Read once, into memory.</param>
    /// <param name="numberOfEpochs">Passes over the rows, at least 1. Null: as many as the default preset has for so many rows.</param>
    /// <param name="seed">Of the order of the rows; the same one gives the same bits, whatever the number of threads.</param>
    /// <param name="cancellationToken">Ends the training. Default: none.</param>
    /// <returns>The model with the one network in the place of the several, saved, exported and explained as any other.</returns>
    /// <remarks>
    /// The network has the layers of the several, their scaling, categories and range, and begins as the last of them. docs/quality.md
    /// says what is lost. Rows that the model has no prediction for are left out. Intervals and sets keep their promise for the networks
    /// that they were found with alone, so a model with either is refused.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no network in the model, or one alone; or it predicts intervals or sets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column that the model needs is missing or of another type; or the number of epochs
    /// is below 1.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or infinite features, or no prediction for any row; or the rows do
    /// not fit in memory.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The context or the token was cancelled.</exception>
    /// <example><code>
    /// ITransformer model = pipeline.Fit(data);
    /// ITransformer small = ml.Model.DistillMlp(model, data);
    /// ml.Model.Save(small, data.Schema, "small.zip");
    /// </code></example>
    public static ITransformer DistillMlp(
        this ModelOperationsCatalog catalog, ITransformer model, IDataView data, int? numberOfEpochs = null, int seed = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        MlpTransformerBase network = TrainedModels.Find(model);
        RangeCheck.Require(numberOfEpochs is null or >= 1, numberOfEpochs, "at least 1, or null for the preset's");
        network.CheckCanBeDistilled();
        MlpTransformerBase distilled = Distillation.Of(network, model.Transform(data), numberOfEpochs, seed, cancellationToken);
        return TrainedModels.Replace(model, network, distilled);
    }
}
