using System.Text;

namespace Mlp.Tables.Reading;

/// <remarks>The buffer contains the current record in one piece, and moves it to the front when more bytes are needed. Positions count from
/// the beginning of the record, so that they stay valid when it moves.</remarks>
internal sealed partial class RecordReader
{
    private byte[] _buffer = new byte[1 << 16];
    private int _recordStart;
    private int _bufferEnd;
    private bool _streamHasEnded;

    private int IndexOfFieldEnd(int at)
    {
        int end = at;
        bool isFound;
        do
        {
            int found = _buffer.AsSpan(_recordStart + end, _bufferEnd - _recordStart - end).IndexOfAny(_separator, (byte)'\n', (byte)'\r');
            isFound = found >= 0;
            end = isFound ? end + found : _bufferEnd - _recordStart;
            if (end - at > TableLimits.FieldBytes)
            {
                throw Fail(
                    Line,
                    $"field {FieldCount + 1} is longer than {TableLimits.FieldBytes:N0} bytes. " +
                    $"Is it a table, and is its separator {SeparatorText}?");
            }
        }
        while (!isFound && Fill());
        return end;
    }

    private int IndexOfQuoteOrLineEnd(int at, int open, long openLine)
    {
        while (true)
        {
            int found = _buffer.AsSpan(_recordStart + at, _bufferEnd - _recordStart - at).IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
            int position = found >= 0 ? at + found : _bufferEnd - _recordStart;
            if (position - open > TableLimits.FieldBytes)
                throw Unclosed(openLine, $"not closed within {TableLimits.FieldBytes:N0} bytes");
            if (found >= 0)
                return position;
            at = position;
            if (!Fill())
                throw Unclosed(openLine, "never closed");
        }
    }

    private TableException Unclosed(long openLine, string what) =>
        Fail(openLine, $"the quote that opens field {FieldCount + 1} is {what}. Close it, or double it if it belongs to the text");

    private int IndexOfLineEnd()
    {
        int at = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_recordStart + at, _bufferEnd - _recordStart - at).IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
                return at + found;
            at = _bufferEnd - _recordStart;
            if (!Fill())
                return at;
        }
    }

    /// <summary>Makes the first byte of a line available, after skipping the LF of a CR LF; false at the end of the file.</summary>
    private bool BeginRecord()
    {
        _recordStart += _next;
        _recordLength = _next = 0;
        while (Has(0))
        {
            if (!_skipLineFeed)
                return true;
            _skipLineFeed = false;
            if (At(0) != '\n')
                return true;
            _recordStart++;
        }
        return false;
    }

    /// <summary>Sets the beginning of the next record, after the line end.</summary>
    private void EndLine()
    {
        _nextLine++;
        bool hasLineEnd = Has(_recordLength);
        _skipLineFeed = hasLineEnd && At(_recordLength) == '\r';
        _next = _recordLength + (hasLineEnd ? 1 : 0);
    }

    private bool IsSeparatorAt(int at) => Has(at) && At(at) == _separator;

    private bool IsBlank(byte value) => value == ' ' || value == '\t' && _separator != '\t';

    private byte At(int at) => _buffer[_recordStart + at];

    private bool Has(int at) => _recordStart + at < _bufferEnd || Fill();

    /// <summary>Reads more bytes behind those of the record; false at the end of the file.</summary>
    private bool Fill()
    {
        if (_streamHasEnded)
            return false;
        _cancellationToken.ThrowIfCancellationRequested();
        int kept = _bufferEnd - _recordStart;
        if (kept > TableLimits.RecordBytes)
            throw TooLong();
        byte[] target = 2 * kept > _buffer.Length ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_recordStart, kept).CopyTo(target);
        _buffer = target;
        _recordStart = 0;
        _bufferEnd = kept;
        int count = ReadStream();
        _bufferEnd += count;
        _streamHasEnded = count == 0;
        return count > 0;
    }

    private int ReadStream()
    {
        try
        {
            return _stream.Read(_buffer.AsSpan(_bufferEnd));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or DecoderFallbackException)
        {
            throw new TableException(_path,
                $"{_path}, near line {_nextLine:N0}: {exception.Message.TrimEnd('.')}.", _nextLine, inner: exception);
        }
    }
}
