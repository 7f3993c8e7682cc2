namespace Mlp.Tables.ParquetFiles;

/// <summary>What stands in front of a page of a column, in Thrift's compact protocol
/// (https://github.com/apache/parquet-format, parquet.thrift, PageHeader).</summary>
internal readonly record struct PageHeader
{
    public const int DataPage = 0, DictionaryPage = 2, DataPageV2 = 3;

    /// <summary>What kind of page follows.</summary>
    public int Kind { get; private init; }

    /// <summary>Bytes of the page once it is unpacked, and as it lies in the file.</summary>
    public int UnpackedBytes { get; private init; }

    /// <inheritdoc cref="UnpackedBytes"/>
    public int StoredBytes { get; private init; }

    /// <summary>Values, missing ones included.</summary>
    public int ValueCount { get; private init; }

    /// <summary>How the values are written; a number of parquet.thrift's Encoding.</summary>
    public int Encoding { get; private init; }

    /// <summary>Of the second version of data pages, whose levels are never packed: their bytes.</summary>
    public int DefinitionBytes { get; private init; }

    /// <inheritdoc cref="DefinitionBytes"/>
    public int RepetitionBytes { get; private init; }

    /// <summary>Whether the values of such a page are packed.</summary>
    public bool IsPacked { get; private init; }

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">From its first byte on.</param>
    /// <param name="length">Its bytes.</param>
    /// <exception cref="InvalidDataException">It is none, or does not end.</exception>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var reader = new CompactReader(bytes);
        var header = new PageHeader { IsPacked = true, Kind = -1 };
        int field = 0;
        while (reader.NextField(ref field, out CompactType type))
        {
            header = (field, type) switch
            {
                (1, CompactType.Int32) => header with { Kind = reader.Int32() },
                (2, CompactType.Int32) => header with { UnpackedBytes = reader.Int32() },
                (3, CompactType.Int32) => header with { StoredBytes = reader.Int32() },
                (5 or 7 or 8, CompactType.Structure) => header.ReadPart(ref reader, isSecondVersion: field == 8),
                _ => reader.Skip(type, header),
            };
        }
        length = reader.Position;
        return header.UnpackedBytes >= 0 && header.StoredBytes >= 0 && header.ValueCount >= 0 && header.DefinitionBytes >= 0
            && header.RepetitionBytes >= 0 && header.DefinitionBytes <= header.StoredBytes - header.RepetitionBytes
            ? header : throw new InvalidDataException("A page has a negative length");
    }

    /// <summary>The structure of a data page or a dictionary; the first two fields of both versions of data pages differ.</summary>
    private PageHeader ReadPart(ref CompactReader reader, bool isSecondVersion)
    {
        PageHeader header = this;
        int field = 0;
        while (reader.NextField(ref field, out CompactType type))
        {
            header = (field, type, isSecondVersion) switch
            {
                (1, CompactType.Int32, _) => header with { ValueCount = reader.Int32() },
                (2, CompactType.Int32, false) or (4, CompactType.Int32, true) => header with { Encoding = reader.Int32() },
                (5, CompactType.Int32, true) => header with { DefinitionBytes = reader.Int32() },
                (6, CompactType.Int32, true) => header with { RepetitionBytes = reader.Int32() },
                (7, CompactType.False, true) => header with { IsPacked = false },
                _ => reader.Skip(type, header),
            };
        }
        return header;
    }
}
