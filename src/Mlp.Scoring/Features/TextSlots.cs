namespace Mlp.Scoring;

/// <summary>The slots of a text as ML.NET's FeaturizeText makes them: three letters in a row, and words and pairs of them, counted, each of
/// the two kinds divided by its Euclidean norm. Thread-safe.</summary>
/// <remarks>Sums of squared counts are whole numbers, so that their order does not matter and the bits are ML.NET's.</remarks>
public sealed class TextSlots
{
    private const char Start = '\u0002', End = '\u0003', Blank = ' ';
    private const int LettersInARow = 3;

    private readonly Dictionary<char, string> _characters = [];
    private readonly CategoryTable _letters, _words;

    /// <param name="characters">What characters become: each text is a character and what stands for it, which may be nothing.</param>
    /// <param name="letters">Three in a row, slot after slot.</param>
    /// <param name="words">Words, and pairs with a blank between them, slot after slot.</param>
    public TextSlots(CategoryTable characters, CategoryTable letters, CategoryTable words)
    {
        ArgumentNullException.ThrowIfNull(characters);
        ArgumentNullException.ThrowIfNull(letters);
        ArgumentNullException.ThrowIfNull(words);
        foreach (string pair in characters.Values.Where(pair => pair.Length > 0))
            _characters[pair[0]] = pair[1..];
        (_letters, _words) = (letters, words);
    }

    /// <summary>How many slots there are.</summary>
    public int Count => _letters.Values.Count + _words.Values.Count;

    /// <summary>Sets the slots of the last row.</summary>
    /// <param name="rows">Get them.</param>
    /// <param name="slot">The first of them.</param>
    /// <param name="text">Null for an empty one.</param>
    public void Set(ScoringRows rows, int slot, string? text)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach ((int place, float value) in Compute(text))
            rows.Set(slot + place, value);
    }

    /// <summary>The slots that are not 0, ascending.</summary>
    /// <param name="text">Null for an empty one.</param>
    public IReadOnlyList<(int Slot, float Value)> Compute(string? text)
    {
        string normal = string.Concat((text ?? "").Select(character =>
            _characters.TryGetValue(character, out string? other) ? other : character.ToString()));
        var slots = new List<(int, float)>();
        AddCounts(FindLetters($"{Start}{normal}{End}"), first: 0, slots);
        AddCounts(FindWords(normal.Split(Blank, StringSplitOptions.RemoveEmptyEntries)), first: _letters.Values.Count, slots);
        return slots;
    }

    private List<int> FindLetters(string text)
    {
        var found = new List<int>();
        for (int start = 0; start + LettersInARow <= text.Length; start++)
            AddKnown(_letters.IndexOf(text.AsSpan(start, LettersInARow)), found);
        return found;
    }

    private List<int> FindWords(string[] words)
    {
        var found = new List<int>();
        for (int index = 0; index < words.Length; index++)
        {
            AddKnown(_words.IndexOf(words[index]), found);
            if (index > 0)
                AddKnown(_words.IndexOf($"{words[index - 1]}{Blank}{words[index]}"), found);
        }
        return found;
    }

    private static void AddKnown(int index, List<int> found)
    {
        if (index > 0)
            found.Add(index - 1);
    }

    /// <summary>count / √(Σ count²).</summary>
    private static void AddCounts(List<int> found, int first, List<(int, float)> slots)
    {
        found.Sort();
        var counts = new List<(int Place, int Count)>();
        foreach (int place in found)
        {
            if (counts.Count > 0 && counts[^1].Place == place)
                counts[^1] = (place, counts[^1].Count + 1);
            else
                counts.Add((place, 1));
        }
        float sum = 0;
        foreach ((_, int count) in counts)
            sum += (float)count * count;
        float factor = 1 / MathF.Sqrt(sum);
        foreach ((int place, int count) in counts)
            slots.Add((first + place, count * factor));
    }
}
