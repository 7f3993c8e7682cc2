using System.Text;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Finds separator and header from the first rows of a file.</summary>
internal static class DialectFinder
{
    /// <summary>Infers what the options do not give.</summary>
    /// <param name="head">First bytes of the file in UTF-8, at most <see cref="TableLimits.HeadBytes"/>.</param>
    /// <param name="isWhole">Whether these are all the bytes of the file.</param>
    /// <param name="options">If the first row contains the name of the label, it is a header.</param>
    /// <param name="path">For messages.</param>
    public static Dialect Find(byte[] head, bool isWhole, TableOptions options, string path)
    {
        int commentLines = CountCommentLines(head, out int[] starts);
        char? given = options.Separator ?? NamedSeparator(head);
        var best = Candidate.Read(given ?? SeparatorNames.Recognized[0], head, starts[commentLines], isWhole, path);
        if (given == null)
        {
            foreach (char separator in SeparatorNames.Recognized[1..])
            {
                var other = Candidate.Read(separator, head, starts[commentLines], isWhole, path);
                if (other.Score > best.Score)
                    best = other;
            }
        }
        // A line that looks like a comment but has as many fields as the rows is the first row.
        int skipped = 0;
        while (skipped < commentLines && !IsRow(head, starts[skipped], best, path))
            skipped++;
        var rows = best.Rows;
        if (skipped < commentLines)
            rows = Candidate.Read(best.Separator, head, starts[skipped], isWhole, path).Rows;
        return new Dialect(best.Separator, options.HasHeader ?? HeaderFinder.HasHeader(rows, options.Label), skipped);
    }

    /// <summary>Counts the lines of comment at the beginning, which begin with # or //, with the empty lines between them; 0 when the file
    /// has no other lines.</summary>
    private static int CountCommentLines(byte[] head, out int[] starts)
    {
        var lines = new List<int> { 0 };
        int at = 0, count = 0;
        while (at < head.Length && (IsComment(head, at) || IsEmpty(head, at)) && lines.Count <= TableLimits.HeadRows)
        {
            bool isComment = IsComment(head, at);
            int length = head.AsSpan(at).IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
                break;
            at += length + (head.AsSpan(at + length).StartsWith("\r\n"u8) ? 2 : 1);
            lines.Add(at);
            count = isComment ? lines.Count - 1 : count;
        }
        starts = [.. lines];
        return at < head.Length && !IsComment(head, at) ? count : 0;
    }

    private static bool IsComment(byte[] head, int at) =>
        head[at] == '#' || head.AsSpan(at).StartsWith("//"u8) || at == 0 && NamedSeparator(head) != null;

    /// <summary>The separator that Excel reads from a first line such as "sep=;"; null for none.</summary>
    private static char? NamedSeparator(byte[] head) =>
        head.Length > 5 && Ascii.EqualsIgnoreCase(head.AsSpan(0, 4), "sep="u8) && head[5] is (byte)'\n' or (byte)'\r'
            && SeparatorNames.Recognized.Contains((char)head[4]) ? (char)head[4] : null;

    private static bool IsEmpty(byte[] head, int at) => head[at] is (byte)'\n' or (byte)'\r';

    private static bool IsRow(byte[] head, int start, Candidate candidate, string path)
    {
        var rows = Candidate.Read(candidate.Separator, head, start, isWhole: true, path, rowLimit: 1).Rows;
        return IsComment(head, start) && (start > 0 || NamedSeparator(head) == null) && candidate.FieldCount > 1
            && rows.Count == 1 && rows[0].Length == candidate.FieldCount;
    }

    /// <summary>The first rows, split at one separator.</summary>
    private sealed record Candidate(char Separator, List<string[]> Rows, int FieldCount, double Score)
    {
        public static Candidate Read(char separator, byte[] head, int start, bool isWhole, string path, int rowLimit = TableLimits.HeadRows)
        {
            var rows = new List<string[]>();
            long fields = 0, clean = 0, numbers = 0;
            bool isReadable = true;
            Span<char> buffer = stackalloc char[QuantityText.LongestText];
            var reader = new RecordReader(new MemoryStream(head, start, head.Length - start), separator, path);
            try
            {
                while (rows.Count < rowLimit && reader.Read())
                {
                    var row = new string[reader.FieldCount];
                    for (int i = 0; i < row.Length; i++)
                    {
                        row[i] = Encoding.UTF8.GetString(reader.Field(i));
                        bool isNumber = NumberText.TryParse(reader.Field(i), out _)
                            || QuantityText.TryParse(reader.Field(i), buffer, out _);
                        numbers += isNumber ? 1 : 0;
                        clean += isNumber || reader.IsQuoted(i) || row[i].AsSpan().IndexOfAny(SeparatorNames.Recognized) < 0 ? 1 : 0;
                    }
                    fields += row.Length;
                    rows.Add(row);
                }
            }
            catch (TableException)
            {
                // The last row of the head can be cut off within quotes. Any other fault is reported, with its place, when the file is
                // read.
                isReadable = !isWhole && rows.Count > 1;
            }
            if (!isWhole && isReadable && rows.Count > 1 && rows.Count < rowLimit)
                rows.RemoveAt(rows.Count - 1);
            if (rows.Count == 0)
                return new Candidate(separator, rows, 0, Score: 0);

            var usual = rows.CountBy(row => row.Length).OrderByDescending(count => count.Value)
                .ThenByDescending(count => count.Key).First();
            // The criteria, most important first: every row has the same number of fields; the fields contain no other separator, except a
            // comma in a number; the fields are numbers.
            double consistency = usual.Key < 2 ? 0 : (double)usual.Value / rows.Count;
            double score = consistency * (1 + (double)clean / fields + 0.1 * numbers / fields) * (isReadable ? 1 : 0.5);
            return new Candidate(separator, rows, usual.Key, score);
        }
    }
}
