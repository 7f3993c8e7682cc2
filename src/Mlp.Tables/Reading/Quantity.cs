namespace Mlp.Tables.Reading;

/// <summary>A number with what people write around it.</summary>
internal readonly ref struct Quantity
{
    /// <summary>Its value if the point is the decimal mark; NaN if it cannot be.</summary>
    public double WithPoint { get; init; }

    /// <summary>Its value if the comma is the decimal mark; NaN if it cannot be.</summary>
    public double WithComma { get; init; }

    /// <summary>Currency, percent sign or unit; empty for none.</summary>
    public ReadOnlySpan<char> Unit { get; init; }

    /// <summary>Whether it has a point or a comma that may be the decimal mark, or may group digits.</summary>
    public char AmbiguousMark { get; init; }

    /// <summary>Whether digits are grouped, whichever mark is the decimal one.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>A whole number in brackets with nothing else: minus five, or the fifth.</summary>
    public bool IsBareBracket { get; init; }

    /// <summary>Whether it is in several units, such as 2h 15m.</summary>
    public bool IsComposite { get; init; }

    /// <summary>Whether it is a time such as 14:05.</summary>
    public bool IsClock { get; init; }

    /// <summary>What k, K, M or B behind the digits stands for if it is no unit: 1,000 and so on; 1 for none.</summary>
    public double LetterFactor { get; init; }
}
