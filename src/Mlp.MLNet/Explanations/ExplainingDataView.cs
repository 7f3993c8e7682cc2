using Microsoft.ML;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Explanations;

/// <summary>Scored rows with explanations behind their columns; each is computed when a cursor is asked for it.</summary>
internal sealed class ExplainingDataView : IDataView
{
    private readonly IDataView _input;
    private readonly DataViewSchema.Column _features;
    private readonly Model<float> _model;
    private readonly float[] _baseline;
    private readonly int? _outputIndex;

    /// <param name="input">Has the feature column.</param>
    /// <param name="features">Checked.</param>
    /// <param name="model">Is explained.</param>
    /// <param name="baseline">One value per feature, not scaled.</param>
    /// <param name="outputIndex">Null for what the model predicts.</param>
    public ExplainingDataView(IDataView input, DataViewSchema.Column features, Model<float> model, float[] baseline, int? outputIndex)
    {
        (_input, _features, _model, _baseline, _outputIndex) = (input, features, model, baseline, outputIndex);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input.Schema.Select(column => new DataViewSchema.DetachedColumn(column)));
        builder.AddColumns(ExplanationColumns.Create(features));
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
        var needed = active.All.Select(column => column.Index < _input.Schema.Count ? column.Index : _features.Index).ToHashSet();
        return _input.Schema.Where(column => needed.Contains(column.Index));
    }

    private ExplainingCursor CreateCursor(DataViewRowCursor input, ActiveColumns active) =>
        new(Schema, input, active, _features, () => new IntegratedGradients<float>(_model, _baseline), _outputIndex);
}
