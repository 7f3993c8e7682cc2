using System.Text;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Decides from the first rows whether the first one is a header.</summary>
internal static class HeaderFinder
{
    /// <summary>Whether the first row is a header.</summary>
    /// <remarks>The first row is a header if it contains the name of the label, or a text above numbers. It is not a header if it contains
    /// a number, or a value that occurs again in the same column. If all columns are texts, it is a header if its fields are different and
    /// not empty.</remarks>
    public static bool HasHeader(IReadOnlyList<string[]> rows, string? label)
    {
        if (rows.Count == 0)
            return false;
        string[] first = rows[0];
        if (label != null && !IsNumber(label) && first.Contains(label, StringComparer.OrdinalIgnoreCase))
            return true;
        if (rows.Count == 1)
            return !first.Any(IsNumber);
        bool hasNumber = false, repeats = false, lacksName = false;
        for (int i = 0; i < first.Length; i++)
        {
            var below = rows.Skip(1).Where(row => i < row.Length && row[i].Length > 0 && !IsMissing(row[i])).Select(row => row[i]).ToList();
            bool isNumeric = below.Count > 0 && below.All(IsQuantity);
            if (isNumeric && first[i].Length > 0 && !IsNumber(first[i]) && !IsMissing(first[i]))
                return true;
            // A column of row numbers, as some programs write it, has no name.
            lacksName |= first[i].Length == 0 && !isNumeric;
            hasNumber |= IsNumber(first[i]);
            repeats |= first[i].Length > 0 && below.Contains(first[i]);
        }
        return !hasNumber && !repeats && !lacksName && !first.Any(IsDate) && first.Distinct(StringComparer.Ordinal).Count() == first.Length;
    }

    private static bool IsNumber(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<char> buffer = stackalloc char[QuantityText.LongestText];
        // A name such as "2019 sales" is no quantity.
        return NumberText.TryParse(bytes, out _) || QuantityText.TryParse(bytes, buffer, out Quantity quantity)
            && (quantity.Unit.IsEmpty || quantity.Unit is "%" || QuantityUnits.IsCurrency(quantity.Unit));
    }

    /// <summary>Whether a text is a number with any unit.</summary>
    private static bool IsQuantity(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return NumberText.TryParse(bytes, out _) || QuantityText.TryParse(bytes, stackalloc char[QuantityText.LongestText], out _);
    }

    private static bool IsMissing(string text) => MissingTokens.Find(Encoding.UTF8.GetBytes(text)) != MissingToken.None;

    private static bool IsDate(string text) => DateText.FormsOf(Encoding.UTF8.GetBytes(text)) != DateForm.None;
}
