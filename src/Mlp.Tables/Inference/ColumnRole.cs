using System.Text.RegularExpressions;

namespace Mlp.Tables.Inference;

/// <summary>What the name of a column says of its numbers.</summary>
internal static partial class ColumnRole
{
    /// <summary>Names of what tells rows, or things, apart.</summary>
    private static readonly HashSet<string> IdentifierWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "ids", "key", "index", "idx", "row", "rownum", "rowid", "uuid", "guid", "nr", "no", "number", "num", "nummer", "numéro",
        "numero", "identifier", "kennung", "caseid", "userid", "orderid", "customerid", "recordid", "sessionid", "itemid", "productid",
    };

    /// <summary>Names of codes, which are written with digits and say nothing by their size.</summary>
    private static readonly HashSet<string> CodeWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "zip", "zipcode", "postcode", "postalcode", "plz", "postleitzahl", "cep", "pincode", "code", "codes", "fips", "naics", "sic",
        "isbn",
        "ean", "upc", "sku", "gtin", "phone", "telephone", "telefon", "fax", "mobile", "iban", "code_postal", "codigo", "código",
    };

    /// <summary>Names of things that codes are given to.</summary>
    private static readonly HashSet<string> ThingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "account", "article", "artikel", "branch", "client", "customer", "filiale", "item", "konto", "kunde", "machine", "material",
        "merchant", "part", "product", "produkt", "shop", "site", "station", "store", "supplier", "user", "vendor",
    };

    /// <summary>Names of quantities, which may have as many digits in every row as a code has.</summary>
    private static readonly HashSet<string> QuantityWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "price", "preis", "prix", "cost", "costs", "kosten", "salary", "gehalt", "wage", "income", "einkommen", "pay", "amount", "betrag",
        "sum", "summe", "total", "value", "wert", "sales", "revenue", "umsatz", "profit", "budget", "balance", "debt", "loan", "rent",
        "miete", "fee", "tax", "worth", "area", "population", "count", "distance", "mileage", "bytes", "size",
    };

    private static readonly HashSet<string> TimeWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "ts", "time", "timestamp", "date", "datetime", "datum", "zeit", "epoch", "unix", "created", "updated",
        "modified", "opened", "closed", "started", "ended", "finished", "sent", "received", "posted", "published", "registered", "joined",
        "expires", "seen", "login", "since", "until",
    };

    private static readonly HashSet<string> MinuteWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "lap", "laps", "laptime", "pace", "splits", "mmss", "mss", "ss", "runde", "rundenzeit", "song", "track",
    };

    /// <summary>Longer words that end with nr are numbers of something: Startnr, Kundennr.</summary>
    private const int ShortestWithNr = 4;

    /// <summary>Whether a name is that of an identifier: "id", "PassengerId", "order no", "id_customer".</summary>
    public static bool IsIdentifier(string name)
    {
        string[] words = WordsOf(name);
        return words.Length > 0 && (IdentifierWords.Contains(words[^1]) || words[0].Equals("id", StringComparison.OrdinalIgnoreCase)
            || words[^1].EndsWith("nummer", StringComparison.OrdinalIgnoreCase)
            || words[^1].Length > ShortestWithNr && words[^1].EndsWith("nr", StringComparison.OrdinalIgnoreCase))
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

    /// <summary>Whether a name is that of a thing which codes stand for: "station", "customer no".</summary>
    public static bool IsThing(string name) => IsIdentifier(name) || WordsOf(name).Any(ThingWords.Contains);

    /// <summary>Whether a name is that of a quantity or a time: "asking_price", "SalePrice", "ts".</summary>
    public static bool IsQuantity(string name) => IsTime(name) || WordsOf(name).Any(word => QuantityWords.Contains(word)
        || QuantityWords.Any(quantity => quantity.Length > 4 && word.EndsWith(quantity, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a name is that of a time: "ts", "created_at", "order date".</summary>
    public static bool IsTime(string name) => WordsOf(name).Any(TimeWords.Contains);

    /// <summary>Whether a name is that of times of some minutes: "lap", "pace", "duration mm:ss".</summary>
    public static bool IsMinutes(string name) => WordsOf(name).Any(MinuteWords.Contains);

    /// <summary>The words of a name, which blanks, signs or capitals part: "order", "No".</summary>
    private static string[] WordsOf(string name) => [.. Words().Matches(name).Select(match => match.Value)];

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+")]
    private static partial Regex Words();
}
