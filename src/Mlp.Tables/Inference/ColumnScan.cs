using System.Text;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>The state of one column while the file is read: counts of fixed size, and different values up to a limit.</summary>
/// <param name="distinctLimit">Different values that are counted.</param>
/// <param name="isText">Whether the schema says that the values are texts.</param>
/// <param name="isNumber">Whether the schema says that they are numbers, whose point is the decimal mark.</param>
internal sealed class ColumnScan(int distinctLimit, bool isText = false, bool isNumber = false)
{
    /// <summary>The most spellings of "no value" that are counted separately.</summary>
    private const int TokenLimit = 16;

    /// <summary>Longer texts are no numbers with marks.</summary>
    private const int LongestMarkedDigits = 12;

    private readonly ValueSet _distinct = new(distinctLimit);
    private double _previousNumber = double.NaN;

    /// <summary>The hash of the field added last.</summary>
    public ulong LastHash { get; private set; }

    /// <summary>The number in the field added last; NaN when it is none.</summary>
    public double LastNumber { get; private set; }

    /// <summary>A hash of all fields in order; equal columns have equal hashes.</summary>
    public ulong ContentHash { get; private set; }

    public long EmptyCount { get; private set; }

    public long NumberCount { get; private set; }

    /// <summary>Texts that are neither plain numbers nor in <see cref="Tokens"/>.</summary>
    public long TextCount { get; private set; }

    public List<FoundToken> Tokens { get; } = [];

    /// <summary>Different fields, tokens included and empty ones not.</summary>
    public int DistinctCount => _distinct.Count;

    public bool DistinctCountIsCapped => _distinct.IsCapped;

    /// <summary>Whether no field occurs twice, among those that were counted.</summary>
    public bool IsUnique { get; private set; } = true;

    /// <summary>Fields with a value that was counted: all but the empty ones, or those that are equal to one of the first values where
    /// there were more than the limit. Divided by <see cref="DistinctCount"/> it says how many rows share a value.</summary>
    public long CountedFieldCount { get; private set; }

    public List<string> Examples { get; } = [];

    /// <summary>Which of the different values are spellings of one.</summary>
    public SpellingScan Spellings { get; } = new();

    /// <summary>The numbers, and the texts that are numbers with a unit or other marks.</summary>
    public NumberScan Numbers { get; } = new();

    /// <summary>Whether every row has the number of the row before plus one.</summary>
    public bool CountsRows { get; private set; } = true;

    // Of the texts.
    public string? FirstText { get; private set; }

    public long FirstTextLine { get; private set; }

    /// <summary>Texts of several words.</summary>
    public long SentenceCount { get; private set; }

    /// <summary>Texts of digits and marks without a letter, which are no quantities: ~123, 4.5/5, 10-14.</summary>
    public long MarkedDigitsCount { get; private set; }

    /// <summary>How the numbers of digits alone are written.</summary>
    public DigitScan Digits { get; } = new();

    /// <summary>The dates among texts and numbers.</summary>
    public DateScan Dates { get; } = new();

    /// <summary>Line of the first empty field or token, 0 for none.</summary>
    public long FirstMissingLine { get; private set; }

    /// <summary>Adds the field of the next row.</summary>
    public void Add(ReadOnlySpan<byte> text, long line)
    {
        LastHash = FieldHash.Of(text);
        ContentHash = FieldHash.Mix(ContentHash, LastHash);
        LastNumber = double.NaN;
        if (text.IsEmpty)
        {
            EmptyCount++;
            CountsRows = false;
            NoteMissing(line);
            return;
        }
        if (isText)
        {
            AddKnownText(text, line);
            AddDistinct(text, isNumber: false);
        }
        else if (NumberText.TryParse(text, out var number))
        {
            AddNumber(isNumber ? number.AsTyped() : number, text, line);
            AddDistinct(text, isNumber: true);
        }
        else if (!TryAddToken(text, line))
        {
            AddText(text, line);
            AddDistinct(text, isNumber: false);
        }
        CountedFieldCount += !_distinct.IsCapped || _distinct.Contains(LastHash) ? 1 : 0;
    }

    private void AddNumber(in NumberText.Number number, ReadOnlySpan<byte> text, long line)
    {
        NumberCount++;
        LastNumber = number.Value;
        Numbers.Add(number, text, line);
        Dates.AddNumber(text);
        Digits.Add(text);
        CountsRows &= NumberCount == 1 || number.Value == _previousNumber + 1;
        _previousNumber = number.Value;
    }

    private bool TryAddToken(ReadOnlySpan<byte> text, long line)
    {
        var kind = MissingTokens.Find(text);
        if (kind == MissingToken.None)
            return false;
        ulong hash = LastHash;
        var token = Tokens.Find(token => token.Hash == hash);
        if (token == null)
        {
            if (Tokens.Count == TokenLimit)
                return false;
            token = new FoundToken(Encoding.UTF8.GetString(text), hash, kind);
            Tokens.Add(token);
        }
        token.Count++;
        CountsRows = false;
        NoteMissing(line);
        if (!_distinct.Add(hash))
            IsUnique = false;
        return true;
    }

    private void AddText(ReadOnlySpan<byte> text, long line)
    {
        TextCount++;
        if (FirstText == null)
        {
            FirstText = TextExcerpt.Of(text);
            FirstTextLine = line;
        }
        CountsRows = false;
        LastNumber = Numbers.AddText(text, line);
        MarkedDigitsCount += double.IsNaN(LastNumber) && IsOfMarkedDigits(text) ? 1 : 0;
        SentenceCount += SentenceText.IsOne(text) ? 1 : 0;
        Dates.AddText(text, line);
    }

    /// <summary>A text that is one by its type: no number and no date, whatever it looks like.</summary>
    private void AddKnownText(ReadOnlySpan<byte> text, long line)
    {
        TextCount++;
        if (FirstText == null)
        {
            FirstText = TextExcerpt.Of(text);
            FirstTextLine = line;
        }
        CountsRows = false;
        SentenceCount += SentenceText.IsOne(text) ? 1 : 0;
    }

    private void AddDistinct(ReadOnlySpan<byte> text, bool isNumber)
    {
        // Above the limit it is only recorded that there are more.
        if (_distinct.IsCapped)
            return;
        if (!_distinct.Add(LastHash))
        {
            IsUnique &= _distinct.IsCapped;
            return;
        }
        if (isNumber)
            Spellings.AddNumber(text);
        else
            Spellings.AddText(text);
        if (Examples.Count < TableLimits.Examples)
            Examples.Add(TextExcerpt.Of(text));
    }

    private static bool IsOfMarkedDigits(ReadOnlySpan<byte> text) => text.Length <= LongestMarkedDigits
        && text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0
        && text.IndexOfAnyInRange((byte)'a', (byte)'z') < 0 && text.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0;

    private void NoteMissing(long line)
    {
        if (FirstMissingLine == 0)
            FirstMissingLine = line;
    }
}
