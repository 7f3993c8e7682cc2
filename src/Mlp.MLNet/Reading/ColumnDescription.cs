using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>What a check wants to know of a column, whether of a schema or of the shape of one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ItemType">The type of the values; a key's, the number type it is stored in.</param>
/// <param name="IsKey">Whether the values are keys.</param>
/// <param name="KeyCount">Number of values of the key; null when it is not known, as in a shape.</param>
/// <param name="Kind">One value, a fixed number of values, or any number.</param>
/// <param name="TypeName">The type as messages show it.</param>
internal readonly record struct ColumnDescription(
    string Name, DataViewType ItemType, bool IsKey, ulong? KeyCount, SchemaShape.Column.VectorKind Kind, string TypeName)
{
    public bool IsScalar => Kind == SchemaShape.Column.VectorKind.Scalar;

    /// <summary>Whether it is one value of that type, and no key.</summary>
    public bool IsScalarOf(DataViewType type) => IsScalar && !IsKey && ItemType.Equals(type);

    public static ColumnDescription Of(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : $"{column.ItemType}";
        string type = column.Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => item,
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            _ => $"Vector<{item}> of unknown size",
        };
        return new ColumnDescription(column.Name, column.ItemType, column.IsKey, KeyCount: null, column.Kind, type);
    }

    public static ColumnDescription Of(DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        DataViewType itemType = vector?.ItemType ?? column.Type;
        SchemaShape.Column.VectorKind kind = vector is null ? SchemaShape.Column.VectorKind.Scalar
            : vector.IsKnownSize ? SchemaShape.Column.VectorKind.Vector
            : SchemaShape.Column.VectorKind.VariableVector;
        string type = kind == SchemaShape.Column.VectorKind.VariableVector ? $"{column.Type} of unknown size" : $"{column.Type}";
        var key = itemType as KeyDataViewType;
        return new ColumnDescription(column.Name, itemType, key is not null, key?.Count, kind, type);
    }
}
