using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>The numbers of one column while the file is read.</summary>
internal sealed class NumberScan
{
    /// <summary>A column with more units than this has codes, not quantities.</summary>
    private const int MostUnits = 6;

    private readonly List<UnitScan> _units = [new UnitScan("", factor: 1)];
    private bool _hasTooManyUnits, _hasClockOfMinutes;

    /// <summary>The first is that of numbers without a unit.</summary>
    public IReadOnlyList<UnitScan> Units => _units;

    /// <summary>Whether there are numbers.</summary>
    public bool HasAny => _units.Count > 1 || _units[0].Count > 0;

    /// <summary>Texts that are quantities; 0 if they are of too many units to be any.</summary>
    public long QuantityCount { get; private set; }

    /// <summary>The first text that is no quantity, and its line.</summary>
    public (string Text, long Line)? FirstNoNumber { get; private set; }

    /// <summary>The first number whose point or comma may group digits, or be the decimal mark, and its line.</summary>
    public (string Text, long Line)? FirstAmbiguous { get; private set; }

    /// <summary>The first number with grouped digits.</summary>
    public string? FirstGrouped { get; private set; }

    /// <summary>The first number in brackets.</summary>
    public string? FirstBracketed { get; private set; }

    /// <summary>The first value of several parts: a time such as 14:05 or 2h 15m, or a length such as 6'2".</summary>
    public string? FirstComposite { get; private set; }

    /// <summary>Whether the column's name says that it has times of some minutes.</summary>
    public bool IsNamedMinutes { get; set; }

    /// <summary>The unit of times with one colon. They are minutes and seconds where the name says so, where one has a fraction, and
    /// beside times of an hour at least if some of them have 24 minutes or more.</summary>
    public string ClockUnit
    {
        get
        {
            UnitScan? clocks = _units.Find(unit => unit.IsShortClock), hours = _units.Find(unit => unit.Unit == ClockText.Unit);
            bool areBesideHours = clocks is { Point.Maximum: >= 24 and < 60 } && hours is { Point.Minimum: >= 1 };
            return IsNamedMinutes || _hasClockOfMinutes || areBesideHours ? UnitScale.Minutes : ClockText.Unit;
        }
    }

    /// <summary>Adds a number without a unit.</summary>
    public void Add(in NumberText.Number number, ReadOnlySpan<byte> text, long line)
    {
        _units[0].Add(number);
        if (number.LooksGrouped)
            FirstAmbiguous ??= (TextExcerpt.Of(text), line);
    }

    /// <summary>Adds a text; gives its value, or NaN if it is no quantity.</summary>
    public double AddText(ReadOnlySpan<byte> text, long line)
    {
        Span<char> buffer = stackalloc char[QuantityText.LongestText];
        if (_hasTooManyUnits || !QuantityText.TryParse(text, buffer, out Quantity quantity))
        {
            FirstNoNumber ??= (TextExcerpt.Of(text), line);
            return double.NaN;
        }
        if (FindUnit(quantity) is not { } unit)
        {
            // The texts before it were codes that looked like quantities; they are not told apart any more.
            _hasTooManyUnits = true;
            QuantityCount = 0;
            FirstNoNumber ??= (TextExcerpt.Of(text), line);
            return double.NaN;
        }
        unit.Add(quantity);
        unit.First ??= TextExcerpt.Of(text);
        QuantityCount++;
        if (quantity.AmbiguousMark != '\0')
            FirstAmbiguous ??= (TextExcerpt.Of(text), line);
        if (quantity.IsClock || quantity.IsComposite)
            FirstComposite ??= TextExcerpt.Of(text);
        _hasClockOfMinutes |= quantity.IsClock && quantity.Unit is UnitScale.Minutes;
        if (quantity.IsGrouped)
            FirstGrouped ??= TextExcerpt.Of(text);
        if (text[^1] == ')' || text[0] == '(')
            FirstBracketed ??= TextExcerpt.Of(text);
        return double.IsNaN(quantity.WithPoint) ? quantity.WithComma : quantity.WithPoint;
    }

    private UnitScan? FindUnit(in Quantity quantity)
    {
        foreach (UnitScan unit in _units)
        {
            if (unit.Unit.Length == 0 ? quantity.Unit.IsEmpty : QuantityUnits.AreSame(unit.Unit, quantity.Unit))
                return unit;
        }
        if (_units.Count > MostUnits)
            return null;
        _units.Add(new UnitScan(quantity.Unit.ToString(), quantity.LetterFactor));
        return _units[^1];
    }
}
