using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Annotation values in a model file: numbers, truth values, text and keys, and vectors of them.</summary>
internal static class AnnotationValues
{
    public static bool CanStore(DataViewType type)
        => type.GetItemType() is NumberDataViewType or BooleanDataViewType or TextDataViewType or KeyDataViewType;

    public static void Write(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
        => Invoke(kind.Type is VectorDataViewType ? nameof(WriteVector) : nameof(WriteScalar), kind.Type, writer, annotations, kind);

    /// <summary>The getter of the value that comes next.</summary>
    public static Delegate Read(BinaryReader reader, DataViewType type)
    {
        Contracts.CheckDecode(CanStore(type));
        object value = type is VectorDataViewType
            ? Invoke(nameof(ReadVector), type, reader)!
            : ReadItem(reader, type.RawType);
        return AnnotationGetters.OfRawValue(value, type);
    }

    private static object? Invoke(string method, DataViewType type, params object[] arguments)
        => typeof(AnnotationValues).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetItemType().RawType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static void WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        T value = default!;
        annotations.GetGetter<T>(kind)(ref value);
        WriteItem(writer, value!);
    }

    private static void WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        VBuffer<T> vector = default;
        annotations.GetGetter<VBuffer<T>>(kind)(ref vector);
        writer.Write(vector.Length);
        writer.Write(vector.GetValues().Length);
        foreach (int index in vector.GetIndices())
            writer.Write(index);
        foreach (T value in vector.GetValues())
            WriteItem(writer, value!);
    }

    private static object ReadVector<T>(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        int count = reader.ReadInt32();

        // No value takes less than a byte, so the arrays stay within the size of the file.
        Contracts.CheckDecode(count >= 0 && count <= length && count <= reader.BaseStream.Length - reader.BaseStream.Position);
        int[] indices = new int[count < length ? count : 0];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = reader.ReadInt32();
            Contracts.CheckDecode(indices[i] > (i == 0 ? -1 : indices[i - 1]) && indices[i] < length);
        }

        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = (T)ReadItem(reader, typeof(T));
        return new VBuffer<T>(length, count, values, indices);
    }

    private static void WriteItem(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> text: writer.Write(text.ToString()); break;
            case bool truth: writer.Write(truth); break;
            case float number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            default: writer.Write(Convert.ToInt64(value)); break;
        }
    }

    private static object ReadItem(BinaryReader reader, Type type)
        => type == typeof(ReadOnlyMemory<char>) ? reader.ReadString().AsMemory()
            : type == typeof(bool) ? reader.ReadBoolean()
            : type == typeof(float) ? reader.ReadSingle()
            : type == typeof(double) ? reader.ReadDouble()
            : type == typeof(ulong) ? reader.ReadUInt64()
            : Convert.ChangeType(reader.ReadInt64(), type);
}
