using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A member of a class that is bound to a column.</summary>
internal sealed record ObjectColumn(string Name, DataViewType Type, MemberInfo Member, DataViewSchema.Annotations Annotations)
{
    public Type MemberType => MemberTypes.TypeOf(Member);

    public static ObjectColumn[] Bind(Type userType, SchemaDefinition? definition, SchemaDefinition.Direction direction)
        => [.. (definition ?? SchemaDefinition.Create(userType, direction)).Select(column => Bind(userType, column))];

    private static ObjectColumn Bind(Type userType, SchemaDefinition.Column column)
    {
        const string parameter = "userSchemaDefinition";
        MemberInfo member = (MemberInfo?)userType.GetField(column.MemberName) ?? userType.GetProperty(column.MemberName)
            ?? throw Contracts.ExceptParam(
                parameter, $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
        MemberTypes.GetVectorAndItemType(MemberTypes.TypeOf(member), member.Name, out bool isVector, out Type dataType);
        string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        DataViewType type = column.ColumnType ?? (isVector
            ? new VectorDataViewType(DataViewTypes.PrimitiveType(dataType))
            : DataViewTypes.PrimitiveType(dataType));
        if (isVector != type is VectorDataViewType)
        {
            throw Contracts.ExceptParam(
                parameter,
                $"Column '{name}' is supposed to be {(isVector ? "scalar" : "vector")}, " +
                $"but type of associated field '{column.MemberName}' is {(isVector ? "vector" : "scalar")}");
        }

        Type itemType = type.GetItemType().RawType;
        if (itemType != dataType)
        {
            throw Contracts.ExceptParam(
                parameter, $"Column '{name}' is supposed to have item type {itemType}, but associated field has type {dataType}");
        }

        return new ObjectColumn(name, type, member, column.Annotations);
    }
}
