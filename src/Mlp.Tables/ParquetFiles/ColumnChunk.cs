using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;
using Mlp.Tables.Reading;
using Parquet.Meta;
using Parquet.Schema;
using PhysicalType = Parquet.Meta.Type;

namespace Mlp.Tables.ParquetFiles;

/// <summary>
/// Reads the values of a column in a group of rows straight into what is wanted of them, a number as <see cref="float"/> or a text: the
/// types, encodings and kinds of compression that most writers use by default. Parquet.Net reads all others, and takes twice the time.
/// Used by one thread.
/// </summary>
internal sealed class ColumnChunk : IDisposable
{
    private const int MostBytes = 1 << 28;
    private const int PlainEncoding = 0, OldDictionaryEncoding = 2, RunEncoding = 3, DictionaryEncoding = 8;

    private readonly PagePacking _packing = new();
    private byte[] _chunk = [], _page = [];
    private int[] _numbers = [];

    /// <summary>Reads a column of numbers; what is missing, not finite or too large becomes NaN.</summary>
    /// <param name="file">Open.</param>
    /// <param name="field">Of the column.</param>
    /// <param name="chunk">Where the values are.</param>
    /// <param name="rowCount">Of the group.</param>
    /// <returns>From the shared pool, with room for all rows at least; null where Parquet.Net must read them.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public float[]? ReadSingles(SafeFileHandle file, DataField field, ColumnMetaData chunk, int rowCount)
    {
        float[] values = ArrayPool<float>.Shared.Rent(rowCount);
        bool isRead = false;
        try
        {
            Span<float> rows = values.AsSpan(0, rowCount);
            System.Type type = field.ClrType;
            isRead = chunk.Type switch
            {
                PhysicalType.FLOAT when type == typeof(float) => Read<float, PlainNumbers<float>>(file, field, chunk, rows),
                PhysicalType.DOUBLE when type == typeof(double) => Read<float, PlainNumbers<double>>(file, field, chunk, rows),
                PhysicalType.INT64 when type == typeof(long) => Read<float, PlainNumbers<long>>(file, field, chunk, rows),
                PhysicalType.INT32 when type == typeof(int) || type == typeof(short) || type == typeof(sbyte) =>
                    Read<float, PlainNumbers<int>>(file, field, chunk, rows),
                _ => false,
            };
        }
        finally
        {
            if (!isRead)
                ArrayPool<float>.Shared.Return(values);
        }
        return isRead ? values : null;
    }

    /// <summary>Reads a column of numbers, truths, texts or times of Spark. Equal texts of a dictionary are one object.</summary>
    /// <inheritdoc cref="ReadSingles" path="//param | //exception"/>
    /// <returns>Null where Parquet.Net must read them.</returns>
    public ColumnValues? ReadValues(SafeFileHandle file, DataField field, ColumnMetaData chunk, int rowCount)
    {
        System.Type type = field.ClrType;
        return chunk.Type switch
        {
            PhysicalType.FLOAT when type == typeof(float) => Numbers<float>(),
            PhysicalType.DOUBLE when type == typeof(double) => Numbers<double>(),
            PhysicalType.INT64 when type == typeof(long) => Numbers<long>(),
            PhysicalType.INT32 when type == typeof(int) => Numbers<int>(),
            PhysicalType.BOOLEAN => Of<bool?, PlainTruths>(values => new BooleanValues(values)),
            PhysicalType.INT96 when type == typeof(DateTime) =>
                Of<DateTime?, PlainTimes>(values => new DateValues(values, haveTimes: true)),
            PhysicalType.BYTE_ARRAY when ParquetTypes.TypeOf(field) == Descriptions.ColumnType.Text =>
                Of<string?, PlainTexts>(values => new TextValues(values)),
            _ => null,
        };

        ColumnValues? Numbers<T>()
            where T : unmanaged, INumber<T> => Of<T?, PlainStored<T>>(values => new OptionalNumberValues<T>(values));

        ColumnValues? Of<T, TPlain>(Func<T[], ColumnValues> create)
            where TPlain : struct, IPlainValues<T>
        {
            var values = new T[rowCount];
            return Read<T, TPlain>(file, field, chunk, values) ? create(values) : null;
        }
    }

