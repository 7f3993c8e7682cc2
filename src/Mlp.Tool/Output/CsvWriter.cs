using System.Text;
using Mlp.Tables;

namespace Mlp.Tool.Output;

/// <summary>Writes rows separated by commas, in UTF-8, with quotes where a reader needs them.</summary>
/// <param name="stream">Not closed.</param>
internal sealed class CsvWriter(Stream stream) : IDisposable
{
    private static ReadOnlySpan<byte> NeedQuotes => ",\"\r\n"u8;

    private byte[] _buffer = new byte[1 << 16];
    private int _length;
    private int _fieldsInRow;
    private int _rowLength;

    /// <summary>Adds a field to the row.</summary>
    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a field to the row.</summary>
    /// <param name="text">UTF-8.</param>
    public void Write(ReadOnlySpan<byte> text)
    {
        Reserve(2 * text.Length + 3);
        if (_fieldsInRow++ > 0)
            Append((byte)',');
        // A reader drops blanks at the ends, and takes a row that begins with # or // for a comment.
        bool quotes = text.Length > 0
            && (text[0] <= ' ' || text[^1] <= ' ' || text[0] is (byte)'#' or (byte)'/' || text.IndexOfAny(NeedQuotes) >= 0);
        if (!quotes)
        {
            text.CopyTo(_buffer.AsSpan(_length));
            _length += text.Length;
            _rowLength += text.Length;
            return;
        }
        Append((byte)'"');
        foreach (byte value in text)
        {
            if (value == '"')
                Append(value);
            Append(value);
        }
        Append((byte)'"');
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Reserve(3);
        if (_fieldsInRow == 1 && _rowLength == 0)
        {
            // A reader would skip an empty line.
            Append((byte)'"');
            Append((byte)'"');
        }
        Append((byte)'\n');
        _fieldsInRow = 0;
        _rowLength = 0;
    }

    /// <summary>Writes all rows of a table, with the names of its columns.</summary>
    public static void WriteTable(Stream stream, TableDescription table)
    {
        using var writer = new CsvWriter(stream);
        foreach (ColumnDescription column in table.Columns)
            writer.Write(column.Name);
        writer.EndRow();
        foreach (string[] row in TableFile.ReadRows(table))
        {
            foreach (string field in row)
                writer.Write(field);
            writer.EndRow();
        }
    }

    /// <summary>Writes what is buffered.</summary>
    public void Dispose() => Flush();

    private void Append(byte value)
    {
        _buffer[_length++] = value;
        _rowLength++;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
            return;
        Flush();
        if (_buffer.Length < count)
            _buffer = new byte[count];
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
