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
        return quantity.Unit.SequenceEqual(form.Unit) ? value : value * quantity.LetterFactor;
    }

    /// <summary>Whether numbers of one unit belong to a column of another: the same, none, or a letter that multiplies where the column
    /// has no unit.</summary>
    public static bool IsUnitOf(string column, ReadOnlySpan<char> unit, double letterFactor) =>
        unit.IsEmpty || (column.Length == 0 ? letterFactor != 1 : QuantityUnits.AreSame(column, unit));
}
