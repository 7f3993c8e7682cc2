using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.TextFiles;

/// <summary>Moves over the rows of files of text, one file after the other.</summary>
/// <param name="files">At least one.</param>
/// <param name="cancellationToken">For all reading.</param>
internal sealed class TextRows(IReadOnlyList<TextFile> files, CancellationToken cancellationToken) : RowReader
{
    private int _next;
    private OpenTable? _table;
    private TextFile _file = files[0];
    private long _rowsOfFile;

    /// <summary>The number of the row in the whole table.</summary>
    public override long Line { get; protected set; }

    public override int FieldCount { get; protected set; } = files[0].Order.Length;

    private RecordReader Reader => _table!.Reader;

    public override ReadOnlySpan<byte> Field(int index) => Reader.Field(_file.Order[index]);

    public override string Text(int index) => Reader.Text(_file.Order[index]);

    public override bool Read()
    {
        while (_table is null || !Reader.Read())
        {
            if (_next == files.Count)
                return false;
            _file = files[_next++];
            _rowsOfFile = 0;
            Open(encoding: null);
        }
        if (Reader.Invalid is { } invalid)
            ReadAsWindows1252(invalid);
        if (Reader.FieldCount != FieldCount)
        {
            throw new TableException(
                _file.Path,
                $"{_file.Path}, line {Reader.Line:N0}: {Reader.FieldCount:N0} fields, but the table has {FieldCount:N0} columns (separated "
                    + $"by {SeparatorNames.Describe(_file.Dialect.Separator)}). Put a field that holds the separator in double quotes, and "
                    + "leave a field empty where there is no value.", Reader.Line);
        }
        _rowsOfFile++;
        Line++;
        return true;
    }

    public override void Dispose() => _table?.Dispose();

    private void Open(TableEncoding? encoding)
    {
        _table?.Dispose();
        _table = OpenTable.Again(_file.Path, encoding, _file.Dialect, cancellationToken);
    }

    /// <summary>The first bytes beyond ASCII are no UTF-8: so far both encodings say the same.</summary>
    private void ReadAsWindows1252(InvalidText invalid)
    {
        if (_table!.Encoding != TableEncoding.Utf8 || Reader.FirstNonAsciiLine > 0)
        {
            throw new TableException(
                _file.Path,
                $"{_file.Path}, line {invalid.Line:N0}, field {invalid.Field + 1}: byte 0x{invalid.Value:X2} is no text in "
                    + "this encoding. The file mixes encodings, or was cut; save all of it as UTF-8.", invalid.Line);
        }
        Open(TableEncoding.Windows1252);
        for (long row = 0; row <= _rowsOfFile; row++)
            Reader.Read();
    }
}
