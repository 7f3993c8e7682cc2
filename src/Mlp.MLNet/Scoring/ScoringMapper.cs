using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Scoring;

/// <summary>A transformer bound to an input schema: which output column is an input column, and which is a prediction.</summary>
internal sealed class ScoringMapper : IRowToRowMapper
{
    private readonly InputColumns _columns;
    private readonly Model<float> _model;
    private readonly Model<float>? _scales;
    private readonly MissingFeatures _missing;
    private readonly IReadOnlyList<OutputColumn> _predictions;

    // Per output column: the index of the input column it is, or the complement of an index into the predictions.
    private readonly List<int> _sources;

    /// <param name="inputSchema">Of the rows to be scored.</param>
    /// <param name="columns">Those of it that the model reads.</param>
    /// <param name="model">Scores.</param>
    /// <param name="scales">Of intervals around its predictions; null for none.</param>
    /// <param name="predictions">The columns that are added.</param>
    /// <param name="missing">Is told of NaN outputs.</param>
    /// <param name="addNodes">Adds the columns to an ONNX graph, given what the graph calls the inputs.</param>
    public ScoringMapper(
        DataViewSchema inputSchema, InputColumns columns, Model<float> model, Model<float>? scales,
        IReadOnlyList<OutputColumn> predictions, MissingFeatures missing, Action<IOnnxGraph, GraphInputs> addNodes)
    {
        (_missing, AddNodes, _scales) = (missing, addNodes, scales);
        (InputSchema, _columns, _model, _predictions) = (inputSchema, columns, model, predictions);
        _sources = Place(inputSchema, predictions);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(_sources.Select(source =>
            source >= 0 ? new DataViewSchema.DetachedColumn(inputSchema[source]) : predictions[~source].Column));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public Action<IOnnxGraph, GraphInputs> AddNodes { get; }

    /// <summary>The feature column of the input.</summary>
    public DataViewSchema.Column Features => _columns.Features;

    /// <summary>The key columns that the model reads beside it.</summary>
    public IReadOnlyList<DataViewSchema.Column> Keys => _columns.Categories;

    /// <summary>The columns of the predictions.</summary>
    public IEnumerable<DataViewSchema.DetachedColumn> Predictions => _predictions.Select(prediction => prediction.Column);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        DataViewSchema.Column[] ofPredictions = [_columns.Features, .. _columns.Categories];
        var needed = dependingColumns
            .SelectMany(column => InputColumn(column.Index) is DataViewSchema.Column input ? [input] : ofPredictions)
            .Select(column => column.Index).ToHashSet();
        return InputSchema.Where(column => needed.Contains(column.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (input.Schema != InputSchema)
        {
            throw new ArgumentException(
                "The row has another schema than the one this mapper was made for. Make a mapper for the row's schema.", nameof(input));
        }
        return new ScoringRow(this, input, activeColumns);
    }

    /// <summary>The input column that an output column is; null for a prediction.</summary>
    public DataViewSchema.Column? InputColumn(int outputIndex) =>
        _sources[outputIndex] >= 0 ? InputSchema[_sources[outputIndex]] : null;

    /// <summary>A cursor over the output, which owns that over the input. It scores rows in batches wherever it can.</summary>
    /// <param name="input">Before its first row.</param>
    /// <param name="active">Columns of the output.</param>
    /// <param name="expectedRowCount">Rows of the input; null when their number is not known.</param>
    /// <param name="threadCount">Threads that may share a large batch.</param>
    public DataViewRowCursor CreateCursor(DataViewRowCursor input, ActiveColumns active, long? expectedRowCount, int threadCount)
    {
        DataViewSchema.Column?[] inputColumns = [.. active.All.Select(column => InputColumn(column.Index))];
        bool canScoreAhead = inputColumns.Contains(null)
            && inputColumns.All(column => column is null || ColumnBuffer.CanHold(column.Value.Type));
        return canScoreAhead
            ? new BatchScoringCursor(this, input, active, expectedRowCount, threadCount) : new ScoringCursor(this, input, active.All);
    }

    public RowScorer CreateScorer(DataViewRow input) => new(input, _columns, _model, _scales, _missing);

    public BatchScorer CreateBatchScorer(int maxRowCount, int threadCount) => new(_model, _scales, maxRowCount, threadCount, _missing);

    public InputReader CreateInputReader(DataViewRow input) => new(input, _columns, _model);

    /// <summary>Rows that are worth scoring at once: as many as the network takes in one go, and no more than there are.</summary>
    /// <param name="maxValueCount">Features that a batch may hold, unless a single row has more.</param>
    /// <param name="expectedRowCount">Rows there are; null when their number is not known.</param>
    public int BatchRowCount(int maxValueCount, long? expectedRowCount)
    {
        int fitting = Math.Clamp(maxValueCount / Math.Max(1, _model.Network.EncodedCount), 1, Predictor<float>.DefaultMaxRowCount);
        return (int)Math.Clamp(expectedRowCount ?? fitting, 1, fitting);
    }

    /// <summary>The ValueGetter of an output column that is a prediction.</summary>
    public Delegate CreateGetter(int outputIndex, Scorer scorer) => _predictions[~_sources[outputIndex]].CreateGetter(scorer);

    /// <summary>As ML.NET places them: directly after a column that gets hidden by its name, otherwise at the end.</summary>
    private static List<int> Place(DataViewSchema inputSchema, IReadOnlyList<OutputColumn> predictions)
    {
        List<int> sources = [.. Enumerable.Range(0, inputSchema.Count)];
        for (int index = 0; index < predictions.Count; index++)
        {
            DataViewSchema.Column? hidden = inputSchema.GetColumnOrNull(predictions[index].Column.Name);
            int place = hidden is DataViewSchema.Column column ? sources.IndexOf(column.Index) + 1 : sources.Count;
            sources.Insert(place, ~index);
        }
        return sources;
    }
}
