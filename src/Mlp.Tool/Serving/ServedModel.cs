using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Reports.Findings;
using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Serving;

/// <summary>A model that predicts rows of requests. It does not change, and any number of threads may use it.</summary>
internal sealed class ServedModel
{
    // Of more rows the network computes many at once, which takes threads that one row would wait for longer than for its prediction.
    private const int MostSingleRows = 32;

    private readonly SavedModel _model;
    private readonly IReadOnlyList<SourceColumn> _source;
    private readonly TableDescription _table;
    private readonly TableColumn[] _columns;
    private readonly IRowToRowMapper _mapper;
    private readonly RowExplainer _explainer;
    private readonly FieldContributions _contributions;

    private ServedModel(MLContext ml, SavedModel model)
    {
        _model = model;
        InputColumn[] features = [.. model.Notes.Inputs.Where(input => input.IsFeature)];
        Fields = [.. features.SelectMany(input => input.Fields.Select(name => FieldOf(input, name))).DistinctBy(field => field.Name)];
        _source = [.. Fields.Select(field => new SourceColumn(field.Name, ColumnType.Unknown))];
        _table = Describe(Fields);
        // Neither the label nor a column that divides rows is known of a new row; numbers and dates come in one form.
        _columns = [.. model.Notes.Inputs.Select(input => (input.IsFeature ? input : input with { Fields = [] }) with
        {
            NumberForm = null,
            DateForm = DateForm.None,
        }).Select(input => input.ToTableColumn())];
        // What nothing is known of is predicted, too; a pipeline that cannot is found here.
        _mapper = model.Transformer.GetRowToRowMapper(View(NothingKnown(), CancellationToken.None).Schema);
        Fields = [.. Fields.Select(field => field with { KnownValues = KnownValues(field, features, _mapper.OutputSchema) })];
        _explainer = new RowExplainer(ml, model.Transformer, model.Schema);
        _contributions = new FieldContributions(Fields, features);
        using var nowhere = new Utf8JsonWriter(Stream.Null);
        Write(nowhere, NothingKnown(), CancellationToken.None);
    }

    /// <summary>The columns of a row, in the order of the model.</summary>
    public IReadOnlyList<ServedField> Fields { get; }

    public ModelTask Task => _model.Notes.Definition;

    /// <summary>The column that is predicted.</summary>
    public string LabelName => _model.Notes.Label.Fields[0];

    /// <summary>By index; empty for a regression.</summary>
    public IReadOnlyList<string> Classes => _model.Notes.Classes;

    /// <summary>The fingerprint of the networks' parameters.</summary>
    public string Fingerprint => _model.Network.Model.Fingerprint;

    /// <summary>Reads a zip, which is not trusted, and tries it.</summary>
    /// <param name="path">Of the zip.</param>
    /// <param name="label">The label's column, for a zip without notes; null for "Label".</param>
    /// <exception cref="ToolException">It cannot be used.</exception>
    public static ServedModel Load(string path, string? label)
    {
        var ml = new MLContext(seed: 1);
        using var file = InputFile.Open(path, CancellationToken.None);
        var model = SavedModel.Load(ml, file, label);
        try
        {
            return new ServedModel(ml, model);
        }
        // The pipeline is the file's own, and ML.NET throws exceptions of many types when its parts do not fit.
        catch (Exception exception) when (exception is not (OutOfMemoryException or ToolException))
        {
            throw new ToolException(
                ExitCode.BadInput,
                $"'{path}' can be read, but not predict a row: {exception.Message.Split('\n')[0].Trim().TrimEnd('.')}. Train it again, or "
                    + "copy it again from where it works.", exception);
        }
    }

    /// <summary>Writes the prediction of each row as an object.</summary>
    /// <param name="json">Where each is a value.</param>
    /// <param name="batch">Of the model's fields.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Write(Utf8JsonWriter json, RowBatch batch, CancellationToken cancellationToken) =>
        Write(json, batch, [.. Enumerable.Repeat<RowContributions?>(null, batch.Count)], cancellationToken);

    /// <summary>Writes predictions with explanations.</summary>
    /// <inheritdoc cref="Write(Utf8JsonWriter, RowBatch, CancellationToken)"/>
    public void WriteExplained(Utf8JsonWriter json, RowBatch batch, CancellationToken cancellationToken) =>
        Write(json, batch, Explain(batch, cancellationToken), cancellationToken);

    /// <summary>How the score of each row came about, column by column as the row has them.</summary>
    public IReadOnlyList<RowContributions> Explain(RowBatch batch, CancellationToken cancellationToken) =>
        [.. _explainer.Explain(View(batch, cancellationToken), cancellationToken)
            .Select((explanation, row) => _contributions.OfFields(explanation, batch, row))];

