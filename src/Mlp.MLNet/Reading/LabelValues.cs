using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>
/// The values that stand behind the outputs of a network: the key values of a class label, or the slot names of a vector label. Or those
/// that stand behind a key among its inputs.
/// </summary>
internal abstract class LabelValues
{
    private const string KeyValues = "KeyValues", SlotNames = "SlotNames";

    // The position is the code in files: new ones go to the end. ML.NET makes keys of these types.
    private static readonly Func<LabelValues>[] Empty =
    [
        () => new Values<ReadOnlyMemory<char>>(
            TextDataViewType.Instance, (writer, value) => writer.Write(value.ToString()), ReadText),
        () => new Values<bool>(BooleanDataViewType.Instance, (writer, value) => writer.Write(value), reader => reader.ReadBoolean()),
        () => new Values<sbyte>(NumberDataViewType.SByte, (writer, value) => writer.Write(value), reader => reader.ReadSByte()),
        () => new Values<byte>(NumberDataViewType.Byte, (writer, value) => writer.Write(value), reader => reader.ReadByte()),
        () => new Values<short>(NumberDataViewType.Int16, (writer, value) => writer.Write(value), reader => reader.ReadInt16()),
        () => new Values<ushort>(NumberDataViewType.UInt16, (writer, value) => writer.Write(value), reader => reader.ReadUInt16()),
        () => new Values<int>(NumberDataViewType.Int32, (writer, value) => writer.Write(value), reader => reader.ReadInt32()),
        () => new Values<uint>(NumberDataViewType.UInt32, (writer, value) => writer.Write(value), reader => reader.ReadUInt32()),
        () => new Values<long>(NumberDataViewType.Int64, (writer, value) => writer.Write(value), reader => reader.ReadInt64()),
        () => new Values<ulong>(NumberDataViewType.UInt64, (writer, value) => writer.Write(value), reader => reader.ReadUInt64()),
        () => new Values<float>(NumberDataViewType.Single, (writer, value) => writer.Write(value), reader => reader.ReadSingle()),
        () => new Values<double>(NumberDataViewType.Double, (writer, value) => writer.Write(value), reader => reader.ReadDouble()),
        () => new Values<DateTime>(
            DateTimeDataViewType.Instance, (writer, value) => writer.Write(value.ToBinary()),
            reader => DateTime.FromBinary(reader.ReadInt64())),
        () => new Values<TimeSpan>(
            TimeSpanDataViewType.Instance, (writer, value) => writer.Write(value.Ticks), reader => new TimeSpan(reader.ReadInt64())),
        () => new Values<DateTimeOffset>(DateTimeOffsetDataViewType.Instance, WriteOffset, ReadOffset),
        () => new Values<DataViewRowId>(
            RowIdDataViewType.Instance,
            (writer, value) =>
            {
                writer.Write(value.Low);
                writer.Write(value.High);
            },
            reader => new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64())),
    ];

    /// <summary>The type of one of them.</summary>
    public abstract PrimitiveDataViewType Type { get; }

    public abstract int Count { get; }

    /// <summary>The key values of a class label; null when it has none.</summary>
    public static LabelValues? OfKey(DataViewSchema.Column label) => Of(label, KeyValues, (int)((KeyDataViewType)label.Type).Count);

    /// <summary>The slot names of a vector label; null when it has none.</summary>
    public static LabelValues? OfSlots(DataViewSchema.Column label) =>
        label.HasSlotNames() ? Of(label, SlotNames, ((VectorDataViewType)label.Type).Size) : null;

    /// <summary>Key values of a key, slot names of a vector; null for other labels, and where there are none.</summary>
    public static LabelValues? Of(DataViewSchema.Column label) => label.Type switch
    {
        KeyDataViewType => OfKey(label),
        VectorDataViewType => OfSlots(label),
        _ => null,
    };

    /// <summary>Where the values of two labels differ, as a sentence; null when they do not, or one of them has none.</summary>
    /// <param name="values">Of one.</param>
    /// <param name="others">Of the other.</param>
    /// <param name="label">The label column of one of them.</param>
    /// <param name="place">Where the one is: "the validation data".</param>
    /// <param name="otherPlace">Where the other is.</param>
    /// <param name="role">What the column is to the network.</param>
    public static string? Difference(
        LabelValues? values, LabelValues? others, DataViewSchema.Column label, string place, string otherPlace, string role = "label")
    {
        if (values is null || others is null)
            return null;
        int index = Enumerable.Range(0, Math.Min(values.Count, others.Count)).FirstOrDefault(index => !values.HasSame(index, others), -1);
        if (index < 0)
            return null;
        // Keys count from 1, slots from 0.
        string where = label.Type is KeyDataViewType
            ? $"key values of {role} column '{label.Name}' differ, first in value {index + 1}"
            : $"slot names of {role} column '{label.Name}' differ, first in slot {index}";
        return $"The {where}: '{values.NameOf(index)}' in {place}, '{others.NameOf(index)}' in {otherPlace}.";
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing of it is trusted.</summary>
    /// <param name="reader">At their position.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="name">What messages call them.</param>
    /// <exception cref="FormatException">They are damaged.</exception>
    public static LabelValues Read(BinaryReader reader, int count, string name = "label values")
    {
        byte code = reader.ReadByte();
        if (code >= Empty.Length)
        {
            throw new FormatException(
                $"The model file has {name} of type {code}; the last one is {Empty.Length - 1}. It is damaged or newer; update the "
                    + "package or save it again.");
        }
        LabelValues values = Empty[code]();
        try
        {
            values.ReadItems(reader, count);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException)
        {
            throw new FormatException($"The model file has {name} that are out of range. It is damaged; save or transfer it again.");
        }
        return values;
    }

    /// <summary>One byte for the type, then each value; their number is known from elsewhere.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Array.FindIndex(Empty, empty => empty().Type.Equals(Type)));
        WriteItems(writer);
    }

    /// <summary>Annotates a column with all of them.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string kind);

    /// <summary>These values from the last to the first.</summary>
    public abstract LabelValues Reversed();

    /// <summary>One of them as text, for messages.</summary>
    public abstract string NameOf(int index);

    /// <summary>All of them as text, independent of the culture.</summary>
    public string[] ToTexts() => [.. Enumerable.Range(0, Count).Select(NameOf)];

    /// <summary>All of them as whole numbers; null when they are of another kind, or may not fit.</summary>
    public abstract long[]? ToIntegers();

    /// <summary>Whether a value is that of another label: the same, or the same text where the types differ.</summary>
    protected abstract bool HasSame(int index, LabelValues other);

    protected abstract void ReadItems(BinaryReader reader, int count);

    protected abstract void WriteItems(BinaryWriter writer);

    protected abstract void Copy(DataViewSchema.Column column, string kind);

    private static LabelValues? Of(DataViewSchema.Column column, string kind, int count)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType type || type.Size != count)
            return null;
        LabelValues? values = Empty.Select(empty => empty()).FirstOrDefault(values => values.Type.Equals(type.ItemType));
        values?.Copy(column, kind);
        return values;
    }

    /// <summary>A text as <see cref="BinaryWriter.Write(string)"/> writes it; nothing of it is trusted.</summary>
    /// <exception cref="InvalidDataException">What stands for its length is none.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    internal static ReadOnlyMemory<char> ReadText(BinaryReader reader)
    {
        int length;
        try
        {
            length = reader.Read7BitEncodedInt();
        }
        catch (FormatException exception)
        {
            // Its message says nothing of a file.
            throw new InvalidDataException("The length of a text is not a number.", exception);
        }
        if (length < 0)
            throw new InvalidDataException($"The length of a text is {length}.");
        if (length > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new EndOfStreamException();
        return Encoding.UTF8.GetString(reader.ReadBytes(length)).AsMemory();
    }

    private static void WriteOffset(BinaryWriter writer, DateTimeOffset value)
    {
        writer.Write(value.Ticks);
        writer.Write((short)value.TotalOffsetMinutes);
    }

    private static DateTimeOffset ReadOffset(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt16()));

    private sealed class Values<T>(PrimitiveDataViewType type, Action<BinaryWriter, T> write, Func<BinaryReader, T> read) : LabelValues
    {
        private T[] _items = [];

        public override PrimitiveDataViewType Type => type;

        public override int Count => _items.Length;

        public override void AddTo(DataViewSchema.Annotations.Builder builder, string kind)
        {
            T[] items = _items;
            builder.Add(kind, new VectorDataViewType(type, items.Length), (ref VBuffer<T> value) =>
            {
                var editor = VBufferEditor.Create(ref value, items.Length);
                items.CopyTo(editor.Values);
                value = editor.Commit();
            });
        }

        public override string NameOf(int index) => $"{_items[index]}";

        public override LabelValues Reversed() => new Values<T>(type, write, read) { _items = [.. _items.Reverse()] };

        public override long[]? ToIntegers() => System.Type.GetTypeCode(typeof(T)) is >= TypeCode.SByte and <= TypeCode.Int64
            ? [.. _items.Select(item => Convert.ToInt64(item, CultureInfo.InvariantCulture))] : null;

        // Texts in memory are equal by their place, not by what they say.
        protected override bool HasSame(int index, LabelValues other) =>
            typeof(T) != typeof(ReadOnlyMemory<char>) && other is Values<T> same
            ? EqualityComparer<T>.Default.Equals(_items[index], same._items[index]) : NameOf(index) == other.NameOf(index);

        protected override void ReadItems(BinaryReader reader, int count)
        {
            // Each takes a byte at least: a damaged count must not take memory ahead.
            if (count > reader.BaseStream.Length - reader.BaseStream.Position)
                throw new EndOfStreamException();
            var items = new T[count];
            for (int index = 0; index < count; index++)
                items[index] = read(reader);
            _items = items;
        }

        protected override void WriteItems(BinaryWriter writer)
        {
            foreach (T item in _items)
                write(writer, item);
        }

        protected override void Copy(DataViewSchema.Column column, string kind)
        {
            VBuffer<T> values = default;
            column.Annotations.GetValue(kind, ref values);
            _items = new T[values.Length];
            values.CopyTo(_items);
        }
    }
}
