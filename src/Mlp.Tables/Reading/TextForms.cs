namespace Mlp.Tables.Reading;

/// <summary>Joins spellings of one value.</summary>
internal static class TextForms
{
    public const string Yes = "yes", No = "no";

    private static readonly HashSet<string> YesWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "yes", "y", "true", "t", "1", "1.0", "+1", "on", "positive", "pos", "+", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sí", "sì",
        "s", "verdadero", "vero", "sim", "verdadeiro", "waar", "tak", "ano", "áno", "da", "да", "д", "igen", "evet", "kyllä", "ναι", "yep",
        "はい", "是", "예", "نعم", "हाँ",
    };

    private static readonly HashSet<string> NoWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "no", "n", "false", "f", "0", "0.0", "-1", "-1.0", "off", "negative", "neg", "-", "nein", "falsch", "non", "faux", "falso", "não",
        "nao", "nee", "onwaar", "nie", "ne", "nem", "nej", "nei", "нет", "н", "hayır", "hayir", "ei", "όχι", "nope", "いいえ", "否", "不是",
        "아니요", "لا", "नहीं",
    };

    /// <summary>What a negated class begins with: "not spam", "no churn", "unchecked", "inactive", "nicht bezahlt".</summary>
    private static readonly string[] Negations = ["not", "no", "non", "nicht", "kein", "keine", "não", "un", "in", "dis"];

    /// <summary>All words that mean yes.</summary>
    public static IReadOnlyCollection<string> AllYes => YesWords;

    /// <summary>All words that mean no.</summary>
    public static IReadOnlyCollection<string> AllNo => NoWords;

    /// <summary>Whether a text means yes.</summary>
    public static bool IsYes(string text) => YesWords.Contains(text);

    /// <summary>Whether a text means no.</summary>
    public static bool IsNo(string text) => NoWords.Contains(text);

    /// <summary>Whether a text is the negation of another: "not spam" of "spam".</summary>
    public static bool Negates(string text, string other)
    {
        if (other.Length == 0 || !text.EndsWith(other, StringComparison.OrdinalIgnoreCase))
            return false;
        string front = text[..^other.Length].TrimEnd(' ', '-', '_');
        return Negations.Contains(front, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The value that a text is a spelling of.</summary>
    public static string Apply(string text, TextForm form) => form switch
    {
        TextForm.IgnoreCase => text.ToLowerInvariant(),
        TextForm.YesNo => IsYes(text) ? Yes : IsNo(text) ? No : text,
        _ => text,
    };
}