    /// <summary>The prediction of each row.</summary>
    public IReadOnlyList<RowPrediction> Predict(RowBatch batch, CancellationToken cancellationToken)
    {
        IDataView view = View(batch, cancellationToken);
        var predictions = new List<RowPrediction>(batch.Count);
        if (batch.Count > MostSingleRows)
        {
            IDataView scored = _model.Transformer.Transform(view);
            using DataViewRowCursor cursor = scored.GetRowCursor(PredictionReader.Sources(Task, scored.Schema));
            Read(cursor, cursor.MoveNext);
            return predictions;
        }
        using DataViewRowCursor rows = view.GetRowCursor(view.Schema);
        using DataViewRow mapped = _mapper.GetRow(
            new BoundRow(_mapper.InputSchema, rows), PredictionReader.Sources(Task, _mapper.OutputSchema));
        Read(mapped, rows.MoveNext);
        return predictions;

        void Read(DataViewRow row, Func<bool> moveNext)
        {
            var reader = new PredictionReader(Task, Classes, row);
            for (int index = 0; moveNext(); index++)
                predictions.Add(reader.Read() with { UnknownCategories = UnknownIn(batch, index) });
        }
    }

    /// <summary>What an output of the network is, in words.</summary>
    public string NameOfOutput(int output) => Task.NameOfOutput(output, Classes, LabelName);

    private void Write(
        Utf8JsonWriter json, RowBatch batch, IReadOnlyList<RowContributions?> explanations, CancellationToken cancellationToken)
    {
        foreach ((RowPrediction prediction, RowContributions? explanation) in Predict(batch, cancellationToken).Zip(explanations))
            PredictionJson.Write(json, prediction, Classes, explanation, NameOfOutput);
    }

    private IDataView View(RowBatch batch, CancellationToken cancellationToken) => TableFile.Load(
        _table with { Origin = new RowOriginOfBatch(batch, _source, cancellationToken), RowCount = batch.Count }, _columns);

    private RowBatch NothingKnown() => new(
        1, IsSingle: true,
        [.. Fields.Select(field => field.Kind == FieldKind.Number ? (ColumnValues)new NumberValues<double>([double.NaN])
            : new TextValues([null]))],
        [.. Fields.Select(field => field.Kind == FieldKind.Number ? null : new string?[1])]);

    private IReadOnlyList<string> UnknownIn(RowBatch batch, int row)
    {
        List<string>? unknown = null;
        for (int field = 0; field < Fields.Count; field++)
        {
            if (batch.Texts[field] is { } texts && Fields[field].IsUnknown(texts[row]))
                (unknown ??= []).Add(Fields[field].Name);
        }
        return unknown ?? [];
    }

    private static ServedField FieldOf(InputColumn input, string name) => new(
        name,
        input.Kind switch
        {
            InputKind.Date => FieldKind.Date,
            InputKind.Text => FieldKind.Text,
            _ => input.IsText ? FieldKind.Category : FieldKind.Number,
        },
        input.NumberForm?.Unit ?? "", input.TextForm);

    /// <summary>The slots of a one-hot encoding have the names of its categories.</summary>
    private static IReadOnlyList<string> KnownValues(ServedField field, InputColumn[] features, DataViewSchema scored)
    {
        if (field.Kind != FieldKind.Category)
            return [];
        DataViewSchema.Column column = scored[features.First(input => input.Fields.Contains(field.Name)).Name];
        if (!column.HasSlotNames())
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString()).Where(name => name.Length > 0)];
    }

    /// <summary>A table without rows: those of a request take their place.</summary>
    private static TableDescription Describe(IReadOnlyList<ServedField> fields) => new()
    {
        Path = "the request",
        Separator = ',',
        HasHeader = true,
        DecimalMark = '.',
        Encoding = TableEncoding.Utf8,
        SkippedLineCount = 0,
        IsCompressed = false,
        RowCount = 0,
        Columns = [.. fields.Select((field, index) => new ColumnDescription
        {
            Index = index,
            Name = field.Name,
            Kind = field.Kind switch
            {
                FieldKind.Number => ColumnKind.Number,
                FieldKind.Date => ColumnKind.Date,
                FieldKind.Text => ColumnKind.Text,
                _ => ColumnKind.Category,
            },
            Reason = "The model takes it so.",
            MissingCount = 0,
            MissingTokens = [],
            DistinctCount = 0,
            DistinctCountIsCapped = false,
            Examples = [],
            TextForm = field.TextForm,
            DateForm = field.Kind == FieldKind.Date ? DateForm.YearFirst : DateForm.None,
        })],
        Label = null,
        Split = null,
        SplitCandidate = null,
        Warnings = [],
    };
}
