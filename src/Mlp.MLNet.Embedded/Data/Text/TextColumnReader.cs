namespace Microsoft.ML.Data;

/// <summary>Reads one column from the fields of a line and serves its value.</summary>
internal abstract class TextColumnReader(SourceColumn column, TextFormat format, ParseReport report)
{
    private readonly bool _hasMissingValue = TextValueParser.HasMissingValue(column.ItemType);

    protected SourceColumn Column { get; } = column;

    protected bool FillsMissingReals { get; } = format.MissingRealsAsNaNs
        && (column.ItemType == NumberDataViewType.Single || column.ItemType == NumberDataViewType.Double);

    /// <summary>The value of the current line.</summary>
    public abstract Delegate Getter { get; }

    public abstract void Read(FieldSplitter fields, int sourceCount, long line);

    public static TextColumnReader Create(SourceColumn column, TextFormat format, ParseReport report)
    {
        Func<SourceColumn, TextFormat, ParseReport, TextColumnReader> create = Type.GetTypeCode(column.ItemType.RawType) switch
        {
            TypeCode.Single => Create<float>,
            TypeCode.Double => Create<double>,
            TypeCode.Boolean => Create<bool>,
            TypeCode.SByte => Create<sbyte>,
            TypeCode.Int16 => Create<short>,
            TypeCode.Int32 => Create<int>,
            TypeCode.Int64 => Create<long>,
            TypeCode.Byte => Create<byte>,
            TypeCode.UInt16 => Create<ushort>,
            TypeCode.UInt32 => Create<uint>,
            TypeCode.UInt64 => Create<ulong>,
            TypeCode.DateTime => Create<DateTime>,
            _ when column.ItemType is TimeSpanDataViewType => Create<TimeSpan>,
            _ when column.ItemType is DateTimeOffsetDataViewType => Create<DateTimeOffset>,
            _ => Create<ReadOnlyMemory<char>>,
        };
        return create(column, format, report);
    }

    /// <summary>Types without a missing value cannot hide what could not be read.</summary>
    protected void BadValue(ReadOnlyMemory<char> text, long line, int? slot)
    {
        if (!_hasMissingValue)
            throw new InvalidOperationException(slot.HasValue
                ? $"Could not parse value {text} in slot {slot} of column {Column.Name} in line {line}"
                : $"Could not parse value {text} in line {line}, column {Column.Name}");
        report.BadValue(line, Column.Name, slot);
    }

    private static TextColumnReader Create<T>(SourceColumn column, TextFormat format, ParseReport report)
    {
        var parser = TextValueParser.Get<T>(column.ItemType, new NumberParser(format.DecimalMarker, format.MissingRealsAsNaNs));
        return column.Type is VectorDataViewType
            ? new TextVectorReader<T>(column, format, report, parser)
            : new TextScalarReader<T>(column, format, report, parser);
    }
}
