using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>
/// The height of a register tile: the size of the type, which is a constant for the JIT from the start. What lies beyond it is not even
/// read; behind a constant property it would be, which takes ten milliseconds a tile.
/// </summary>
internal interface ITileRows;

/// <summary>
/// The width of a register tile: the size of the type is the number of half vectors. A last vector that sticks out of the matrix, so that
/// only its first lanes are loaded and stored, counts as a half one.
/// </summary>
internal interface ITileColumns;

[InlineArray(1)]
internal struct OneRow : ITileRows
{
    private byte _row;
}

[InlineArray(2)]
internal struct TwoRows : ITileRows
{
    private byte _row;
}

[InlineArray(4)]
internal struct FourRows : ITileRows
{
    private byte _row;
}

[InlineArray(6)]
internal struct SixRows : ITileRows
{
    private byte _row;
}

[InlineArray(8)]
internal struct EightRows : ITileRows
{
    private byte _row;
}

[InlineArray(12)]
internal struct TwelveRows : ITileRows
{
    private byte _row;
}

[InlineArray(2)]
internal struct OneVector : ITileColumns
{
    private byte _half;
}

[InlineArray(1)]
internal struct OnePartialVector : ITileColumns
{
    private byte _half;
}

[InlineArray(4)]
internal struct TwoVectors : ITileColumns
{
    private byte _half;
}

[InlineArray(3)]
internal struct TwoVectorsOnePartial : ITileColumns
{
    private byte _half;
}
