using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Chooses which of two classes is the positive one.</summary>
internal static class PositiveFinder
{
    /// <summary>The class that means yes; else the one that the other negates; else the rarer one; else the last.</summary>
    /// <param name="first">A class.</param>
    /// <param name="last">The other one.</param>
    public static (LabelClass Class, string Reason) Find(LabelClass first, LabelClass last)
    {
        if (MeansYes(first.Value, last.Value))
            return (first, "it means yes");
        if (MeansYes(last.Value, first.Value))
            return (last, "it means yes");
        if (TextForms.Negates(last.Value, first.Value))
            return (first, "the other one negates it");
        if (TextForms.Negates(first.Value, last.Value))
            return (last, "the other one negates it");
        return first.Count == last.Count ? (last, "it is the last one") : (first.Count < last.Count ? first : last, "it is the rarer one");
    }

    /// <summary>Whether a class means yes: a word for yes that has more than a letter, or a letter or 1 beside one for no.</summary>
    private static bool MeansYes(string value, string other)
    {
        bool isWord = value.Length > 1 && char.IsLetter(value[0]);
        return TextForms.IsYes(value) && (TextForms.IsNo(other) || isWord && !TextForms.IsYes(other));
    }
}
