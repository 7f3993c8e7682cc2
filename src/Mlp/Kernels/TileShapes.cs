namespace Mlp.Kernels;

/// <summary>The height of a register tile, a constant for the JIT: what lies beyond it is not compiled.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

/// <summary>The width of a register tile in vectors.</summary>
internal interface ITileColumns
{
    static abstract int Vectors { get; }

    /// <summary>Whether the last vector sticks out of the matrix, so that only its first lanes are loaded and stored.</summary>
    static abstract bool LastIsPartial { get; }
}

internal readonly struct OneRow : ITileRows
{
    public static int Count => 1;
}

internal readonly struct TwoRows : ITileRows
{
    public static int Count => 2;
}

internal readonly struct FourRows : ITileRows
{
    public static int Count => 4;
}

internal readonly struct SixRows : ITileRows
{
    public static int Count => 6;
}

internal readonly struct EightRows : ITileRows
{
    public static int Count => 8;
}

internal readonly struct TwelveRows : ITileRows
{
    public static int Count => 12;
}

internal readonly struct OneVector : ITileColumns
{
    public static int Vectors => 1;

    public static bool LastIsPartial => false;
}

internal readonly struct OnePartialVector : ITileColumns
{
    public static int Vectors => 1;

    public static bool LastIsPartial => true;
}

internal readonly struct TwoVectors : ITileColumns
{
    public static int Vectors => 2;

    public static bool LastIsPartial => false;
}

internal readonly struct TwoVectorsOnePartial : ITileColumns
{
    public static int Vectors => 2;

    public static bool LastIsPartial => true;
}
