namespace Microsoft.ML.Data;

/// <summary>Reads a column of several fields.</summary>
internal sealed class TextVectorReader<T>(SourceColumn column, TextFormat format, ParseReport report, TextParse<T> parse)
    : TextColumnReader(column, format, report)
{
    private readonly VectorAccumulator<T> _values = new();

    public override Delegate Getter => (ValueGetter<VBuffer<T>>)_values.CopyTo;

    public override void Read(FieldSplitter fields, int sourceCount, long line)
    {
        int size = Column.FixedSize;
        foreach (var segment in Column.Segments)
        {
            if (segment.IsVariable)
                size = checked(size + Math.Max(0, sourceCount - segment.Start));
        }
        _values.Reset(size);
        int firstSlot = 0;
        foreach (var segment in Column.Segments)
        {
            int end = segment.IsVariable ? Math.Max(segment.Start, sourceCount) : segment.End;
            ReadSegment(fields, segment.Start, end, firstSlot, line);
            firstSlot += end - segment.Start;
        }
    }

    private void ReadSegment(FieldSplitter fields, int start, int end, int firstSlot, long line)
    {
        int field = fields.FindFirst(start);
        for (; field < fields.Count && fields.Source(field) < end; field++)
        {
            int slot = firstSlot + fields.Source(field) - start;
            bool good = parse(fields.Text(field), out var value);
            _values.Add(slot, value);
            if (!good)
                BadValue(fields.Text(field), line, slot);
        }
        if (!FillsMissingReals || field < fields.Count)
            return;
        // The line is too short: what it does not have is missing, not zero.
        for (int source = Math.Max(start, fields.Count); source < end; source++)
        {
            parse(default, out var missing);
            _values.Add(firstSlot + source - start, missing);
        }
    }
}
