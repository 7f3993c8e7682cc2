using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Scoring;

/// <summary>
/// The row cursor behind a transformer when no prediction is wanted, or a column beside it cannot be copied: moves its input, and is a
/// <see cref="ScoringRow"/> otherwise.
/// </summary>
internal sealed class ScoringCursor(ScoringMapper mapper, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> activeColumns)
    : DataViewRowCursor
{
    private readonly ScoringRow _row = new(mapper, input, activeColumns);

    public override DataViewSchema Schema => _row.Schema;

    public override long Position => _row.Position;

    public override long Batch => _row.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _row.Dispose();
        base.Dispose(disposing);
    }
}
