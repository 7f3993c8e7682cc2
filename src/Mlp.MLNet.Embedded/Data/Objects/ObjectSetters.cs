using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes the columns of rows into the members of objects.</summary>
internal sealed class ObjectSetters<TRow>
    where TRow : class
{
    private readonly (ObjectColumn Member, DataViewSchema.Column Source)[] _bindings;

    public ObjectSetters(IExceptionContext context, DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition? definition)
    {
        CheckMembers(schema, definition);
        var bindings = new List<(ObjectColumn, DataViewSchema.Column)>();
        foreach (ObjectColumn member in ObjectColumn.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.Name) is DataViewSchema.Column column)
            {
                CheckBinds(context, member, column);
                bindings.Add((member, column));
            }
            else if (!ignoreMissingColumns)
            {
                throw context.ExceptSchemaMismatch("Schema", "", member.Name);
            }
        }

        _bindings = [.. bindings];
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bindings.Select(binding => binding.Source);

    /// <summary>An action that fills an object from the row's present position.</summary>
    public Action<TRow> For(DataViewRow row)
    {
        Action<TRow>[] setters = [.. _bindings.Select(binding => Create(row, binding.Member, binding.Source))];
        return target =>
        {
            foreach (Action<TRow> setter in setters)
                setter(target);
        };
    }

    /// <summary>A member whose type no column can have is told apart, since its column, if there is one, names the right type.</summary>
    private static void CheckMembers(DataViewSchema schema, SchemaDefinition? definition)
    {
        if (definition != null)
            return;
        foreach (MemberInfo member in MemberTypes.MembersOf(typeof(TRow), SchemaDefinition.Direction.Write))
        {
            Type itemType = MemberTypes.ItemTypeOf(MemberTypes.TypeOf(member), out _);
            if (DataViewTypes.PrimitiveTypeOrNull(itemType) != null)
                continue;
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            Type expected = (schema.GetColumnOrNull(name) ?? throw Contracts.ExceptParam("columnIndex")).Type.RawType;
            if (itemType != expected)
            {
                throw Contracts.ExceptParam(
                    "actualType",
                    $"The expected type '{expected}' does not match the type of the '{name}' member: '{itemType}'. " +
                    $"Please change the {name} member to '{expected}'");
            }
        }
    }

    private static void CheckBinds(IExceptionContext context, ObjectColumn member, DataViewSchema.Column column)
    {
        Type itemType = MemberTypes.ItemTypeOf(member.MemberType, out bool isVector);
        if (isVector != column.Type is VectorDataViewType || column.Type.GetItemType().RawType != itemType)
        {
            throw context.Except($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' " +
                $"to field or property '{member.Member.Name}' of type '{member.MemberType.FullName}'.");
        }
    }

    private static Action<TRow> Create(DataViewRow row, ObjectColumn member, DataViewSchema.Column column)
    {
        Type type = member.MemberType;
        if (type == typeof(string))
            return Text(row, member, column);
        if (type == typeof(string[]))
            return Array<string, ReadOnlyMemory<char>>(row, member, column, text => text.ToString());
        Type itemType = column.Type.GetItemType().RawType;
        string method = type.IsArray ? nameof(ArrayOfItems) : column.Type is VectorDataViewType ? nameof(Vector) : nameof(Direct);
        return (Action<TRow>)typeof(ObjectSetters<TRow>).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(itemType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, member, column], null)!;
    }

    private static Action<TRow> Text(DataViewRow row, ObjectColumn member, DataViewSchema.Column column)
    {
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
        Action<TRow, string> write = MemberAccess.Writer<TRow, string>(member.Member);
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            get(ref value);
            write(target, value.ToString());
        };
    }

    private static Action<TRow> Direct<T>(DataViewRow row, ObjectColumn member, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        Action<TRow, T> write = MemberAccess.Writer<TRow, T>(member.Member);
        T value = default!;
        return target =>
        {
            get(ref value);
            write(target, value);
        };
    }

    /// <summary>Takes over the buffer that the object has, so that a new object gets arrays of its own.</summary>
    private static Action<TRow> Vector<T>(DataViewRow row, ObjectColumn member, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        Func<TRow, VBuffer<T>> read = Reader<VBuffer<T>>(member.Member);
        Action<TRow, VBuffer<T>> write = MemberAccess.Writer<TRow, VBuffer<T>>(member.Member);
        return target =>
        {
            VBuffer<T> value = read(target);
            get(ref value);
            write(target, value);
        };
    }

    private static Action<TRow> ArrayOfItems<T>(DataViewRow row, ObjectColumn member, DataViewSchema.Column column)
        => Array<T, T>(row, member, column, value => value);

    /// <summary>Fills the array that the object has where ML.NET does; so an empty vector leaves null as it is.</summary>
    private static Action<TRow> Array<T, TItem>(
        DataViewRow row, ObjectColumn member, DataViewSchema.Column column, Func<TItem, T> convert)
    {
        ValueGetter<VBuffer<TItem>> get = row.GetGetter<VBuffer<TItem>>(column);
        Func<TRow, T[]?> read = Reader<T[]?>(member.Member);
        Action<TRow, T[]> write = MemberAccess.Writer<TRow, T[]>(member.Member);
        VBuffer<TItem> value = default;
        return target =>
        {
            get(ref value);
            T[]? array = read(target);
            if ((array?.Length ?? 0) != value.Length || (typeof(T) == typeof(TItem) && !value.IsDense))
                array = new T[value.Length];
            if (array is TItem[] items)
            {
                value.CopyTo(items);
            }
            else
            {
                int slot = 0;
                foreach (TItem item in value.DenseValues())
                    array![slot++] = convert(item);
            }

            write(target, array!);
        };
    }

    private static Func<TRow, T> Reader<T>(MemberInfo member)
        => MemberAccess.IsReadable(member) ? MemberAccess.Reader<TRow, T>(member) : _ => default!;
}
