using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The records of a set of files, in order: no blank lines, no comments, no headers.</summary>
internal static class TextLineSource
{
    /// <summary>Streams the records; nothing is opened before the first is asked for.</summary>
    public static IEnumerable<TextLine> Read(IMultiStreamSource files, TextFormat format, bool skipHeader, long limit)
    {
        long count = 0;
        for (int file = 0; file < files.Count && count < limit; file++)
        {
            string? path = files.GetPathOrNull(file);
            using var reader = files.OpenTextReader(file);
            var records = new RecordReader(reader, format);
            bool isFirst = true;
            for (long number = 1; count < limit && records.Read(isFirst) is { } text; number++)
            {
                if (IsSkipped(text, isFirst))
                    continue;
                bool isHeader = isFirst && skipHeader;
                isFirst = false;
                if (isHeader)
                    continue;
                count++;
                yield return new TextLine(text, number, path);
            }
        }
    }

    /// <summary>Moves on; what goes wrong with the files comes out as ML.NET's error.</summary>
    public static bool MoveNext(IEnumerator<TextLine> lines)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Contracts.ExceptDecode(null, exception, "Stream reading encountered exception");
        }
    }

    /// <summary>Lines starting with # are comments only before the first record.</summary>
    private static bool IsSkipped(string text, bool isFirst) =>
        text.Length == 0 || text.StartsWith("//", StringComparison.Ordinal) || isFirst && text[0] == '#';

    /// <summary>Joins the lines of a quoted field that contains line breaks, when the format allows them.</summary>
    private sealed class RecordReader(TextReader reader, TextFormat format)
    {
        private readonly BoundedLineReader _lines = new(reader);

        public string? Read(bool isFirst)
        {
            string? line = _lines.ReadLine();
            if (line == null || !format.ReadMultilines || IsSkipped(line, isFirst) || !EndsInsideQuotes(line, false))
                return line;
            var record = new StringBuilder(line);
            do
            {
                line = _lines.ReadLine() ?? throw new EndOfStreamException("A quoted field is never closed before the end of the file.");
                BoundedLineReader.CheckLength((long)record.Length + line.Length);
                record.Append('\n').Append(line);
            }
            while (EndsInsideQuotes(line, true));
            return record.ToString();
        }

        /// <summary>Whether the last field of a line is quoted and still open at its end.</summary>
        private bool EndsInsideQuotes(string line, bool startsInside)
        {
            bool inside = startsInside;
            int at = 0;
            while (at < line.Length || inside)
            {
                if (!inside)
                {
                    while (at < line.Length && line[at] == ' ' && !format.IsSeparator(' '))
                        at++;
                    if (at < line.Length && line[at] == '"')
                    {
                        inside = true;
                        at++;
                    }
                }
                if (inside)
                {
                    if (!TryClose(line, ref at))
                        return true;
                    inside = false;
                    while (at < line.Length && line[at] == ' ' && !format.IsSeparator(' '))
                        at++;
                    // Text behind a closing quote is an error for the parser to report: this record ends here.
                    if (at < line.Length && !format.IsSeparator(line[at]))
                        return false;
                }
                while (at < line.Length && !format.IsSeparator(line[at]))
                    at++;
                at++;
            }
            return false;
        }

        /// <summary>Moves behind the closing quote.</summary>
        private bool TryClose(string line, ref int at)
        {
            for (; at < line.Length; at++)
            {
                if (line[at] == format.EscapeChar && (line[at] != '"' || at + 1 < line.Length && line[at + 1] == '"'))
                {
                    at++;
                }
                else if (line[at] == '"')
                {
                    at++;
                    return true;
                }
            }
            return false;
        }
    }
}
