using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Getters of columns over the members of the current object.</summary>
internal sealed class ObjectGetters<TRow>
    where TRow : class
{
    private readonly Delegate?[] _getters;

    public ObjectGetters(ObjectColumn[] columns, Func<int, bool> isActive)
        => _getters = [.. columns.Select((column, i) => isActive(i) ? Create(column) : null)];

    /// <summary>Null before the first row and after the last.</summary>
    public TRow? Current { get; set; }

    public bool IsActive(DataViewSchema.Column column)
    {
        if (column.Index < 0 || column.Index >= _getters.Length)
            throw Contracts.Except($"Column index must be between 0 and {_getters.Length}");
        return _getters[column.Index] != null;
    }

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsActive(column), nameof(column), "requested column not active");
        Delegate getter = _getters[column.Index]!;
        return getter as ValueGetter<TValue>
            ?? throw Contracts.Except($"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', " +
                $"expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    private Delegate Create(ObjectColumn column)
    {
        Type type = column.MemberType;
        if (type == typeof(string))
            return Text(column);
        if (type == typeof(string[]))
            return TextArray(column);
        (string method, Type valueType) = type.IsArray ? (nameof(Array), type.GetElementType()!)
            : column.Type is VectorDataViewType vector ? (nameof(Vector), vector.ItemType.RawType)
            : column.Type is KeyDataViewType ? (nameof(Key), type)
            : (nameof(Direct), type);
        return (Delegate)GetType().GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(valueType)
            .Invoke(this, BindingFlags.DoNotWrapExceptions, null, [column], null)!;
    }

    private ValueGetter<ReadOnlyMemory<char>> Text(ObjectColumn column)
    {
        Func<TRow, string?> read = MemberAccess.Reader<TRow, string?>(column.Member);
        return (ref ReadOnlyMemory<char> destination) => destination = read(Current!).AsMemory();
    }

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextArray(ObjectColumn column)
    {
        Func<TRow, string?[]?> read = MemberAccess.Reader<TRow, string?[]?>(column.Member);
        return (ref VBuffer<ReadOnlyMemory<char>> destination) =>
        {
            string?[] texts = read(Current!) ?? [];
            var editor = VBufferEditor.Create(ref destination, texts.Length);
            for (int i = 0; i < texts.Length; i++)
                editor.Values[i] = texts[i].AsMemory();
            destination = editor.Commit();
        };
    }

    // As in ML.NET the length is not compared with the one the type states: what cannot take it must say so itself.
    private ValueGetter<VBuffer<T>> Array<T>(ObjectColumn column)
    {
        Func<TRow, T[]?> read = MemberAccess.Reader<TRow, T[]?>(column.Member);
        return (ref VBuffer<T> destination) =>
        {
            ReadOnlySpan<T> values = read(Current!);
            var editor = VBufferEditor.Create(ref destination, values.Length);
            values.CopyTo(editor.Values);
            destination = editor.Commit();
        };
    }

    private ValueGetter<VBuffer<T>> Vector<T>(ObjectColumn column)
    {
        Func<TRow, VBuffer<T>> read = MemberAccess.Reader<TRow, VBuffer<T>>(column.Member);
        return (ref VBuffer<T> destination) => read(Current!).CopyTo(ref destination);
    }

    private ValueGetter<T> Direct<T>(ObjectColumn column)
    {
        Func<TRow, T> read = MemberAccess.Reader<TRow, T>(column.Member);
        return (ref T destination) => destination = read(Current!);
    }

    /// <summary>Objects hold categories from 0, columns from 1; what is no category becomes missing. Vectors are not shifted.</summary>
    private ValueGetter<T> Key<T>(ObjectColumn column)
        where T : struct, System.Numerics.IBinaryInteger<T>
    {
        // ML.NET has forgotten 16-bit keys here.
        Contracts.Check(typeof(T) != typeof(ushort));
        Func<TRow, T> read = MemberAccess.Reader<TRow, T>(column.Member);
        var max = T.CreateChecked(((KeyDataViewType)column.Type).Count - 1);
        return (ref T destination) =>
        {
            T value = read(Current!);
            destination = value <= max ? value + T.One : T.Zero;
        };
    }
}
