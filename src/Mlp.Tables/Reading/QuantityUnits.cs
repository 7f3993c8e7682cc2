using System.Globalization;

namespace Mlp.Tables.Reading;

/// <summary>What may stand beside the digits of a number.</summary>
internal static class QuantityUnits
{
    private const int LongestUnit = 20;

    /// <summary>Codes of currencies (ISO 4217) that tables have.</summary>
    private static readonly HashSet<string> Codes = new(
        ("AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BHD BND BOB BRL BTC BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP ETB ETH EUR GBP GEL "
        + "GHS GTQ HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KRW KWD KZT LBP LKR MAD MDL MKD MMK MUR MXN MYR NGN NIO NOK NPR "
        + "NZD OMR PAB PEN PHP PKR PLN PYG QAR RMB RON RSD RUB SAR SEK SGD THB TND TRY TTD TWD TZS UAH UGX USD UYU UZS VND XAF XOF ZAR ZMW "
        + "DEM FRF ITL ATS").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Short forms of currencies, without the point that some end with.</summary>
    private static readonly HashSet<string> ShortForms = new(StringComparer.OrdinalIgnoreCase)
    {
        "Rs", "Rp", "RM", "Fr", "SFr", "kr", "Kč", "zł", "Ft", "TL", "lei", "euro", "euros", "dollar", "dollars", "руб", "р", "грн", "лв",
        "元", "円", "원", "人民币",
    };

    /// <summary>Words that multiply, without the point that some end with.</summary>
    private static readonly Dictionary<string, double> Factors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["thousand"] = 1e3,
        ["tsd"] = 1e3,
        ["тыс"] = 1e3,
        ["lakh"] = 1e5,
        ["lakhs"] = 1e5,
        ["lac"] = 1e5,
        ["lacs"] = 1e5,
        ["mn"] = 1e6,
        ["mln"] = 1e6,
        ["mio"] = 1e6,
        ["million"] = 1e6,
        ["millions"] = 1e6,
        ["millionen"] = 1e6,
        ["млн"] = 1e6,
        ["crore"] = 1e7,
        ["crores"] = 1e7,
        ["cr"] = 1e7,
        ["bn"] = 1e9,
        ["bln"] = 1e9,
        ["mrd"] = 1e9,
        ["billion"] = 1e9,
        ["billions"] = 1e9,
        ["milliarden"] = 1e9,
        ["млрд"] = 1e9,
        ["tn"] = 1e12,
        ["trillion"] = 1e12,
        ["万"] = 1e4,
        ["萬"] = 1e4,
        ["億"] = 1e8,
        ["亿"] = 1e8,
    };

    /// <summary>Letters that multiply, or are units.</summary>
    private static readonly Dictionary<string, double> Letters = new()
    {
        ["k"] = 1e3,
        ["K"] = 1e3,
        ["M"] = 1e6,
        ["B"] = 1e9,
    };

    /// <summary>Letters that multiply beside a currency, and are units elsewhere.</summary>
    private static readonly Dictionary<string, double> MoneyLetters = new()
    {
        ["m"] = 1e6,
        ["b"] = 1e9,
        ["T"] = 1e12,
        ["t"] = 1e12,
    };

    /// <summary>Letters behind a number that make no quantity of it: ordinals, and halves of the day.</summary>
    private static readonly HashSet<string> NoUnits = new(StringComparer.OrdinalIgnoreCase)
    {
        "st", "nd", "rd", "th", "am", "pm", "a.m.", "p.m.",
    };

    /// <summary>What the plural of a unit adds.</summary>
    private static readonly string[] PluralEndings = ["s", "es", "e", "en", "n"];

    /// <summary>Whether a text is the sign, the code or a short form of a currency: "$", "US$", "EUR", "Rs.".</summary>
    public static bool IsCurrency(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > LongestUnit)
            return false;
        char last = text[^1];
        if (char.GetUnicodeCategory(last) == UnicodeCategory.CurrencySymbol
            || char.GetUnicodeCategory(text[0]) == UnicodeCategory.CurrencySymbol)
        {
            // US$, A$, R$, $US: no more than three letters beside the sign.
            ReadOnlySpan<char> letters = char.GetUnicodeCategory(last) == UnicodeCategory.CurrencySymbol ? text[..^1] : text[1..];
            return letters.Length <= 3 && IsLetters(letters.TrimEnd('.'));
        }
        ReadOnlySpan<char> name = text.TrimEnd('.');
        return Codes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)
            || ShortForms.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    /// <summary>Whether a text begins with a letter, as codes do, and not with a sign.</summary>
    public static bool IsLetters(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsLetter(character))
                return false;
        }
        return true;
    }

    /// <summary>Whether a text is a unit behind a number: "%", "kg", "m²", "km/h", "sq ft", "years".</summary>
    public static bool IsUnit(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > LongestUnit || NoUnits.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
            return false;
        if (text is "%" or "‰" or "°" or "\"" or "″" or "'" or "′")
            return true;
        if (!char.IsLetter(text[0]) && text[0] != '°')
            return false;
        int blanks = 0;
        for (int at = 1; at < text.Length; at++)
        {
            char character = text[at];
            blanks += character == ' ' ? 1 : 0;
            // m2, ft3; l/100km.
            bool isDigit = character is '2' or '3' && at == text.Length - 1
                || char.IsAsciiDigit(character) && text[..(at + 1)].LastIndexOf("/1") is > 0 and int slash
                && text[(slash + 2)..(at + 1)].IndexOfAnyExcept('0') < 0;
            if (!isDigit && !char.IsLetter(character) && !"/²³^.·°% ".Contains(character))
                return false;
        }
        return blanks <= 2;
    }

    /// <summary>What a word behind a number multiplies it with: 1,000,000 for "Mio."; 0 for other words.</summary>
    public static double FactorOf(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<char> name = word.TrimEnd('.');
        return Factors.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out double factor) ? factor : 0;
    }

    /// <summary>What a letter behind a number may multiply it with; 0 for other letters.</summary>
    public static double FactorOfLetter(ReadOnlySpan<char> letter, bool isMoney)
    {
        if (Letters.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(letter, out double factor))
            return factor;
        return isMoney && MoneyLetters.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(letter, out factor) ? factor : 0;
    }

    /// <summary>Whether two texts are the same unit: other capitals, or one the plural of the other.</summary>
    public static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.SequenceEqual(other))
            return true;
        one = one.TrimEnd('.');
        other = other.TrimEnd('.');
        // m is a metre or a minute, M is a million or a molar.
        if (one.Length <= 1 && other.Length <= 1)
            return one.SequenceEqual(other);
        if (one.Length > other.Length)
        {
            ReadOnlySpan<char> longer = one;
            one = other;
            other = longer;
        }
        if (one.Length < 2 || !other.StartsWith(one, StringComparison.OrdinalIgnoreCase))
            return false;
        string ending = other[one.Length..].ToString();
        return ending.Length == 0 || PluralEndings.Contains(ending, StringComparer.OrdinalIgnoreCase);
    }
}
