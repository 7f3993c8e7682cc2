namespace Mlp.Tables.Reading;

/// <summary>Reads the numbers of a column whose form is known.</summary>
internal static class NumberReader
{
    /// <summary>Reads a number; NaN if the text is none of that form.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="form">How the column's numbers are written.</param>
    public static double Read(ReadOnlySpan<byte> text, NumberForm form)
    {
        if (NumberText.TryParse(text, out var number))
            return form.DecimalMark == ',' ? number.WithComma : number.WithPoint;
        Span<char> buffer = stackalloc char[QuantityText.LongestText];
        if (!QuantityText.TryParse(text, buffer, out Quantity quantity) || !IsUnitOf(form.Unit, quantity.Unit, quantity.LetterFactor))
            return double.NaN;
        double value = form.DecimalMark == ',' ? quantity.WithComma : quantity.WithPoint;
        return value * FactorOf(form.Unit, quantity.Unit, quantity.LetterFactor);
    }

    /// <summary>Whether numbers of one unit belong to a column of another: the same, one of the same kind, none, or a letter that
    /// multiplies where the column has no unit.</summary>
    public static bool IsUnitOf(string column, ReadOnlySpan<char> unit, double letterFactor) =>
        unit.IsEmpty || (column.Length == 0 ? letterFactor != 1
            : QuantityUnits.AreSame(column, unit) || UnitScale.Ratio(UnitOfClock(column, unit), column) != 0);

    /// <summary>What numbers of a unit are multiplied with in a column of another.</summary>
    public static double FactorOf(string column, ReadOnlySpan<char> unit, double letterFactor)
    {
        unit = UnitOfClock(column, unit);
        return unit.IsEmpty || unit.SequenceEqual(column) ? 1
            : UnitScale.Ratio(unit, column) is not 0 and double ratio ? ratio : letterFactor;
    }

    /// <summary>1:58 in a column of minutes is minutes and seconds, elsewhere hours and minutes.</summary>
    private static ReadOnlySpan<char> UnitOfClock(string column, ReadOnlySpan<char> unit) =>
        unit is not ClockText.Short ? unit : UnitScale.Ratio(column, UnitScale.Minutes) == 1 ? UnitScale.Minutes : ClockText.Unit;
}
