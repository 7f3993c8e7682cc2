using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Parts;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;
using Mlp.MLNet.Tasks;

namespace Mlp.MLNet;

/// <summary>What a fitted trainer becomes: adds the predictions of a network to every row.</summary>
/// <remarks>
/// Thread-safe. Nothing is computed before a cursor or row asks for it. A row with a NaN among its features gets no prediction: Score and
/// Probability are NaN; PredictedLabel is the missing key for several classes, and false, which means nothing, where it is a Boolean. A
/// warning in the log of the MLContext says so, once for each transformed view and each prediction engine, with the first such row and its
/// slot. Data whose slot names contradict those of the training is scored, with one warning in the log of the MLContext; so is data whose
/// categorical columns (<see cref="MlpOptions.CategoricalColumnNames"/>) have their key values in another order. A key that is missing, or
/// beyond the values of the training, is an unknown value.
/// </remarks>
public abstract class MlpTransformerBase : ISingleFeaturePredictionTransformer<MlpModelParameters>, IFeatureTransformer
{
    private int _hasWarned;

    private protected MlpTransformerBase(IHostEnvironment environment, TransformerContent content, TaskDefinition task)
    {
        Host = environment.Register(GetType().Name);
        Content = content with { Model = content.Model.For(task, content) };
    }

    /// <inheritdoc/>
    public MlpModelParameters Model => Content.Model;

    /// <inheritdoc/>
    public string FeatureColumnName => Content.FeatureColumnName;

    /// <inheritdoc/>
    public DataViewType FeatureColumnType =>
        Content.IsFeatureVector ? new VectorDataViewType(NumberDataViewType.Single, Model.InputCount) : NumberDataViewType.Single;

    /// <summary>The key columns that the model reads beside the features: <see cref="MlpOptions.CategoricalColumnNames"/>.</summary>
    public IReadOnlyList<string> CategoricalColumnNames => [.. Content.Categories.Select(category => category.Name)];

    /// <inheritdoc cref="MlpModelParameters.Fingerprint"/>
    public string Fingerprint => Model.Fingerprint;

    /// <summary>
    /// What the model keeps of its training for an update: of a model that was trained with <see cref="MlpOptions.ReplayRowCount"/>,
    /// updated, or loaded by <c>ml.Model.LoadMlpWithReplay</c>; null otherwise. <c>ml.Model.Save</c> does not write it.
    /// </summary>
    public MlpReplayMemory? ReplayMemory => Content.ReplayMemory;

    /// <summary>Whether this is what one of several jobs trained, in this process.</summary>
    internal bool IsPart => Content.Part is not null;

    /// <summary>True: every output row comes from one input row.</summary>
    public bool IsRowToRowMapper => true;

    internal IHost Host { get; }

    internal TransformerContent Content { get; }

    /// <summary>What was learnt.</summary>
    internal TaskDefinition Task => Model.Task;

    /// <summary>The input's columns and those of the predictions.</summary>
    /// <param name="inputSchema">Has the feature column, and the categorical ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has another type or size than in
    /// training, or a categorical column is missing or no key.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => CreateMapper(inputSchema, nameof(inputSchema)).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has another type or size than in
    /// training, or a categorical column is missing or no key.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => CreateMapper(inputSchema, nameof(inputSchema));

