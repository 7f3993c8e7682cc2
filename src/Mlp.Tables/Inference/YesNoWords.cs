using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Whether words for yes and no are spellings of these two, or values of their own: O, S and N may be grades.</summary>
internal static class YesNoWords
{
    /// <summary>Words of one language, and the letters that stand for them.</summary>
    private static readonly (string Letters, string[] Words)[] Languages =
    [
        ("yn", ["yes", "yep", "no", "nope"]), ("jn", ["ja", "nein", "nee", "nej", "nei"]), ("on", ["oui", "non"]),
        ("sn", ["si", "sí", "sì", "sim", "no", "não", "nao"]), ("дн", ["да", "нет"]),
        ("tf", ["true", "false", "wahr", "falsch", "vrai", "faux", "vero", "falso", "verdadero", "verdadeiro"]),
    ];

    private static readonly string[] SignWords = ["positive", "pos", "negative", "neg"], Signs = ["+", "-"],
        SignedOnes = ["+1", "-1", "-1.0"], Zeros = ["0", "0.0"], Ones = ["1", "1.0"];

    /// <summary>Whether several words for yes, or for no, mean the same.</summary>
    /// <param name="yes">All different words for yes, as they are written.</param>
    /// <param name="no">All different words for no.</param>
    public static bool AreSpellings(IReadOnlyCollection<string> yes, IReadOnlyCollection<string> no)
    {
        if (yes.Count == 0 || no.Count == 0 || yes.Count + no.Count <= 2 || yes.Count + no.Count > TextForms.AllYes.Count)
            return false;
        HashSet<string> all = [.. yes.Concat(no).Select(word => word.ToLowerInvariant())];
        bool hasSigns = all.Overlaps(SignWords) || all.Overlaps(Signs) || all.Overlaps(SignedOnes);
        // Between plus and minus, zero is a third value; and beside yes and no, a dash is one that is missing.
        if (hasSigns && all.Overlaps(Zeros) || all.Contains("-") && !all.Contains("+") && !all.Overlaps(SignWords))
            return false;
        string[] letters = [.. all.Where(word => word.Length == 1 && char.IsLetter(word[0]))];
        return letters.Length == 0 || letters.All(letter => HasWordFor(letter, all))
            || letters.Length == 2 && all.Overlaps(Ones) && all.Overlaps(Zeros)
                && Languages.Any(language => letters.All(letter => language.Letters.Contains(letter[0])));
    }

    private static bool HasWordFor(string letter, HashSet<string> all) =>
        Languages.Any(language => language.Letters.Contains(letter[0]) && all.Overlaps(language.Words));
}
