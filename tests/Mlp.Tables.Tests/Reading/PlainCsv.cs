using System.Text;

namespace Mlp.Tables.Tests.Reading;

/// <summary>Reads CSV character by character, slowly and plainly: what the reader with buffers is compared with.</summary>
internal static class PlainCsv
{
    /// <summary>The records as "line:field|field", or null where quotes are wrong.</summary>
    public static string? Read(string text)
    {
        // Lines first, so that each position knows its line end.
        text = text.Replace("\r\n", "\n").Replace('\r', '\n');
        var records = new List<string>();
        int at = 0, line = 1;
        while (at < text.Length)
        {
            int first = line;
            var fields = new List<string>();
            bool isQuoted = false;
            while (true)
            {
                isQuoted = false;
                while (at < text.Length && text[at] is ' ' or '\t')
                    at++;
                var field = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    isQuoted = true;
                    at++;
                    while (true)
                    {
                        if (at == text.Length)
                            return null;
                        if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
                            at++;
                        else if (text[at] == '"')
                            break;
                        line += text[at] == '\n' ? 1 : 0;
                        field.Append(text[at] == '\n' ? ' ' : text[at]);
                        at++;
                    }
                    at++;
                    while (at < text.Length && text[at] is ' ' or '\t')
                        at++;
                    if (at < text.Length && text[at] is not (',' or '\n'))
                        return null;
                }
                else
                {
                    while (at < text.Length && text[at] is not (',' or '\n'))
                        field.Append(text[at++]);
                }
                fields.Add(field.ToString().Trim(' ', '\t'));
                if (at >= text.Length || text[at] == '\n')
                    break;
                at++;
            }
            at++;
            line++;
            if (fields.Count > 1 || fields[0].Length > 0 || isQuoted)
                records.Add($"{first}:{string.Join('|', fields)}");
        }
        return string.Join(' ', records);
    }
}
