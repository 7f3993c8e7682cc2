using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Mlp.Models;

/// <summary>The JSON object at the start of a safetensors file: one property per tensor, and texts about the whole.</summary>
internal static class SafeTensorsHeader
{
    /// <summary>Bytes before the object: its length.</summary>
    public const int PrefixLength = 8;

    /// <summary>The bound of the format itself.</summary>
    public const long MaxLength = 100_000_000;

    private const string Metadata = "__metadata__";

    // The object, an entry, an array of it.
    private const int MaxDepth = 3;

    /// <summary>The object, padded with blanks so that what follows lies at a multiple of 8 bytes.</summary>
    /// <param name="entries">In the order of their bytes.</param>
    /// <param name="metadata">Texts about the whole.</param>
    public static byte[] Compose(IEnumerable<SafeTensorsEntry> entries, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(Metadata);
            foreach ((string key, string value) in metadata)
                writer.WriteString(key, value);
            writer.WriteEndObject();
            foreach (SafeTensorsEntry entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", entry.Type);
                WriteNumbers(writer, "shape", entry.Shape);
                WriteNumbers(writer, "data_offsets", [entry.Begin, entry.End]);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        while (buffer.WrittenCount % 8 != 0)
            buffer.Write(" "u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads it, and trusts nothing. The tensors are those of the file, in the order of their bytes, and leave none out.</summary>
    /// <exception cref="SafeTensorsException">It is not such an object, or its tensors overlap or leave gaps.</exception>
    public static List<SafeTensorsEntry> Parse(ReadOnlySpan<byte> json)
    {
        // The reader of JSON would find it only in the texts that are asked for.
        if (!Utf8.IsValid(json))
            throw new SafeTensorsException(
                "Safetensors file has a header that is not UTF-8. It is damaged; save or transfer it again.", PrefixLength);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        List<SafeTensorsEntry> entries;
        try
        {
            entries = ReadEntries(ref reader);
        }
        catch (JsonException)
        {
            // Without the cause, whose message may repeat the file.
            throw new SafeTensorsException(
                $"Safetensors file has a header that is no JSON of such files from byte {PositionOf(reader):N0} on. It is damaged, or no "
                    + "safetensors file.",
                PositionOf(reader));
        }
        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        long end = 0;
        foreach (SafeTensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new SafeTensorsException(
                    $"Safetensors file has tensor {entry.Description} at bytes {entry.Begin:N0} to {entry.End:N0} of its data, where the "
                        + $"one before ends at {end:N0}; tensors neither overlap nor leave gaps.",
                    entry.Position);
            }
            end = entry.End;
        }
        return entries;
    }

    private static List<SafeTensorsEntry> ReadEntries(ref Utf8JsonReader reader)
    {
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>();
        Expect(ref reader, JsonTokenType.StartObject, "an object of tensors");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            long position = PositionOf(reader);
            string name = ReadText(ref reader);
            if (!names.Add(name))
                throw new SafeTensorsException($"Safetensors file names {SafeTensorsEntry.Quote(name)} twice.", position);
            Expect(ref reader, JsonTokenType.StartObject, "an object");
            if (name == Metadata)
                SkipTexts(ref reader);
            else
                entries.Add(ReadEntry(ref reader, name, position));
        }
        // Anything but blanks behind the object is an error that the reader finds.
        reader.Read();
        return entries;
    }

    private static SafeTensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, long position)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string property = ReadText(ref reader);
            bool isFirst = property switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => false,
            };
            if (!isFirst)
            {
                throw new SafeTensorsException(
                    $"Safetensors file has {SafeTensorsEntry.Quote(property)} in tensor {SafeTensorsEntry.Quote(name)}; dtype, shape and "
                        + "data_offsets are expected, each once.",
                    PositionOf(reader));
            }
            if (property == "dtype")
            {
                Expect(ref reader, JsonTokenType.String, "a text");
                type = ReadText(ref reader);
            }
            else if (property == "shape")
                shape = ReadNumbers(ref reader);
            else
                offsets = ReadNumbers(ref reader);
        }
        if (type is null || shape is null || offsets is null)
            throw new SafeTensorsException(
                $"Safetensors file has tensor {SafeTensorsEntry.Quote(name)} without dtype, shape or data_offsets.", position);
        if (offsets is not [long begin, long end] || begin > end)
        {
            throw new SafeTensorsException(
                $"Safetensors file has data_offsets for tensor {SafeTensorsEntry.Quote(name)} that are not a first byte and an "
                    + "end behind it.", position);
        }
        return new SafeTensorsEntry(name, type, shape, begin, end, position);
    }

    private static void SkipTexts(ref Utf8JsonReader reader)
    {
        while (Next(ref reader) == JsonTokenType.PropertyName)
            Expect(ref reader, JsonTokenType.String, "a text");
    }

    /// <summary>Whole numbers from 0 on.</summary>
    private static long[] ReadNumbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray, "a list");
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw new SafeTensorsException(
                    $"Safetensors file has something else than a whole number from 0 to {long.MaxValue:N0} in a list at byte "
                        + $"{PositionOf(reader):N0}.",
                    PositionOf(reader));
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : JsonTokenType.None;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (Next(ref reader) != type)
        {
            throw new SafeTensorsException(
                $"Safetensors file has something else than {what} at byte {PositionOf(reader):N0}. It is damaged, or no safetensors file.",
                PositionOf(reader));
        }
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a pair of UTF-16, written as \uD800.
            throw new SafeTensorsException(
                $"Safetensors file has a text at byte {PositionOf(reader):N0} that is no Unicode.", PositionOf(reader));
        }
    }

    private static long PositionOf(in Utf8JsonReader reader) => PrefixLength + reader.TokenStartIndex;

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