    /// <summary>Adds the predictions to the rows, as they are asked for.</summary>
    /// <param name="input">Has the feature column, and the categorical ones.</param>
    /// <remarks>
    /// A cursor whose predictions are wanted reads ahead, up to 256 rows after the first few, and scores them at once; a single cursor
    /// uses all processors for a large network, and has to be disposed unless it was moved to its end. What the input throws in a row is
    /// thrown when the cursor moves to that row. All columns are in step, and the bits are those of single rows.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has another type or size than in
    /// training, or a categorical column is missing or no key.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoringDataView(input, CreateMapper(input.Schema, nameof(input)));
    }

    /// <summary>A copy of this transformer with another model of the same inputs and outputs.</summary>
    internal abstract MlpTransformerBase With(TransformerContent content);

    /// <exception cref="ArgumentException">There is nothing to distill, or it would break a promise.</exception>
    internal void CheckCanBeDistilled()
    {
        if (Model.Networks.Count == 1)
        {
            throw new ArgumentException(
                "The model has one network; there is nothing to distill. Give a model of several, as the presets Default and Best "
                    + "train.", "model");
        }
        if (Content.Coverage != Coverage.None)
        {
            string what = Content.Coverage.Intervals is null ? "PredictionSets" : "PredictionIntervals";
            throw new ArgumentException(
                $"The model was trained with {what}, whose promise holds for its {Model.Networks.Count} networks together. Train it "
                    + $"without {what} to distill it.", "model");
        }
    }

    /// <exception cref="ArgumentException">It is no part that was trained here.</exception>
    internal void CheckIsPart()
    {
        if (!IsPart)
        {
            throw new ArgumentException(
                "The network is no part of a training: it was fitted without Part, or loaded from a file. Set Part in the trainer's "
                    + "options, and save what its Fit returns.");
        }
    }

    /// <summary>Writes the file of a part.</summary>
    /// <param name="zip">The saved model with this network.</param>
    /// <param name="output">Gets the file.</param>
    internal void WritePart(MemoryStream zip, Stream output) => PartFile.Write(
        output, Content.Part!, PartZip.FindEntry(zip, Model.EngineModel), zip.GetBuffer().AsMemory(0, (int)zip.Length));

    void ICanSaveModel.Save(ModelSaveContext ctx) => TransformerFile.Save(new ModelEntryWriter(ctx), Content, Task);

    private ScoringMapper CreateMapper(DataViewSchema inputSchema, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(inputSchema, parameterName);
        DataViewSchema.Column features = SchemaChecks.FindScoringFeatures(inputSchema, FeatureColumnName, Model.InputCount);
        var columns = new InputColumns(features, SchemaChecks.FindCategories(inputSchema, CategoricalColumnNames));
        WarnOnce(columns);
        IReadOnlyList<OutputColumn> outputs = Task.CreateOutputColumns(
            OutputAnnotations.NextScoreColumnSetId(inputSchema), Model.OutputCount, Content.Label, Content.Coverage);
        return new ScoringMapper(
            inputSchema, columns, Model.EngineModel, Content.Coverage.Intervals?.Scales, outputs,
            new MissingFeatures(Host, features, Model.EngineModel, Task.DescribeMissing(Content.Label)),
            (graph, names) => PredictionNodes.AddWithKeys(graph, Task, Model.EngineModel, Content.Label, Content.Coverage, names));
    }

    /// <summary>Says in the log that features or keys are named otherwise than in training, for the first data that has it.</summary>
    private void WarnOnce(InputColumns columns)
    {
        // To look at the values of large keys takes time.
        if (Volatile.Read(ref _hasWarned) != 0 || FindDoubt(columns) is not string doubt || Interlocked.Exchange(ref _hasWarned, 1) != 0)
            return;
        using IChannel channel = Host.Start("Scoring");
        channel.Warning(MessageSensitivity.Schema, doubt);
    }

    private string? FindDoubt(InputColumns columns)
    {
        const string Here = "the data to be scored";
        string? difference = Content.Features is null ? null : FeatureAnnotations.Of(columns.Features).DifferenceFrom(
            Content.Features, columns.Features.Name, Here, SchemaChecks.TrainingPlace);
        if (difference is not null)
        {
            return $"{difference} The predictions take each slot for what it was in training. Give the columns in the order of the "
                + "training.";
        }
        difference = CategoryValues.Difference(columns.Categories, Content.Categories, Here, SchemaChecks.TrainingPlace);
        return difference is null ? null
            : $"{difference} The predictions take each key for the value it had in training. Map the column with the transformer that was "
                + "fitted for the training.";
    }
}
