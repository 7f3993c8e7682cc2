using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Splits one line into fields and remembers the non-empty ones by source column.</summary>
/// <remarks>One instance serves one cursor: its buffers are reused from line to line.</remarks>
internal sealed class FieldSplitter(TextFormat format, ParseReport report)
{
    /// <summary>A sparse index has at most nine digits, so that it cannot overflow.</summary>
    private const int SparseIndexDigits = 9;

    private readonly bool _spaceSeparates = format.IsSeparator(' ');
    private readonly StringBuilder _unquoted = new();
    private int[] _sources = new int[8];
    private ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[8];
    private TextLine _line;

    /// <summary>Number of fields remembered.</summary>
    public int Count { get; private set; }

    public int Source(int field) => _sources[field];

    public ReadOnlyMemory<char> Text(int field) => _texts[field];

    /// <summary>The first remembered field at or after a source column.</summary>
    public int FindFirst(int source)
    {
        int found = Array.BinarySearch(_sources, 0, Count, source);
        return found >= 0 ? found : ~found;
    }

    /// <summary>Splits the line up to the last source column that is needed; returns the number of source columns it has.</summary>
    public int Split(TextLine line, int lastNeeded)
    {
        Count = 0;
        _line = line;
        var text = line.Text.AsMemory();
        if (format.TrimWhitespace)
            text = text.TrimEnd();
        return format.AllowSparse ? SplitSparse(text, lastNeeded) : SplitDense(text, lastNeeded);
    }

    private int SplitDense(ReadOnlyMemory<char> line, int lastNeeded)
    {
        int position = 0;
        int source = 0;
        bool more = true;
        while (more && source <= lastNeeded)
        {
            more = Next(line, ref position, out var field);
            // An empty field must be kept when it means NaN: only its column knows whether it holds numbers.
            if (!field.Text.IsEmpty || format.MissingRealsAsNaNs)
                Add(source, field.Text);
            source++;
        }
        return source;
    }

    /// <summary>Dense fields, then perhaps the number of sparse columns, then index:value pairs.</summary>
    private int SplitSparse(ReadOnlyMemory<char> line, int lastNeeded)
    {
        int position = 0;
        int source = 0;
        bool more;
        Field field;
        while (true)
        {
            more = Next(line, ref position, out field);
            if (field.SparseIndex >= 0)
                break;
            if (!field.Text.IsEmpty)
                Add(source, field.Text);
            // One more field than needed is read: what looks like the last value may be the number of sparse columns.
            if (source++ > lastNeeded || !more)
                return Math.Max(source, format.InputSize);
        }

        int size = format.InputSize;
        int firstSparse = Count;
        if (size == 0)
        {
            if (!TryTakeSparseSize(source, field, out int declared))
                return source;
            firstSparse = source - 1;
            size = firstSparse + Math.Min(declared, int.MaxValue - 1 - firstSparse);
            lastNeeded = Math.Min(lastNeeded, size - 1);
        }
        ReadSparse(line, position, field, more, firstSparse, size, lastNeeded);
        return size;
    }

    private void ReadSparse(
        ReadOnlyMemory<char> line, int position, Field field, bool more, int firstSparse, int size, int lastNeeded)
    {
        int previous = -1;
        while (true)
        {
            if (field.SparseIndex > lastNeeded - firstSparse)
            {
                if (field.SparseIndex >= size - firstSparse)
                {
                    Report(field, "Sparse item index larger than expected. Is the specified size incorrect?");
                    return;
                }
                if (field.SparseIndex > lastNeeded - firstSparse + 1)
                    return;
            }
            if (previous >= field.SparseIndex)
            {
                Report(field, "Sparse indices out of order");
                return;
            }
            previous = field.SparseIndex;
            if (!field.Text.IsEmpty)
                Add(firstSparse + field.SparseIndex, field.Text);
            if (!more)
                return;
            more = Next(line, ref position, out field);
            if (field.SparseIndex < 0)
            {
                Report(field, "Non-sparse formatted value follows sparse formatted value");
                return;
            }
        }
    }

