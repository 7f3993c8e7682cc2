using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The input schema in a model file: per column its name, type and annotations.</summary>
/// <remarks>
/// Not named "Schema" as ML.NET's, whose format is another: so ML.NET, given this file, gets as far as the assembly name it misses.
/// </remarks>
internal static class SchemaEntry
{
    public const string Name = "InputSchema";

    private const byte KeyCode = 17;
    private const byte VectorCode = 18;
    private const byte RowIdCode = 16;

    public static byte[] Write(DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            writer.Write(schema.Count);
            foreach (DataViewSchema.Column column in schema)
            {
                writer.Write(column.Name);
                WriteType(writer, column.Type);
                DataViewSchema.Column[] kinds = [.. column.Annotations.Schema.Where(kind => AnnotationValues.CanStore(kind.Type))];
                writer.Write(kinds.Length);
                foreach (DataViewSchema.Column kind in kinds)
                {
                    writer.Write(kind.Name);
                    WriteType(writer, kind.Type);
                    AnnotationValues.Write(writer, column.Annotations, kind);
                }
            }
        }

        return stream.ToArray();
    }

    public static DataViewSchema Read(byte[] entry)
    {
        using var reader = new BinaryReader(new MemoryStream(entry), Encoding.UTF8);
        try
        {
            var schema = new DataViewSchema.Builder();
            for (int columns = reader.ReadInt32(); columns > 0; columns--)
            {
                string name = reader.ReadString();
                DataViewType type = ReadType(reader);
                var annotations = new DataViewSchema.Annotations.Builder();
                for (int kinds = reader.ReadInt32(); kinds > 0; kinds--)
                {
                    string kind = reader.ReadString();
                    DataViewType kindType = ReadType(reader);
                    annotations.Add(kind, kindType, AnnotationValues.Read(reader, kindType));
                }

                schema.AddColumn(name, type, annotations.ToAnnotations());
            }

            return schema.ToSchema();
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or OverflowException or InvalidOperationException or FormatException)
        {
            throw Contracts.ExceptDecode(null, exception, "Corrupt model file: the input schema cannot be read");
        }
    }

    private static void WriteType(BinaryWriter writer, DataViewType type)
    {
        if (type is VectorDataViewType vector)
        {
            writer.Write(VectorCode);
            writer.Write(vector.Dimensions.Length);
            foreach (int dimension in vector.Dimensions)
                writer.Write(dimension);
            type = vector.ItemType;
        }

        if (type is KeyDataViewType key)
        {
            writer.Write(KeyCode);
            writer.Write(key.Count);
            type = DataViewTypes.PrimitiveType(key.RawType);
        }

        writer.Write(type is RowIdDataViewType ? RowIdCode : (byte)DataViewTypes.KindOf(type));
    }

    private static DataViewType ReadType(BinaryReader reader)
    {
        byte code = reader.ReadByte();
        if (code != VectorCode)
            return ReadPrimitive(reader, code);
        int count = reader.ReadInt32();
        Contracts.CheckDecode(count > 0 && count <= (reader.BaseStream.Length - reader.BaseStream.Position) / sizeof(int));
        var dimensions = new int[count];
        for (int i = 0; i < count; i++)
            dimensions[i] = reader.ReadInt32();
        return new VectorDataViewType(ReadPrimitive(reader, reader.ReadByte()), dimensions);
    }

    private static PrimitiveDataViewType ReadPrimitive(BinaryReader reader, byte code)
    {
        if (code == RowIdCode)
            return RowIdDataViewType.Instance;
        if (code != KeyCode)
            return DataViewTypes.PrimitiveType((DataKind)code);
        ulong count = reader.ReadUInt64();
        return new KeyDataViewType(DataViewTypes.PrimitiveType((DataKind)reader.ReadByte()).RawType, count);
    }
}
