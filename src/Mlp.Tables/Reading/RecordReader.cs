using System.Text;
using System.Text.Unicode;
using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>Splits a stream of UTF-8 into rows and fields, in a buffer that grows to the length of the longest row.</summary>
/// <remarks>A field in double quotes may hold separators, line breaks (read as one blank) and doubled quotes; elsewhere a quote is an
/// ordinary character. Blanks around a field are dropped. LF, CR LF and CR end a line; empty lines and lines of blanks are
/// skipped.</remarks>
internal sealed partial class RecordReader : RowReader
{
    private readonly Stream _stream;
    private readonly string _path;
    private readonly byte _separator;
    private readonly CancellationToken _cancellationToken;
    private int _recordLength;
    private int _next;

    // Relative to the beginning of the record, as all positions are.
    private int[] _starts = new int[16];
    private int[] _ends = new int[16];
    private bool[] _areQuoted = new bool[16];
    private long _nextLine = 1;
    private bool _skipLineFeed;

    /// <param name="stream">The text, without byte order mark; not disposed here.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="path">For messages.</param>
    /// <param name="cancellationToken">Checked when the buffer is filled.</param>
    public RecordReader(Stream stream, char separator, string path, CancellationToken cancellationToken = default)
    {
        _stream = stream;
        _separator = (byte)separator;
        _path = path;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Line on which the record begins, from 1.</summary>
    public override long Line { get; protected set; }

    public override int FieldCount { get; protected set; }

    /// <summary>Line of the first character beyond ASCII, 0 for none so far.</summary>
    public long FirstNonAsciiLine { get; private set; }

    /// <summary>The first byte of the record that is not UTF-8; the fields are then invalid.</summary>
    public InvalidText? Invalid { get; private set; }

    /// <summary>The bytes of the record, with quoted fields unescaped in place.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(_recordStart, _recordLength);

    /// <summary>A field without quotes and without blanks around it; valid until the next record is read.</summary>
    public override ReadOnlySpan<byte> Field(int index) => _buffer.AsSpan(_recordStart + _starts[index], _ends[index] - _starts[index]);

    /// <summary>Whether a field is written in quotes.</summary>
    public bool IsQuoted(int index) => _areQuoted[index];

    public override string Text(int index) => Encoding.UTF8.GetString(Field(index));

    /// <summary>Skips a line, whatever it contains; false at the end of the file.</summary>
    public bool SkipLine()
    {
        if (!BeginRecord())
            return false;
        _recordLength = IndexOfLineEnd();
        EndLine();
        return true;
    }

    /// <summary>Moves to the next record; false at the end of the file.</summary>
    /// <exception cref="TableException">Quotes are wrong, a field is too long, the bytes are no text, or the file cannot be
    /// read.</exception>
    public override bool Read()
    {
        while (BeginRecord())
        {
            Line = _nextLine;
            SplitFields();
            if (_recordLength > TableLimits.RecordBytes)
                throw TooLong();
            EndLine();
            bool isBlank = FieldCount == 1 && _ends[0] == _starts[0] && !_areQuoted[0];
            if (!isBlank)
            {
                CheckText();
                return true;
            }
        }
        return false;
    }

    private void SplitFields()
    {
        FieldCount = 0;
        int at = 0;
        do
        {
            if (FieldCount == TableLimits.Columns)
            {
                throw Fail(
                    Line,
                    $"there are more than {TableLimits.Columns:N0} fields, separated by {SeparatorText}. " +
                    "Give another separator, or split the table");
            }
            if (FieldCount == _starts.Length)
            {
                Array.Resize(ref _starts, 2 * FieldCount);
                Array.Resize(ref _ends, 2 * FieldCount);
                Array.Resize(ref _areQuoted, 2 * FieldCount);
            }
            at = ReadField(at);
            FieldCount++;
        }
        while (IsSeparatorAt(at++));
        _recordLength = at - 1;
    }

    /// <summary>Reads the field that begins at a position; returns the position of its separator or line end.</summary>
    private int ReadField(int start)
    {
        int at = start;
        while (Has(at) && IsBlank(At(at)))
            at++;
        bool isQuoted = Has(at) && At(at) == '"';
        _areQuoted[FieldCount] = isQuoted;
        if (isQuoted)
            return ReadQuoted(at);
        int end = IndexOfFieldEnd(at);
        int last = end;
        while (last > at && IsBlank(At(last - 1)))
            last--;
        _starts[FieldCount] = at;
        _ends[FieldCount] = last;
        return end;
    }

    /// <summary>Reads a quoted field and removes the second quote of each doubled one.</summary>
    private int ReadQuoted(int open)
    {
        long openLine = _nextLine;
        int write = open + 1, read = open + 1;
        while (true)
        {
            int next = IndexOfQuoteOrLineEnd(read, open, openLine);
            int length = next - read;
            if (write != read)
                _buffer.AsSpan(_recordStart + read, length).CopyTo(_buffer.AsSpan(_recordStart + write));
            write += length;
            read = next + 1;
            byte found = At(next);
            if (found == '"')
            {
                if (!Has(read) || At(read) != '"')
                    break;
                read++;
            }
            else
            {
                _nextLine++;
                if (found == '\r' && Has(read) && At(read) == '\n')
                    read++;
                found = (byte)' ';
            }
            _buffer[_recordStart + write++] = found;
        }
        int first = open + 1, last = write;
        while (first < last && At(first) is (byte)' ' or (byte)'\t')
            first++;
        while (last > first && At(last - 1) is (byte)' ' or (byte)'\t')
            last--;
        _starts[FieldCount] = first;
        _ends[FieldCount] = last;
        return SkipToSeparator(read);
    }

    private int SkipToSeparator(int at)
    {
        while (Has(at) && IsBlank(At(at)))
            at++;
        if (Has(at) && At(at) != _separator && At(at) is not ((byte)'\n' or (byte)'\r'))
        {
            throw Fail(
                _nextLine,
                $"field {FieldCount + 1} has text behind its closing quote. " +
                "Double a quote that belongs to the text, or put the whole field in quotes");
        }
        return at;
    }

    private void CheckText()
    {
        Invalid = null;
        var record = Record;
        int zero = record.IndexOf((byte)0);
        if (zero >= 0)
            throw Fail(Line, "there is a byte of value 0, so this is no text file. Give a table in text form, or remove the byte");
        if (Ascii.IsValid(record))
            return;
        for (int i = 0; i < FieldCount; i++)
        {
            var field = Field(i);
            if (!Utf8.IsValid(field))
            {
                Invalid = new InvalidText(Line, i, FirstInvalid(field));
                return;
            }
        }
        if (FirstNonAsciiLine == 0)
            FirstNonAsciiLine = Line;
    }

    private static byte FirstInvalid(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out _, out int length) == System.Buffers.OperationStatus.Done)
            text = text[length..];
        return text[0];
    }

    private TableException TooLong() => Fail(Line, $"the row is longer than {TableLimits.RecordBytes:N0} bytes. Is it a table?");

    private string SeparatorText => SeparatorNames.Describe((char)_separator);

    private TableException Fail(long line, string what) => new(_path, $"{_path}, line {line:N0}: {what}.", line);
}
