namespace Mlp.Numerics;

/// <summary>Sizes that hold everywhere.</summary>
internal static class Limits
{
    /// <summary>Values of one array at most: an aligned buffer has up to a cache line in front of them.</summary>
    public static int ArrayLength => Array.MaxLength - 64;

    /// <summary>Rows that are read or predicted at once where the result does not depend on it: enough for the products, few enough for the
    /// cache.</summary>
    public const int PortionRowCount = 512;

    /// <summary>Values or bytes that are read, written or summed at once: no more memory is taken ahead of what a file turns out to
    /// hold.</summary>
    public const int PortionLength = 1 << 16;

    /// <summary>Values or bytes that ranks give each other at once: enough to make the time of a message that of its bytes, few enough for
    /// any buffer.</summary>
    public const int MessageLength = 1 << 20;
}
