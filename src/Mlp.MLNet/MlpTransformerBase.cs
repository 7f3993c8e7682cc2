using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>What a fitted trainer becomes: adds the predictions of a network to every row.</summary>
/// <remarks>
/// Thread-safe. Nothing is computed before a cursor or row asks for it. A row with a NaN among its features gets NaN predictions.
/// </remarks>
public abstract partial class MlpTransformerBase : ISingleFeaturePredictionTransformer<MlpModelParameters>
{
    private protected MlpTransformerBase(TransformerContent content, MlpTask task) =>
        Content = content with { Model = content.Model.For(task, content.Label) };

    /// <inheritdoc/>
    public MlpModelParameters Model => Content.Model;

    /// <inheritdoc/>
    public string FeatureColumnName => Content.FeatureColumnName;

    /// <inheritdoc/>
    public DataViewType FeatureColumnType =>
        Content.IsFeatureVector ? new VectorDataViewType(NumberDataViewType.Single, Model.InputCount) : NumberDataViewType.Single;

    /// <inheritdoc cref="MlpModelParameters.Fingerprint"/>
    public string Fingerprint => Model.Fingerprint;

    /// <summary>True: every output row comes from one input row.</summary>
    public bool IsRowToRowMapper => true;

    private protected TransformerContent Content { get; }

    /// <summary>The input's columns and those of the predictions.</summary>
    /// <param name="inputSchema">Has the feature column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has another type or size than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => CreateMapper(inputSchema, nameof(inputSchema)).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has another type or size than in training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => CreateMapper(inputSchema, nameof(inputSchema));

    /// <summary>Adds the predictions to the rows, as they are asked for.</summary>
    /// <param name="input">Has the feature column.</param>
    /// <remarks>
    /// A cursor whose predictions are wanted reads ahead, up to 256 rows after the first few, and scores them at once; a single cursor
    /// uses all processors for a large network, and has to be disposed unless it was moved to its end. What the input throws in a row is
    /// thrown when the cursor moves to that row. All columns are in step, and the bits are those of single rows.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has another type or size than in training.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoringDataView(input, CreateMapper(input.Schema, nameof(input)));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveTo(ctx);

    private protected abstract void SaveTo(ModelSaveContext context);

    /// <summary>The columns of the predictions in order.</summary>
    private protected abstract IReadOnlyList<OutputColumn> CreateOutputColumns(uint scoreColumnSetId);

    private ScoringMapper CreateMapper(DataViewSchema inputSchema, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(inputSchema, parameterName);
        DataViewSchema.Column features = SchemaChecks.FindScoringFeatures(inputSchema, FeatureColumnName, Model.InputCount);
        IReadOnlyList<OutputColumn> outputs = CreateOutputColumns(OutputAnnotations.NextScoreColumnSetId(inputSchema));
        return new ScoringMapper(inputSchema, features, Model, outputs);
    }
}
