using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class correspond to columns.</summary>
internal static class MemberTypes
{
    public static Type TypeOf(MemberInfo member)
        => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The raw type of a member's values; throws when no column type has such values.</summary>
    public static void GetVectorAndItemType(Type type, string name, out bool isVector, out Type itemType)
    {
        itemType = ItemTypeOf(type, out isVector);
        if (DataViewTypes.PrimitiveTypeOrNull(itemType) == null)
        {
            throw Contracts.ExceptParam(
                "rawType", $"Could not determine an IDataView type and registered custom types for member {name}");
        }
    }

    public static Type ItemTypeOf(Type type, out bool isVector)
    {
        bool isBuffer = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        isVector = type.IsArray || isBuffer;
        Type itemType = type.IsArray ? type.GetElementType()! : isBuffer ? type.GetGenericArguments()[0] : type;
        return itemType == typeof(string) ? typeof(ReadOnlyMemory<char>) : itemType;
    }

    /// <summary>The public fields and properties that can be read, written or either; those marked NoColumn are left out.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type, SchemaDefinition.Direction direction)
    {
        bool read = direction.HasFlag(SchemaDefinition.Direction.Read);
        bool write = direction.HasFlag(SchemaDefinition.Direction.Write);
        IEnumerable<MemberInfo> fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance);
        IEnumerable<MemberInfo> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0
                && ((read && property.GetGetMethod() != null) || (write && property.GetSetMethod() != null)));
        return fields.Concat(properties).Where(member => member.GetCustomAttribute<NoColumnAttribute>() == null);
    }

    /// <summary>The type a member's column gets from the member's own type and its attributes.</summary>
    public static DataViewType ColumnTypeOf(MemberInfo member)
    {
        GetVectorAndItemType(TypeOf(member), member.Name, out bool isVector, out Type dataType);
        PrimitiveDataViewType itemType = DataViewTypes.PrimitiveType(dataType);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is KeyTypeAttribute key)
        {
            if (!KeyDataViewType.IsValidDataType(dataType))
            {
                throw Contracts.ExceptParam(
                    "userType",
                    $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            }

            itemType = new KeyDataViewType(dataType, key.KeyCount.Count.GetValueOrDefault());
        }

        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (!isVector)
        {
            if (vector != null)
            {
                throw Contracts.ExceptParam(
                    "userType", $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
            }

            return itemType;
        }

        return vector is { Dimensions.Length: > 0 }
            ? new VectorDataViewType(itemType, vector.Dimensions)
            : new VectorDataViewType(itemType);
    }
}
