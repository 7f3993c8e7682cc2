namespace Mlp.Tables.Reading;

/// <summary>Among which values a text stands for "no value".</summary>
internal enum MissingToken
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Among numbers and classes: NA, ?, null.</summary>
    Unmistakable,

    /// <summary>Among numbers: none, -, unknown.</summary>
    AmongNumbers,

    /// <summary>Among numbers: inf, Infinity.</summary>
    Infinite,
}
