using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Scoring;

/// <summary>A view with a column Opaque of objects that ML.NET knows nothing of, as images are.</summary>
internal sealed class OpaqueView : IDataView
{
    private readonly IDataView _input;

    public OpaqueView(IDataView input)
    {
        _input = input;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input.Schema);
        builder.AddColumn("Opaque", new HandleType());
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        int[] needed = [.. columnsNeeded.Select(column => column.Index)];
        return new Cursor(this, _input.GetRowCursor(_input.Schema.Where(column => needed.Contains(column.Index)), rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    internal sealed record Handle(long Position);

    private sealed class HandleType() : StructuredDataViewType(typeof(Handle))
    {
        public override bool Equals(DataViewType? other) => other is HandleType;
    }

    private sealed class Cursor(OpaqueView view, DataViewRowCursor input) : DataViewRowCursor
    {
        public override DataViewSchema Schema => view.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            column.Index >= view._input.Schema.Count || input.IsColumnActive(view._input.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < view._input.Schema.Count)
                return input.GetGetter<TValue>(view._input.Schema[column.Index]);
            ValueGetter<Handle> getter = (ref Handle value) => value = new Handle(input.Position);
            return (ValueGetter<TValue>)(Delegate)getter;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