    private bool Read<T, TPlain>(SafeFileHandle file, DataField field, ColumnMetaData chunk, Span<T> values)
        where TPlain : struct, IPlainValues<T>
    {
        if (chunk.TotalCompressedSize is < 0 or > MostBytes || chunk.NumValues != values.Length || !PagePacking.IsKnown(chunk.Codec)
            || field.MaxRepetitionLevel > 0 || field.MaxDefinitionLevel > 1)
        {
            return false;
        }
        ReadOnlyMemory<byte> rest = ReadBytes(file, chunk);
        T[]? dictionary = null;
        for (int filled = 0; filled < values.Length;)
        {
            // Some writers count too few bytes.
            if (rest.IsEmpty)
                return false;
            var header = PageHeader.Read(rest.Span, out int length);
            if (header.StoredBytes > rest.Length - length)
                return false;
            ReadOnlyMemory<byte> stored = rest.Slice(length, header.StoredBytes);
            rest = rest[(length + header.StoredBytes)..];
            if (header.Kind == PageHeader.DictionaryPage)
            {
                dictionary = ReadDictionary<T, TPlain>(chunk.Codec, header, stored);
                continue;
            }
            // Others hold no values.
            if (header.Kind is not (PageHeader.DataPage or PageHeader.DataPageV2))
                continue;
            if (header.Encoding is not (PlainEncoding or OldDictionaryEncoding or DictionaryEncoding)
                && (header.Encoding != RunEncoding || TPlain.OfRun is null))
            {
                return false;
            }
            if (header.ValueCount > values.Length - filled)
                throw new InvalidDataException($"Column '{field.Name}' has more values than rows");
            ReadPage<T, TPlain>(
                header, Unpack(chunk.Codec, header, stored), field.MaxDefinitionLevel > 0, dictionary,
                values.Slice(filled, header.ValueCount));
            filled += header.ValueCount;
        }
        return true;
    }

    private ReadOnlyMemory<byte> ReadBytes(SafeFileHandle file, ColumnMetaData chunk)
    {
        long start = chunk.DictionaryPageOffset is long offset and > 0 ? Math.Min(offset, chunk.DataPageOffset) : chunk.DataPageOffset;
        int length = (int)Math.Clamp(RandomAccess.GetLength(file) - start, 0, chunk.TotalCompressedSize);
        if (start < 0)
            throw new InvalidDataException("A column begins before the file");
        Grow(ref _chunk, length);
        for (int filled = 0; filled < length;)
        {
            int count = RandomAccess.Read(file, _chunk.AsSpan(filled, length - filled), start + filled);
            filled += count > 0 ? count : throw new EndOfStreamException("The file has become shorter");
        }
        return _chunk.AsMemory(0, length);
    }

    private T[] ReadDictionary<T, TPlain>(CompressionCodec codec, PageHeader header, ReadOnlyMemory<byte> stored)
        where TPlain : struct, IPlainValues<T>
    {
        ReadOnlySpan<byte> bytes = Unpack(codec, header, stored)[..header.UnpackedBytes];
        if ((long)header.ValueCount * TPlain.LeastBytes > bytes.Length)
            throw new InvalidDataException("A dictionary ends before its values do");
        var values = new T[header.ValueCount];
        TPlain.Read(bytes, values);
        return values;
    }

