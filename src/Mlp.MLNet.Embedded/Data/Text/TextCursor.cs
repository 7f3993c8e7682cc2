using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>One pass over a set of text files, parsing only the columns that are asked for.</summary>
internal sealed class TextCursor : ViewCursor
{
    private readonly TextFormat _format;
    private readonly ParseReport _report;
    private readonly TextColumnReader?[] _columns;
    private readonly FieldSplitter _fields;
    private readonly int _lastNeeded;
    private readonly IEnumerator<TextLine> _lines;
    private bool _disposed;

    public TextCursor(IHostEnvironment env, DataViewSchema schema, IReadOnlyList<SourceColumn> columns, TextFormat format,
        IMultiStreamSource files, ActiveColumns active)
        : base(schema)
    {
        _format = format;
        _report = ParseReport.Start(env);
        _columns = columns
            .Select((column, index) => active[index] ? TextColumnReader.Create(column, format, _report) : null)
            .ToArray();
        _fields = new FieldSplitter(format, _report);
        int end = columns.Where((_, index) => active[index]).SelectMany(column => column.Segments)
            .Select(segment => segment.End).DefaultIfEmpty(1).Max();
        _lastNeeded = (format.InputSize > 0 ? Math.Min(end, format.InputSize) : end) - 1;
        _lines = TextLineSource.Read(files, format, format.HasHeader, format.MaxRows).GetEnumerator();
    }

    /// <summary>With fewer than two blocks of 64 rows ML.NET parses on the caller's thread, where errors keep their type.</summary>
    private bool WrapsErrors => _format.UseThreads && _format.MaxRows / 64 >= 2;

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns[column.Index] != null;

    public override ValueGetter<DataViewRowId> GetIdGetter() => GetPositionIdGetter();

    protected override Delegate GetGetterCore(DataViewSchema.Column column) => _columns[column.Index]!.Getter;

    protected override bool MoveNextCore()
    {
        try
        {
            if (!TextLineSource.MoveNext(_lines))
                return false;
            int sourceCount = _fields.Split(_lines.Current, _lastNeeded);
            foreach (var column in _columns)
                column?.Read(_fields, sourceCount, _lines.Current.Number);
        }
        catch (Exception exception) when (WrapsErrors && exception is FormatException or InvalidOperationException or OverflowException)
        {
            throw Contracts.ExceptDecode(null, exception, $"Parsing failed with an exception: {exception.Message}");
        }
        _report.Row();
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _lines.Dispose();
            _report.Dispose();
        }
        base.Dispose(disposing);
    }
}
