using System.Text;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Tells from the first rows whether the first of them names the columns.</summary>
internal static class HeaderFinder
{
    /// <summary>Whether the first row is a header.</summary>
    /// <remarks>It is when it holds the name of the label, or a text above numbers. It is not when it holds a number, or a value that the
    /// same column has again below. Between texts alone it is when no two of its fields are equal and none is empty.</remarks>
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
            bool isNumeric = below.Count > 0 && below.All(IsNumber);
            if (isNumeric && first[i].Length > 0 && !IsNumber(first[i]) && !IsMissing(first[i]))
                return true;
            // A table written with row numbers in front has no name above them.
            lacksName |= first[i].Length == 0 && !isNumeric;
            hasNumber |= IsNumber(first[i]);
            repeats |= first[i].Length > 0 && below.Contains(first[i]);
        }
        return !hasNumber && !repeats && !lacksName && !first.Any(IsDate) && first.Distinct(StringComparer.Ordinal).Count() == first.Length;
    }

    private static bool IsNumber(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return NumberText.TryParse(bytes, out _) || NumberText.IsGrouped(bytes);
    }

    private static bool IsMissing(string text) => MissingTokens.Find(Encoding.UTF8.GetBytes(text)) != MissingToken.None;

    private static bool IsDate(string text) => DateText.FormsOf(Encoding.UTF8.GetBytes(text)) != DateForm.None;
}