    /// <summary>Takes back the field before the first pair: it is the number of sparse columns.</summary>
    private bool TryTakeSparseSize(int source, Field field, out int size)
    {
        size = 0;
        const string Advice = "Use sparse=- for non-sparse file, and/or quote the value.";
        if (Count == 0 || _sources[Count - 1] != source - 1)
        {
            Report(field, "Missing dimensionality or ambiguous sparse item. " + Advice);
            return false;
        }
        if (!TextValueParser.TryParseSigned(_texts[Count - 1].Span, int.MaxValue, out long declared) || declared <= 0)
        {
            Report(field, "Bad dimensionality or ambiguous sparse item. " + Advice);
            return false;
        }
        size = (int)declared;
        Count--;
        return true;
    }

    private void Add(int source, ReadOnlyMemory<char> text)
    {
        if (Count == _sources.Length)
        {
            Array.Resize(ref _sources, 2 * Count);
            Array.Resize(ref _texts, 2 * Count);
        }
        _sources[Count] = source;
        _texts[Count++] = text;
    }

    /// <summary>Reads one field; false when it ends the line.</summary>
    private bool Next(ReadOnlyMemory<char> line, ref int position, out Field field)
    {
        var text = line.Span;
        int at = SkipSpaces(text, position);
        field = new Field { SparseIndex = -1, Start = at, End = at };
        if (at < text.Length && format.AllowSparse)
            at = ReadSparseIndex(text, at, ref field);
        if (at < text.Length && text[at] == '"' && format.AllowQuoting)
        {
            at = Unquote(text, at + 1, ref field);
        }
        else
        {
            int length = text[at..].IndexOfAny(format.Separators);
            int end = length < 0 ? text.Length : at + length;
            field.Text = line[at..end];
            at = end;
        }
        field.End = at;
        if (field.IsMalformed)
            Report(field, "Illegal quoting");
        position = at + 1;
        return at < text.Length;
    }

    private int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        while (!_spaceSeparates && at < text.Length && text[at] == ' ')
            at++;
        return at;
    }

    private int ReadSparseIndex(ReadOnlySpan<char> text, int start, ref Field field)
    {
        int limit = Math.Min(text.Length, start + SparseIndexDigits);
        int at = start;
        int index = 0;
        for (; at < limit && char.IsAsciiDigit(text[at]); at++)
            index = 10 * index + (text[at] - '0');
        if (at == start || at >= text.Length || text[at] != ':')
            return start;
        field.SparseIndex = index;
        return SkipSpaces(text, at + 1);
    }

    /// <summary>Reads a quoted field from behind its opening quote; returns where its separator is.</summary>
    private int Unquote(ReadOnlySpan<char> text, int at, ref Field field)
    {
        _unquoted.Clear();
        bool closed = false;
        while (!closed && at < text.Length)
        {
            char current = text[at];
            bool escapes = current == format.EscapeChar && (current != '"' || at + 1 < text.Length && text[at + 1] == '"');
            if (escapes)
            {
                // Escaping anything but a quote keeps both characters.
                if (at + 1 < text.Length && text[at + 1] != '"')
                    _unquoted.Append(current);
                if (at + 1 < text.Length)
                    _unquoted.Append(text[at + 1]);
                at += 2;
            }
            else
            {
                closed = current == '"';
                if (!closed)
                    _unquoted.Append(current);
                at++;
            }
        }
        at = Math.Min(at, text.Length);
        field.IsMalformed = !closed;
        for (; at < text.Length && !format.IsSeparator(text[at]); at++)
            field.IsMalformed |= text[at] != ' ';
        field.Text = field.IsMalformed ? default : _unquoted.ToString().AsMemory();
        return at;
    }

    private void Report(Field field, string message) => report.BadFormat(_line, field.Start, field.End, message);

    private struct Field
    {
        /// <summary>Position of an index:value pair, -1 for a plain field.</summary>
        public int SparseIndex;
        public ReadOnlyMemory<char> Text;
        public int Start;
        public int End;
        public bool IsMalformed;
    }
}
