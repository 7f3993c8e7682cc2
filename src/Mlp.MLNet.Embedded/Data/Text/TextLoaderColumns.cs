using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Derives the columns of a text file from the fields and properties of a class.</summary>
internal static class TextLoaderColumns
{
    public static TextLoader.Column[] Of<TInput>()
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;
        var fields = typeof(TInput).GetFields(Members).Select(field => Create(field, field.FieldType, "Field"));
        var properties = typeof(TInput).GetProperties(Members)
            .Where(property => property.GetGetMethod() != null && property.GetIndexParameters().Length == 0)
            .Select(property => Create(property, property.PropertyType, "Property"));
        var columns = fields.Concat(properties).ToArray();
        Contracts.CheckParam(columns.Length > 0, nameof(TInput),
            $"Should define at least one public, readable field or property in {nameof(TInput)}.");
        return columns;
    }

    private static TextLoader.Column Create(MemberInfo member, Type type, string kind)
    {
        var source = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw Contracts.Except($"{kind} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        var itemType = DataViewTypes.PrimitiveTypeOrNull(type.IsArray ? type.GetElementType()! : type);
        if (itemType == null || itemType is RowIdDataViewType)
            throw Contracts.Except($"{kind} {member.Name} is of unsupported type.");
        return new TextLoader.Column
        {
            Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            Source = [.. source.Sources],
            KeyCount = member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount!,
            DataKind = KindOf(itemType),
        };
    }

    private static DataKind KindOf(PrimitiveDataViewType type)
        => Enum.GetValues<DataKind>().First(kind => DataViewTypes.PrimitiveType(kind).Equals(type));
}
