using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tuning;

/// <summary>Some of the rows of a view, by their places in it, in its order.</summary>
/// <param name="input">Gives its rows in the same order whenever it is read.</param>
/// <param name="isTaken">One value per row.</param>
internal sealed class FoldView(IDataView input, bool[] isTaken) : IDataView
{
    public DataViewSchema Schema => input.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => isTaken.Count(taken => taken);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(input.GetRowCursor(columnsNeeded), isTaken);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor rows, bool[] isTaken) : DataViewRowCursor
    {
        private long _next, _position = -1;

        public override DataViewSchema Schema => rows.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            while (rows.MoveNext())
            {
                if (_next >= isTaken.Length)
                {
                    throw new InvalidOperationException(
                        $"The data has more than the {isTaken.Length:N0} rows that it had before. A search reads it several times: cache "
                            + "it, or write it to a file first.");
                }
                if (!isTaken[_next++])
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => rows.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => rows.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
