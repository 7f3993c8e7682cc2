using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes annotation getters of plain values.</summary>
internal static class AnnotationGetters
{
    private static readonly MethodInfo ScalarMethod = ((Func<object, Delegate>)Scalar<int>).Method.GetGenericMethodDefinition();
    private static readonly MethodInfo VectorMethod = ((Func<object, Delegate>)Vector<int>).Method.GetGenericMethodDefinition();

    /// <summary>A getter of a user's value: text may be given as string, a vector also as array.</summary>
    public static Delegate OfUserValue<T>(T value, DataViewType type)
    {
        MemberTypes.GetVectorAndItemType(typeof(T), "annotation value", out bool isVector, out Type itemType);
        bool needsVector = type is VectorDataViewType;
        if (isVector != needsVector)
        {
            throw Contracts.Except($"Value inputted is supposed to be {(isVector ? "vector" : "scalar")}, " +
                $"but type of Annotationinfo is {(needsVector ? "vector" : "scalar")}");
        }

        Type needed = type.GetItemType().RawType;
        if (itemType != needed)
            throw Contracts.Except($"Value inputted is supposed to have Type {itemType}, but type of Annotationinfo has {needed}");
        object raw = value switch
        {
            string text => text.AsMemory(),
            string[] texts => new VBuffer<ReadOnlyMemory<char>>(texts.Length, [.. texts.Select(text => text.AsMemory())]),
            Array array => Activator.CreateInstance(type.RawType, array.Length, array, null)!,
            _ => value!,
        };
        return OfRawValue(raw, type);
    }

    /// <summary>A getter of a value that has the type's raw type.</summary>
    public static Delegate OfRawValue(object value, DataViewType type)
    {
        MethodInfo method = type is VectorDataViewType vector
            ? VectorMethod.MakeGenericMethod(vector.ItemType.RawType)
            : ScalarMethod.MakeGenericMethod(type.RawType);
        return (Delegate)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value], null)!;
    }

    private static Delegate Scalar<T>(object value)
    {
        var typed = (T)value;
        return (ValueGetter<T>)((ref T destination) => destination = typed);
    }

    private static Delegate Vector<T>(object value)
    {
        var typed = (VBuffer<T>)value;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) => typed.CopyTo(ref destination));
    }
}
