using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tool.Scorers;

/// <summary>Finds out which letters and words the slots of FeaturizeText are.</summary>
internal sealed class TextReader
{
    private const string LettersPrefix = "Char.", WordsPrefix = "Word.";
    private const char Bar = '|', Blank = ' ';
    private const int LettersInARow = 3;

    private readonly Dictionary<string, char> _charactersByName = [];

    private TextReader(MLContext ml)
    {
        // ML.NET's names of all characters, "<␠>" of a blank; where several share a name no slot can be told from another.
        string[] names = SlotsOf.KeyValues(ml.Transforms.Text.TokenizeIntoCharactersAsKeys("Keys", nameof(Line.Text))
            .Fit(ml.Data.LoadFromEnumerable<Line>([])).GetOutputSchema(SchemaOf(ml))["Keys"]);
        foreach (var group in names.Select((name, index) => (Name: name, Character: (char)(index + 1))).GroupBy(pair => pair.Name))
        {
            if (group.Count() == 1)
                _charactersByName[group.Key] = group.First().Character;
        }
    }

    /// <summary>The letters and words of a column; null where a slot cannot be told.</summary>
    /// <param name="mapper">From the text to the slots.</param>
    /// <param name="made">The slots.</param>
    /// <param name="source">The text.</param>
    public static TextPart? Read(IRowToRowMapper mapper, DataViewSchema.Column made, string source)
    {
        if (!made.HasSlotNames())
            return null;
        var ml = new MLContext(seed: 1);
        string[] names = SlotsOf.Names(made);
        int letterCount = names.TakeWhile(name => name.StartsWith(LettersPrefix, StringComparison.Ordinal)).Count();
        if (!names.Skip(letterCount).All(name => name.StartsWith(WordsPrefix, StringComparison.Ordinal)))
            return null;
        var reader = new TextReader(ml);
        string?[] letters = [.. names.Take(letterCount).Select(name => reader.LettersOf(name[LettersPrefix.Length..]))];
        using var probe = new TextProbe(mapper, made, source);
        string?[] words = [.. names.Skip(letterCount).Select(
            (name, index) => WordsOf(name[WordsPrefix.Length..], letterCount + index, probe))];
        return letters.Contains(null) || words.Contains(null) ? null
            : new TextPart(source, CharactersOf(ml), letters!, words!);
    }

    /// <summary>"h|e|l" as three letters; each of them has a name of its own.</summary>
    private string? LettersOf(string name)
    {
        string found = "";
        for (int start = 0; start < name.Length;)
        {
            // A bar is a name, too: it is not the end of one that it begins.
            int end = name.IndexOf(Bar, start + 1);
            end = end < 0 ? name.Length : end;
            if (!_charactersByName.TryGetValue(name[start..end], out char character))
                return null;
            found += character;
            start = end + 1;
        }
        return found.Length == LettersInARow ? found : null;
    }

    /// <summary>A word, or a pair with a blank in it: where a bar is in the name, the slot itself says which.</summary>
    private static string? WordsOf(string name, int slot, TextProbe probe)
    {
        if (!name.Contains(Bar))
            return name;
        var candidates = new List<string>();
        for (int bar = name.IndexOf(Bar, 1); bar > 0 && bar < name.Length - 1; bar = name.IndexOf(Bar, bar + 1))
            candidates.Add($"{name[..bar]}{Blank}{name[(bar + 1)..]}");
        candidates.Add(name);
        return candidates.Find(candidate => probe.IsSet(slot, candidate));
    }

    /// <summary>What each character becomes that does not stay as it is: small letters, and no accents.</summary>
    private static string[] CharactersOf(MLContext ml)
    {
        char[] all = [.. Enumerable.Range(1, char.MaxValue - 1).Select(code => (char)code)];
        IDataView lines = ml.Data.LoadFromEnumerable(all.Select(character => new Line { Text = character.ToString() }));
        string[] normal = [.. ml.Transforms.Text.NormalizeText("Normal", nameof(Line.Text)).Fit(lines).Transform(lines)
            .GetColumn<string>("Normal")];
        return [.. all.Zip(normal).Where(pair => pair.Second != pair.First.ToString()).Select(pair => $"{pair.First}{pair.Second}")];
    }

    private static DataViewSchema SchemaOf(MLContext ml) => ml.Data.LoadFromEnumerable<Line>([]).Schema;

    private sealed class Line
    {
        public string Text { get; set; } = "";
    }
}
