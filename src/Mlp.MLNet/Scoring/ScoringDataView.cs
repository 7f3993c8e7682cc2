using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>A data view with predictions; each cursor computes those of its rows, in batches, when one is asked for.</summary>
internal sealed partial class ScoringDataView(IDataView input, ScoringMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        return mapper.CreateCursor(input.GetRowCursor(mapper.GetDependencies(active.All), rand), active, GetRowCount(), Environment.ProcessorCount);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        DataViewRowCursor[] cursors = input.GetRowCursorSet(mapper.GetDependencies(active.All), n, rand);
        // Who asks for several cursors has threads of his own.
        return [.. cursors.Select(cursor => mapper.CreateCursor(cursor, active, GetRowCount(), threadCount: 1))];
    }
}
