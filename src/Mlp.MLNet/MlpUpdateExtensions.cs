using Microsoft.ML.Data;
using Mlp;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Replay;
using Mlp.MLNet.Training;

namespace Microsoft.ML;

/// <summary>Models that learn on: whole pipelines updated with new rows, and saved with what the next update needs.</summary>
public static class MlpUpdateExtensions
{
    /// <summary>Goes on from a fitted pipeline with new rows: <see cref="MlpTrainerBase{TTransformer}.Update"/> for its network, with the
    /// transformers before it as they were fitted.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">A chain with a network; not changed. Its last network is updated.</param>
    /// <param name="newRows">Has the columns that the pipeline was fitted on.</param>
    /// <param name="trainer">Of the options that the network was trained with.</param>
    /// <param name="settings">How far it goes; null for the defaults.</param>
    /// <remarks>
    /// Texts that <c>OneHotEncoding</c> or <c>MapValueToKey</c> turn into keys may have values that the training did not see: those of two
    /// or more new rows get a key after the others, and the network a row for it. The classes of the label stay as they were.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no network of the trainer's task in the model.</exception>
    /// <inheritdoc cref="MlpTrainerBase{TTransformer}.Update" path="/exception"/>
    /// <example><code>
    /// ITransformer model = ml.Model.LoadMlpWithReplay("model.zip", out DataViewSchema? schema);
    /// var update = ml.Model.UpdateMlp(model, today, ml.Regression.Trainers.Mlp());
    /// ml.Model.SaveMlpWithReplay(update.Model, schema, "model.zip");
    /// </code></example>
    public static MlpUpdate<ITransformer> UpdateMlp<TTransformer>(
        this ModelOperationsCatalog catalog, ITransformer model, IDataView newRows, MlpTrainerBase<TTransformer> trainer,
        MlpUpdateSettings? settings = null)
        where TTransformer : MlpTransformerBase
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(newRows);
        ArgumentNullException.ThrowIfNull(trainer);
        if (TrainedModels.Find(model) is not TTransformer network)
        {
            throw new ArgumentException(
                $"The network of the model is a {TrainedModels.Find(model).GetType().Name}, and the trainer makes a "
                    + $"{typeof(TTransformer).Name}. Use the trainer of the model's task.",
                nameof(trainer));
        }
        var ml = new MLContext(seed: 0);
        var steps = new List<ITransformer>();
        IDataView data = newRows;
        IReadOnlyList<ColumnDrift> drift = [];
        bool isBefore = true;
        foreach (ITransformer step in GrownKeys.StepsOf(ml, model, newRows.Schema).ToList())
        {
            if (step == network)
            {
                MlpUpdate<TTransformer> update = trainer.Update(network, data, settings);
                (drift, isBefore) = (update.Drift, false);
                steps.Add(update.Model);
                continue;
            }
            ITransformer kept = isBefore ? GrownKeys.Grow(ml, step, data, trainer.LabelColumnName) : step;
            steps.Add(kept);
            if (isBefore)
                data = kept.Transform(data);
        }
        return new MlpUpdate<ITransformer>(new TransformerChain<ITransformer>([.. steps]), drift);
    }

    /// <summary>Saves a model and its memory, so that there is always a whole model with its memory, whenever the process is
    /// killed.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">A network with a <see cref="MlpTransformerBase.ReplayMemory"/>, or a chain with one.</param>
    /// <param name="inputSchema">Of the data that the model takes; null for none.</param>
    /// <param name="filePath">Of the zip, which <c>ml.Model.Load</c> reads, too.</param>
    /// <param name="place">The memory has rows of the training: by default it is not in the model, but in a file beside it, of the same
    /// name with ".replay" at its end.</param>
    /// <exception cref="ArgumentException">There is no network in the model, or it has no memory.</exception>
    /// <exception cref="IOException">A file cannot be written. The older ones are there as they were.</exception>
    public static void SaveMlpWithReplay(
        this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath,
        MlpReplayPlace place = MlpReplayPlace.BesideModel)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        MlpReplayMemory memory = TrainedModels.Find(model).ReplayMemory ?? throw new ArgumentException(
            "The model has no memory: it was trained without ReplayRowCount, or loaded without its memory. Set ReplayRowCount in the "
                + "trainer's options, or save it with ml.Model.SaveAtomically.",
            nameof(model));
        using var zip = new MemoryStream();
        catalog.Save(model, inputSchema, zip);
        ReplayPlaces.Write(filePath, memory, place, zip, FileTarget.Write);
    }

    /// <summary>Reads a model as <c>ml.Model.LoadChecked</c> does, and gives it the memory that is in it or beside it.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="filePath">Of the zip. Neither it nor the memory is trusted.</param>
    /// <param name="inputSchema">What the model was saved with; null when it was saved without.</param>
    /// <returns>Without a memory where there is none.</returns>
    /// <exception cref="FormatException">The model or the memory is damaged, or the memory is that of another model.</exception>
    /// <exception cref="ArgumentException">There is no network in the model.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ITransformer LoadMlpWithReplay(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema? inputSchema)
    {
        ITransformer model = catalog.LoadChecked(filePath, out inputSchema);
        MlpTransformerBase network = TrainedModels.Find(model);
        return ReplayPlaces.Find(filePath, network.Fingerprint).ReplayMemory is { } memory ? TrainedModels.Remember(model, memory) : model;
    }
}
