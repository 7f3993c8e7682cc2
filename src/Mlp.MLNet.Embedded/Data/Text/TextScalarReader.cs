namespace Microsoft.ML.Data;

/// <summary>Reads a column of one field.</summary>
internal sealed class TextScalarReader<T>(SourceColumn column, TextFormat format, ParseReport report, TextParse<T> parse)
    : TextColumnReader(column, format, report)
{
    private T _value = default!;

    public override Delegate Getter => (ValueGetter<T>)((ref T value) => value = _value);

    public override void Read(FieldSplitter fields, int sourceCount, long line)
    {
        int source = Column.Segments[0].Start;
        int field = fields.FindFirst(source);
        if (field < fields.Count && fields.Source(field) == source)
        {
            if (!parse(fields.Text(field), out _value))
                BadValue(fields.Text(field), line, slot: null);
        }
        else if (FillsMissingReals)
        {
            parse(default, out _value);
        }
        else
        {
            _value = default!;
        }
    }
}
