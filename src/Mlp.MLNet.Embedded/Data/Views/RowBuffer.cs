namespace Microsoft.ML.Data;

/// <summary>Copies of a column's values by row number.</summary>
internal abstract class RowBuffer
{
    /// <summary>Copies the value of the row that the bound cursor stands on.</summary>
    public abstract void Store(int row);

    /// <summary>A getter of the value in the row that the function names.</summary>
    public abstract Delegate CreateGetter(Func<int> row);

    /// <summary>Binds a buffer to a column of a cursor.</summary>
    public static RowBuffer Create(DataViewRow input, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
            return (RowBuffer)Activator.CreateInstance(typeof(Vector<>).MakeGenericType(vector.ItemType.RawType), input, column)!;
        return (RowBuffer)Activator.CreateInstance(typeof(Scalar<>).MakeGenericType(column.Type.RawType), input, column)!;
    }

    public static RowBuffer CreateForIds(DataViewRow input) => new Scalar<DataViewRowId>(input.GetIdGetter());

    /// <summary>Only values of these types are known to be copied by assignment.</summary>
    public static bool CanStore(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    private static void EnsureRow<T>(ref T[] values, int row)
    {
        if (row >= values.Length)
            Array.Resize(ref values, Math.Max(row + 1, (int)Math.Min(2L * values.Length, Array.MaxLength)));
    }

    private sealed class Scalar<T>(ValueGetter<T> source) : RowBuffer
    {
        private T[] _values = new T[16];

        public Scalar(DataViewRow input, DataViewSchema.Column column)
            : this(input.GetGetter<T>(column))
        {
        }

        public override void Store(int row)
        {
            EnsureRow(ref _values, row);
            source(ref _values[row]);
        }

        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = _values[row()]);
    }

    private sealed class Vector<T>(ValueGetter<VBuffer<T>> source) : RowBuffer
    {
        private VBuffer<T>[] _values = new VBuffer<T>[16];

        public Vector(DataViewRow input, DataViewSchema.Column column)
            : this(input.GetGetter<VBuffer<T>>(column))
        {
        }

        public override void Store(int row)
        {
            EnsureRow(ref _values, row);
            source(ref _values[row]);
        }

        public override Delegate CreateGetter(Func<int> row)
            => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[row()].CopyTo(ref value));
    }
}
