using Mlp;
using Mlp.MLNet;
using Mlp.MLNet.Tuning;

namespace Microsoft.ML;

/// <summary>Searches: given time, a better model than the trainer's own settings make.</summary>
/// <remarks>
/// <para>
/// A search deals the rows out to five folds. On the rows outside of each fold it fits the transforms and trains networks of many settings,
/// and it judges them on the rows of the fold. Settings are drawn from <see cref="MlpSearchSpace"/>, in rounds of twelve: all are looked at
/// on one fold, the best third on two more, the best sixth on the last two. The model has four places, which begin with the trainer's own
/// settings; a trial takes one where that lowers the loss of the whole, on rows that no network was trained on, by more than the standard
/// error of the difference. In the end the transforms are fitted to all rows, and the networks of each place are trained on them.
/// </para>
/// <para>
/// The same data, options, seed and number of trials give the same bits, whatever the number of threads or of jobs. What the options set is
/// not varied. The model is an ordinary one, with up to 16 networks; where no trial takes a place, it is the one of the trainer's Fit.
/// </para>
/// </remarks>
/// <exception cref="ArgumentException">A setting or an option does not go with a search; the message names it.</exception>
/// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
/// <exception cref="InvalidOperationException">There are too few rows, or some cannot be learnt from, or they do not fit in memory; or the
/// folder is that of another search.</exception>
/// <exception cref="ModelFileException">A file of the folder is damaged.</exception>
/// <exception cref="TrainingDivergedException">A network of the trainer's own settings diverged, or one of the model.</exception>
/// <exception cref="OperationCanceledException">The context or <see cref="MlpOptions.CancellationToken"/> was cancelled.</exception>
public static class MlpTuningExtensions
{
    /// <summary>Searches for a regression model, of one target or several.</summary>
    /// <param name="catalog"><see cref="MLContext.Regression"/>.</param>
    /// <param name="data">Rows that come in the same order whenever they are read.</param>
    /// <param name="transforms">The pipeline before the trainer; it is fitted anew for each fold, so that nothing leaks. Null for
    /// none.</param>
    /// <param name="trainer">Whose options are the start; null for the default preset.</param>
    /// <param name="settings">How much is tried; null for the defaults.</param>
    /// <inheritdoc cref="MlpTuningExtensions" path="/exception"/>
    /// <example><code>
    /// var result = ml.Regression.Tune(
    ///     data, transforms, settings: new MlpTuningSettings { Time = TimeSpan.FromMinutes(10) });
    /// Console.WriteLine(result.ToTable());
    /// ml.Model.Save(result.Model, data.Schema, "model.zip");
    /// </code></example>
    public static MlpTuningResult<MlpRegressionTransformer> Tune(
        this RegressionCatalog catalog, IDataView data, IEstimator<ITransformer>? transforms = null, MlpRegressionTrainer? trainer = null,
        MlpTuningSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Run(data, transforms, trainer ?? catalog.Trainers.Mlp(), settings);
    }

    /// <summary>Searches for a model that tells two classes apart.</summary>
    /// <param name="catalog"><see cref="MLContext.BinaryClassification"/>.</param>
    /// <param name="data">Rows that come in the same order whenever they are read.</param>
    /// <param name="transforms">The pipeline before the trainer; it is fitted anew for each fold, so that nothing leaks. Null for
    /// none.</param>
    /// <param name="trainer">Whose options are the start; null for the default preset.</param>
    /// <param name="settings">How much is tried; null for the defaults.</param>
    /// <inheritdoc cref="MlpTuningExtensions" path="/exception"/>
    public static MlpTuningResult<MlpBinaryTransformer> Tune(
        this BinaryClassificationCatalog catalog, IDataView data, IEstimator<ITransformer>? transforms = null,
        MlpBinaryTrainer? trainer = null, MlpTuningSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Run(data, transforms, trainer ?? catalog.Trainers.Mlp(), settings);
    }

    /// <summary>Searches for a model that tells several classes apart.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="data">Rows that come in the same order whenever they are read.</param>
    /// <param name="transforms">The pipeline before the trainer; it is fitted anew for each fold, so that nothing leaks. Null for
    /// none.</param>
    /// <param name="trainer">Whose options are the start; null for the default preset.</param>
    /// <param name="settings">How much is tried; null for the defaults.</param>
    /// <inheritdoc cref="MlpTuningExtensions" path="/exception"/>
    public static MlpTuningResult<MlpMulticlassTransformer> Tune(
        this MulticlassClassificationCatalog catalog, IDataView data, IEstimator<ITransformer>? transforms = null,
        MlpMulticlassTrainer? trainer = null, MlpTuningSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Run(data, transforms, trainer ?? catalog.Trainers.Mlp(), settings);
    }

    /// <summary>Searches for a model that says which of several labels apply.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="data">Rows that come in the same order whenever they are read.</param>
    /// <param name="transforms">The pipeline before the trainer; it is fitted anew for each fold, so that nothing leaks. Null for
    /// none.</param>
    /// <param name="trainer">Whose options are the start; null for the default preset.</param>
    /// <param name="settings">How much is tried; null for the defaults.</param>
    /// <inheritdoc cref="MlpTuningExtensions" path="/exception"/>
    public static MlpTuningResult<MlpMultiLabelTransformer> TuneMultiLabel(
        this MulticlassClassificationCatalog catalog, IDataView data, IEstimator<ITransformer>? transforms = null,
        MlpMultiLabelTrainer? trainer = null, MlpTuningSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Run(data, transforms, trainer ?? catalog.Trainers.MlpMultiLabel(), settings);
    }

    private static MlpTuningResult<TTransformer> Run<TTransformer>(
        IDataView data, IEstimator<ITransformer>? transforms, MlpTrainerBase<TTransformer> trainer, MlpTuningSettings? settings)
        where TTransformer : MlpTransformerBase
    {
        ArgumentNullException.ThrowIfNull(data);
        return new Tuner<TTransformer>(trainer, transforms, settings ?? new MlpTuningSettings()).Run(data);
    }
}
