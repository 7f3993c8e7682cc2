namespace Mlp.Tables;

/// <summary>Which spellings of a category or a class are one.</summary>
public enum TextForm
{
    /// <summary>Every text is a value of its own.</summary>
    AsWritten,

    /// <summary>Texts that differ by capitals alone are one value, which is given in small letters.</summary>
    IgnoreCase,

    /// <summary>Yes, true, ja, oui, 1 and so on are one value, which is given as "yes"; their opposites are given as "no".</summary>
    YesNo,
}