    /// <summary>The bytes of a page, and as many behind them as <see cref="RunDecoder"/> wants.</summary>
    private ReadOnlySpan<byte> Unpack(CompressionCodec codec, PageHeader header, ReadOnlyMemory<byte> stored)
    {
        // In the second version of a page levels stand in front, as they are.
        int levels = header.Kind == PageHeader.DataPageV2 ? header.RepetitionBytes + header.DefinitionBytes : 0;
        if (header.UnpackedBytes > MostBytes || header.UnpackedBytes < levels)
            throw new InvalidDataException($"A page claims {header.UnpackedBytes:N0} bytes");
        Grow(ref _page, header.UnpackedBytes);
        stored.Span[..levels].CopyTo(_page);
        Span<byte> unpacked = _page.AsSpan(levels, header.UnpackedBytes - levels);
        // Where nothing is left, nothing was packed.
        if (unpacked.Length > 0)
            _packing.Unpack(header.IsPacked ? codec : CompressionCodec.UNCOMPRESSED, stored[levels..], unpacked);
        return _page.AsSpan(0, header.UnpackedBytes + RunDecoder.Slack);
    }

    private void ReadPage<T, TPlain>(PageHeader header, ReadOnlySpan<byte> bytes, bool isNullable, T[]? dictionary, Span<T> values)
        where TPlain : struct, IPlainValues<T>
    {
        ReadOnlySpan<byte> levels = default;
        if (header.Kind == PageHeader.DataPageV2)
        {
            levels = bytes[header.RepetitionBytes..][..(header.DefinitionBytes + RunDecoder.Slack)];
            bytes = bytes[(header.RepetitionBytes + header.DefinitionBytes)..];
        }
        else if (isNullable)
        {
            levels = WithLength(bytes, out int length);
            bytes = bytes[length..];
        }
        if (values.IsEmpty)
            return;
        if (!isNullable || RunDecoder.AreAllOne(levels, values.Length))
        {
            ReadValues<T, TPlain>(header.Encoding, bytes, dictionary, values);
            return;
        }
        var present = new int[values.Length];
        RunDecoder.Read(levels, bits: 1, present);
        int count = present.AsSpan().Count(1);
        ReadValues<T, TPlain>(header.Encoding, bytes, dictionary, values[..count]);
        // They lie side by side; from the last one on each moves to its row.
        for (int row = values.Length - 1; row >= 0; row--)
            values[row] = present[row] == 1 ? values[--count] : TPlain.Missing;
    }

    /// <summary>Runs behind their length in bytes.</summary>
    /// <param name="bytes">The length, and all that follows.</param>
    /// <param name="used">Bytes of both.</param>
    private static ReadOnlySpan<byte> WithLength(ReadOnlySpan<byte> bytes, out int used)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > bytes.Length - RunDecoder.Slack - sizeof(int))
            throw new InvalidDataException("A page ends inside its runs");
        used = sizeof(int) + length;
        return bytes.Slice(sizeof(int), length + RunDecoder.Slack);
    }

    private void ReadValues<T, TPlain>(int encoding, ReadOnlySpan<byte> bytes, T[]? dictionary, Span<T> values)
        where TPlain : struct, IPlainValues<T>
    {
        if (values.IsEmpty)
            return;
        if (encoding == PlainEncoding)
        {
            TPlain.Read(bytes[..^RunDecoder.Slack], values);
            return;
        }
        if (_numbers.Length < values.Length)
            _numbers = new int[values.Length];
        Span<int> numbers = _numbers.AsSpan(0, values.Length);
        if (encoding == RunEncoding)
        {
            RunDecoder.Read(WithLength(bytes, out _), bits: 1, numbers);
            for (int index = 0; index < numbers.Length; index++)
                values[index] = TPlain.OfRun!(numbers[index]);
            return;
        }
        if (dictionary is null)
            throw new InvalidDataException("A page refers to a dictionary that is not there");
        RunDecoder.Read(bytes[1..], bits: bytes[0], numbers);
        for (int index = 0; index < numbers.Length; index++)
        {
            values[index] = (uint)numbers[index] < (uint)dictionary.Length ? dictionary[numbers[index]]
                : throw new InvalidDataException("A page refers to a value that its dictionary does not have");
        }
    }

    public void Dispose() => _packing.Dispose();

    private static void Grow(ref byte[] bytes, int length)
    {
        if (bytes.Length < length + RunDecoder.Slack)
            bytes = new byte[length + RunDecoder.Slack];
    }
}
