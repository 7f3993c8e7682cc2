using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Scoring;

/// <summary>Copies of a column's values in some rows, so that they can be given out when the input has moved on.</summary>
internal abstract class ColumnBuffer
{
    private static readonly Dictionary<Type, Factory> Factories = new()
    {
        [typeof(bool)] = Create<bool>,
        [typeof(sbyte)] = Create<sbyte>,
        [typeof(byte)] = Create<byte>,
        [typeof(short)] = Create<short>,
        [typeof(ushort)] = Create<ushort>,
        [typeof(int)] = Create<int>,
        [typeof(uint)] = Create<uint>,
        [typeof(long)] = Create<long>,
        [typeof(ulong)] = Create<ulong>,
        [typeof(float)] = Create<float>,
        [typeof(double)] = Create<double>,
        [typeof(ReadOnlyMemory<char>)] = Create<ReadOnlyMemory<char>>,
        [typeof(TimeSpan)] = Create<TimeSpan>,
        [typeof(DateTime)] = Create<DateTime>,
        [typeof(DateTimeOffset)] = Create<DateTimeOffset>,
        [typeof(DataViewRowId)] = Create<DataViewRowId>,
    };

    private delegate ColumnBuffer Factory(DataViewRow input, DataViewSchema.Column column, int maxRowCount);

    /// <summary>
    /// Whether values of the type can be copied: ML.NET's own types and vectors of them. Another type, an image for example, can be a
    /// reference to something that has an owner.
    /// </summary>
    public static bool CanHold(DataViewType type) => Factories.ContainsKey(ItemType(type));

    /// <param name="input">The row to follow.</param>
    /// <param name="column">Active, of a type that can be held.</param>
    /// <param name="maxRowCount">Rows to make room for.</param>
    public static ColumnBuffer Create(DataViewRow input, DataViewSchema.Column column, int maxRowCount) =>
        Factories[ItemType(column.Type)](input, column, maxRowCount);

    /// <summary>Copies the value of the row at which the input is; returns how many numbers or texts it consists of.</summary>
    public abstract int Store(int row);

    /// <summary>The ValueGetter of the value in the row that the function names.</summary>
    public abstract Delegate CreateGetter(Func<int> row);

    private static Type ItemType(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType.RawType : type.RawType;

    private static ColumnBuffer Create<T>(DataViewRow input, DataViewSchema.Column column, int maxRowCount) =>
        column.Type is VectorDataViewType ? new Vectors<T>(input, column, maxRowCount) : new Scalars<T>(input, column, maxRowCount);

    private sealed class Scalars<T>(DataViewRow input, DataViewSchema.Column column, int maxRowCount) : ColumnBuffer
    {
        private readonly ValueGetter<T> _getter = input.GetGetter<T>(column);
        private readonly T[] _values = new T[maxRowCount];

        public override int Store(int row)
        {
            _getter(ref _values[row]);
            return 1;
        }

        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = _values[row()]);
    }

    private sealed class Vectors<T>(DataViewRow input, DataViewSchema.Column column, int maxRowCount) : ColumnBuffer
    {
        private readonly ValueGetter<VBuffer<T>> _getter = input.GetGetter<VBuffer<T>>(column);
        private readonly VBuffer<T>[] _values = new VBuffer<T>[maxRowCount];

        public override int Store(int row)
        {
            _getter(ref _values[row]);
            return _values[row].GetValues().Length;
        }

        public override Delegate CreateGetter(Func<int> row) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[row()].CopyTo(ref value));
    }
}
