using Microsoft.ML;
using Mlp.Explanations;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Explanations;

/// <summary>Scored rows with explanations behind their columns; each is computed when a cursor is asked for it.</summary>
internal sealed class ExplainingDataView : IDataView
{
    private readonly IDataView _input;
    private readonly InputColumns _columns;
    private readonly Model<float> _model;
    private readonly Baseline<float> _baseline;
    private readonly int? _outputIndex;

    /// <param name="input">Has the columns.</param>
    /// <param name="columns">What the model reads of it.</param>
    /// <param name="model">Is explained.</param>
    /// <param name="baseline">Where explanations begin.</param>
    /// <param name="outputIndex">Null for what the model predicts.</param>
    public ExplainingDataView(IDataView input, InputColumns columns, Model<float> model, Baseline<float> baseline, int? outputIndex)
    {
        (_input, _columns, _model, _baseline, _outputIndex) = (input, columns, model, baseline, outputIndex);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input.Schema.Select(column => new DataViewSchema.DetachedColumn(column)));
        builder.AddColumns(ExplanationColumns.Create(columns));
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => _input.CanShuffle;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        return CreateCursor(_input.GetRowCursor(Dependencies(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        return [.. _input.GetRowCursorSet(Dependencies(active), n, rand).Select(cursor => CreateCursor(cursor, active))];
    }

    private IEnumerable<DataViewSchema.Column> Dependencies(ActiveColumns active)
    {
        var needed = active.All.SelectMany(column => column.Index < _input.Schema.Count ? [_input.Schema[column.Index]] : _columns.All)
            .Select(column => column.Index).ToHashSet();
        return _input.Schema.Where(column => needed.Contains(column.Index));
    }

    private ExplainingCursor CreateCursor(DataViewRowCursor input, ActiveColumns active) =>
        new(
            Schema, input, active, _columns, _model.Layout?.KeyCounts ?? [], () => new IntegratedGradients<float>(_model, _baseline),
            _outputIndex);
}
