using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view in which one slot of the feature vectors has other values; it takes one per row, in the order of the rows.</summary>
internal sealed class PermutedView : IDataView
{
    private readonly IDataView _source;
    private readonly DataViewSchema.Column _features;
    private readonly int _slot;
    private readonly float[] _values;
    private readonly Action<int, VBuffer<float>>? _observe;

    /// <param name="source">The original rows.</param>
    /// <param name="features">The column to change, of Vector&lt;Single&gt;.</param>
    /// <param name="slot">The slot to change.</param>
    /// <param name="values">Its values; no more rows than these may be read.</param>
    /// <param name="observe">Is told the number and the original features of every row that is read.</param>
    public PermutedView(
        IDataView source, DataViewSchema.Column features, int slot, float[] values, Action<int, VBuffer<float>>? observe)
    {
        _source = source;
        _features = features;
        _slot = slot;
        _values = values;
        _observe = observe;
        var schema = new DataViewSchema.Builder();
        foreach (var column in source.Schema)
        {
            schema.AddColumn(column.Name, column.Type, column.Annotations);
            // The new column hides the old one, and has lost its annotations.
            if (column.Index == features.Index)
                schema.AddColumn(column.Name, column.Type);
        }

        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    /// <summary>Which value a row gets depends on the order.</summary>
    public bool CanShuffle => false;

    private int PermutedIndex => _features.Index + 1;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        var needed = active.Of(Schema).Where(column => column.Index != PermutedIndex).Select(SourceOf);
        return new Cursor(this, _source.GetRowCursor(needed.Append(_features).Distinct()), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private DataViewSchema.Column SourceOf(DataViewSchema.Column column)
        => _source.Schema[column.Index < PermutedIndex ? column.Index : column.Index - 1];

    /// <summary>Reads the features of every row, whether they are asked for or not, because the observer wants to see them all.</summary>
    private sealed class Cursor(PermutedView parent, DataViewRowCursor input, ActiveColumns active) : RootCursor
    {
        private readonly ValueGetter<VBuffer<float>> _getFeatures = input.GetGetter<VBuffer<float>>(parent._features);
        private VBuffer<float> _original;
        private VBuffer<float> _permuted;

        public override DataViewSchema Schema => parent.Schema;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column));
            if (column.Index != parent.PermutedIndex)
                return input.GetGetter<TValue>(parent.SourceOf(column));
            ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) => _permuted.CopyTo(ref value);
            return getter as ValueGetter<TValue> ?? throw Contracts.Except(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override bool MoveNextCore()
        {
            if (!input.MoveNext())
                return false;
            int row = (int)Position + 1;
            _getFeatures(ref _original);
            parent._observe?.Invoke(row, _original);
            _original.CopyToDense(ref _permuted);
            VBufferEditor.CreateFromBuffer(ref _permuted).Values[parent._slot] = parent._values[row];
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
