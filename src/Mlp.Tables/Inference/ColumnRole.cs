using System.Text.RegularExpressions;

namespace Mlp.Tables.Inference;

/// <summary>What the name of a column says of its numbers.</summary>
internal static partial class ColumnRole
{
    /// <summary>Names of what tells rows, or things, apart.</summary>
    private static readonly HashSet<string> IdentifierWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "ids", "key", "index", "idx", "row", "rownum", "rowid", "uuid", "guid", "nr", "no", "number", "num", "nummer", "numéro",
        "numero", "identifier", "kennung",
    };

    /// <summary>Names of codes, which are written with digits and say nothing by their size.</summary>
    private static readonly HashSet<string> CodeWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "zip", "zipcode", "postcode", "postalcode", "plz", "postleitzahl", "cep", "pincode", "code", "codes", "fips", "naics", "sic",
        "isbn",
        "ean", "upc", "sku", "gtin", "phone", "telephone", "telefon", "fax", "mobile", "iban", "code_postal", "codigo", "código",
    };

    /// <summary>Whether a name is that of an identifier: "id", "PassengerId", "order no", "id_customer".</summary>
    public static bool IsIdentifier(string name)
    {
        string[] words = WordsOf(name);
        return words.Length > 0 && (IdentifierWords.Contains(words[^1]) || words[0].Equals("id", StringComparison.OrdinalIgnoreCase)
            || words[^1].EndsWith("nummer", StringComparison.OrdinalIgnoreCase))
            || name.Equals("unnamed: 0", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a name is that of an identifier of things that rows share: "store_id", but not "row" or "number", which may
    /// count.</summary>
    public static bool IsReference(string name) =>
        WordsOf(name) is [_, .., var last] && last.ToLowerInvariant() is "id" or "ids" or "key" or "uuid" or "guid" or "identifier";

    /// <summary>Whether a name is that of a code: "zip", "postal code", "AreaCode".</summary>
    public static bool IsCode(string name)
    {
        string[] words = WordsOf(name);
        return words.Length > 0 && (CodeWords.Contains(words[^1]) || words[0].ToLowerInvariant() is "zip" or "postal" or "code" or "fips");
    }

    /// <summary>The words of a name, which blanks, signs or capitals part: "order", "No".</summary>
    private static string[] WordsOf(string name) => [.. Words().Matches(name).Select(match => match.Value)];

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+")]
    private static partial Regex Words();
}
