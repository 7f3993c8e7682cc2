using System.Collections;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Output;

namespace Mlp.Tool.Pipelines;

/// <summary>Some rows of a data view, in its order, read again by each cursor.</summary>
/// <param name="source">Must return the same rows in the same order each time.</param>
/// <param name="chosen">One per row of the source: whether the view contains it.</param>
internal sealed class RowSubset(IDataView source, BitArray chosen) : IDataView
{
    /// <summary>One per row of the source.</summary>
    public BitArray Chosen => chosen;

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount()
    {
        long count = 0;
        foreach (bool isChosen in chosen)
            count += isChosen ? 1 : 0;
        return count;
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), chosen);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, BitArray chosen) : DataViewRowCursor
    {
        private long _position = -1;
        private int _row = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => input.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                _row++;
                if (_row >= chosen.Count)
                    throw new ToolException(
                        ExitCode.BadInput,
                        "The table has more rows than when it was first read: it changed meanwhile. Try again with a copy that "
                            + "nobody writes to.");
                if (!chosen[_row])
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
