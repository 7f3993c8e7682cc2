using Microsoft.ML;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet.Scoring;

/// <summary>A data view with predictions; each cursor computes those of its rows, in batches, when one is asked for.</summary>
internal sealed class ScoringDataView(IDataView input, ScoringMapper mapper) : OnnxDataView(input)
{
    public override DataViewSchema Schema => mapper.OutputSchema;

    protected override DataViewSchema.Column Features => mapper.Features;

    protected override IReadOnlyList<DataViewSchema.Column> Keys => mapper.Keys;

    protected override IEnumerable<DataViewSchema.DetachedColumn> Predictions => mapper.Predictions;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        return mapper.CreateCursor(
            Input.GetRowCursor(mapper.GetDependencies(active.All), rand), active, GetRowCount(), Environment.ProcessorCount);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        DataViewRowCursor[] cursors = Input.GetRowCursorSet(mapper.GetDependencies(active.All), n, rand);
        // A caller that asks for several cursors brings its own threads.
        return [.. cursors.Select(cursor => mapper.CreateCursor(cursor, active, GetRowCount(), threadCount: 1))];
    }

    public override IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> columns) =>
        mapper.GetDependencies(columns);

    protected override void AddNodes(IOnnxGraph graph, GraphInputs names) => mapper.AddNodes(graph, names);
}
