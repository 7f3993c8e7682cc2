using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Reads lines like <see cref="TextReader.ReadLine"/>, but refuses one that would eat up the memory.</summary>
internal sealed class BoundedLineReader(TextReader reader)
{
    /// <summary>Characters in a line or in a record of several lines; a row of a million numbers has far fewer.</summary>
    internal const int MaximumLength = 1 << 26;

    private readonly char[] _buffer = new char[1 << 14];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;
    private bool _skipLineFeed;

    public string? ReadLine()
    {
        _line.Clear();
        bool any = false;
        while (Fill())
        {
            any = true;
            var available = _buffer.AsSpan(_start, _end - _start);
            int length = available.IndexOfAny('\r', '\n');
            if (length >= 0)
            {
                _skipLineFeed = available[length] == '\r';
                _start += length + 1;
                return Finish(available[..length]);
            }
            _start = _end;
            Append(available);
        }
        return any ? _line.ToString() : null;
    }

    private string Finish(ReadOnlySpan<char> rest)
    {
        if (_line.Length == 0)
            return rest.ToString();
        Append(rest);
        return _line.ToString();
    }

    private void Append(ReadOnlySpan<char> part)
    {
        CheckLength((long)_line.Length + part.Length);
        _line.Append(part);
    }

    internal static void CheckLength(long length)
    {
        if (length > MaximumLength)
            throw new InvalidDataException($"A line of the text file is longer than {MaximumLength} characters.");
    }

    /// <summary>Makes at least one character available, passing over the second half of a line break.</summary>
    private bool Fill()
    {
        while (true)
        {
            if (_start >= _end)
            {
                _start = 0;
                _end = reader.Read(_buffer, 0, _buffer.Length);
                if (_end <= 0)
                    return false;
            }
            if (!_skipLineFeed)
                return true;
            _skipLineFeed = false;
            if (_buffer[_start] != '\n')
                return true;
            _start++;
        }
    }
}
