using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Counts of a column's numbers that are in one unit.</summary>
/// <param name="unit">Empty for the numbers without one.</param>
/// <param name="factor">Of a letter that is a unit, or multiplies: 1,000 of K; else 1.</param>
internal sealed class UnitScan(string unit, double factor)
{
    public string Unit { get; } = unit;

    /// <summary>Whether they are times with one colon.</summary>
    public bool IsShortClock => Unit == ClockText.Short;

    public double Factor { get; } = factor;

    public bool IsCurrency { get; } = unit.Length > 0 && QuantityUnits.IsCurrency(unit);

    public long Count { get; private set; }

    public ReadingScan Point { get; } = new();

    public ReadingScan Comma { get; } = new();

    public long BareBracketCount { get; private set; }

    /// <summary>The first text in this unit.</summary>
    public string? First { get; set; }

    /// <summary>Numbers such as 1.234.</summary>
    public long AmbiguousPointCount { get; private set; }

    /// <summary>Numbers such as 1,234.</summary>
    public long AmbiguousCommaCount { get; private set; }

    /// <summary>The largest number without marks, regardless of its sign; 0 for none.</summary>
    public double LargestUnmarked { get; private set; }

    /// <summary>Adds a number that is written with digits, sign, one mark and exponent.</summary>
    public void Add(in NumberText.Number number)
    {
        Count++;
        Point.Add(number.WithPoint);
        Comma.Add(number.WithComma);
        if (number.DecimalMark == '\0')
            AddUnmarked(number.Value);
        if (number.LooksGrouped)
            AddAmbiguous(number.DecimalMark);
    }

    /// <summary>Adds a number that is written in another way.</summary>
    public void Add(in Quantity quantity)
    {
        Count++;
        Point.Add(quantity.WithPoint);
        Comma.Add(quantity.WithComma);
        BareBracketCount += quantity.IsBareBracket ? 1 : 0;
        AddAmbiguous(quantity.AmbiguousMark);
        if (quantity.WithPoint == quantity.WithComma)
            AddUnmarked(quantity.WithPoint);
    }

    private void AddUnmarked(double number) => LargestUnmarked = Math.Max(LargestUnmarked, Math.Abs(number));

    private void AddAmbiguous(char mark)
    {
        AmbiguousPointCount += mark == '.' ? 1 : 0;
        AmbiguousCommaCount += mark == ',' ? 1 : 0;
    }
}
