using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Scoring.Numerics;

/// <summary>The weights of a layer in panels one or two vectors wide, in the order in which products read them.</summary>
/// <remarks>Every sum is c ← c + aₖ·bₖ for k = 0, 1, … in this order, as the engine has it: that is why the bits are the same.</remarks>
internal sealed class WeightPanels
{
    // Rows of a tile: with two vectors twelve sums, as many as 16 registers leave room for.
    private const int TileRows = 6;

    private readonly int _inputCount, _laneCount, _panelWidth;

    // Panel after panel, [inputs x panel width].
    private readonly AlignedArray _panels;

    /// <param name="weights">[units x inputs].</param>
    /// <param name="unitCount">Rows.</param>
    /// <param name="inputCount">Columns.</param>
    public WeightPanels(ReadOnlySpan<float> weights, int unitCount, int inputCount)
    {
        (_inputCount, _laneCount) = (inputCount, LaneWidth.Widest);
        _panelWidth = unitCount <= _laneCount ? _laneCount : 2 * _laneCount;
        int panelCount = (unitCount + _panelWidth - 1) / _panelWidth;
        Width = panelCount * _panelWidth;
        _panels = new AlignedArray(checked(Width * inputCount));
        Span<float> panels = _panels.Span;
        for (int unit = 0; unit < unitCount; unit++)
        {
            (int panel, int place) = Math.DivRem(unit, _panelWidth);
            int first = panel * _panelWidth * inputCount + place;
            for (int input = 0; input < inputCount; input++)
                panels[first + input * _panelWidth] = weights[unit * inputCount + input];
        }
    }

    /// <summary>Units, rounded up to whole panels.</summary>
    public int Width { get; }

    /// <summary>Copies the weights of the first unit.</summary>
    public void CopyFirstTo(Span<float> weights)
    {
        for (int input = 0; input < weights.Length; input++)
            weights[input] = _panels.Span[input * _panelWidth];
    }

    /// <summary>sums = start + inputs · weights, for every row.</summary>
    /// <param name="inputs">The first row.</param>
    /// <param name="inputStride">From row to row.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="start">What the sums start from: <see cref="Width"/> numbers a row.</param>
    /// <param name="startStride">From row to row; 0 where one row serves all.</param>
    /// <param name="sums">[rows x <see cref="Width"/>], overwritten; may be the start.</param>
    /// <param name="flags">Room for a flag of each input, where a single row's inputs of 0 may be left out: a term of 0 times a finite
    /// weight adds nothing. Otherwise empty.</param>
    public void Multiply<TLanes>(
        ref float inputs, int inputStride, int rowCount, ref float start, int startStride, ref float sums, Span<ulong> flags)
        where TLanes : struct, ILanes<TLanes, float>
    {
        int row = 0;
        for (; row + TileRows <= rowCount; row += TileRows)
        {
            for (int column = 0; column < Width; column += _panelWidth)
            {
                ref float b = ref Unsafe.Add(ref _panels.First, column * _inputCount), a = ref Unsafe.Add(ref inputs, row * inputStride);
                ref float from = ref Unsafe.Add(ref start, row * startStride + column);
                ref float to = ref Unsafe.Add(ref sums, row * Width + column);
                if (_panelWidth == _laneCount)
                    NarrowTile<TLanes>(ref a, inputStride, ref b, ref from, startStride, ref to, Width, _inputCount);
                else
                    WideTile<TLanes>(ref a, inputStride, ref b, ref from, startStride, ref to, Width, _inputCount);
            }
        }
        for (; row < rowCount; row++)
        {
            ref float rowInputs = ref Unsafe.Add(ref inputs, row * inputStride);
            bool isChosen = !flags.IsEmpty && NonZeros.Flag(ref rowInputs, _inputCount, ref flags[0]) < _inputCount;
            MultiplyRow<TLanes>(
                ref rowInputs, ref Unsafe.Add(ref start, row * startStride), ref Unsafe.Add(ref sums, row * Width), flags, isChosen);
        }
    }

    private void MultiplyRow<TLanes>(ref float inputs, ref float start, ref float sums, ReadOnlySpan<ulong> chosen, bool isChosen)
        where TLanes : struct, ILanes<TLanes, float>
    {
        int panelLength = _panelWidth * _inputCount;
        for (int column = 0; column < Width;)
        {
            ref float weights = ref Unsafe.Add(ref _panels.First, column * _inputCount);
            ref float from = ref Unsafe.Add(ref start, column);
            ref float to = ref Unsafe.Add(ref sums, column);
            if (_panelWidth == _laneCount)
            {
                RowTiles.One<TLanes>(ref inputs, ref weights, ref from, ref to, _inputCount);
                column += _panelWidth;
            }
            else if (Width - column >= 4 * _panelWidth)
            {
                if (isChosen)
                    RowTiles.EightChosen<TLanes>(ref inputs, ref weights, panelLength, ref from, ref to, chosen);
                else
                    RowTiles.Eight<TLanes>(ref inputs, ref weights, panelLength, ref from, ref to, _inputCount);
                column += 4 * _panelWidth;
            }
            else
            {
                if (isChosen)
                    RowTiles.TwoChosen<TLanes>(ref inputs, ref weights, ref from, ref to, chosen);
                else
                    RowTiles.Two<TLanes>(ref inputs, ref weights, ref from, ref to, _inputCount);
                column += _panelWidth;
            }
        }
    }

    /// <summary>Six rows, two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WideTile<TLanes>(
        ref float a, int aStride, ref float b, ref float start, int startStride, ref float sums, int sumStride, int inputCount)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint next = (nuint)TLanes.Count, s1 = (nuint)startStride, s2 = 2 * s1, s3 = 3 * s1, s4 = 4 * s1, s5 = 5 * s1;
        TLanes c00 = TLanes.Load(ref start, 0), c01 = TLanes.Load(ref start, next);
        TLanes c10 = TLanes.Load(ref start, s1), c11 = TLanes.Load(ref start, s1 + next);
        TLanes c20 = TLanes.Load(ref start, s2), c21 = TLanes.Load(ref start, s2 + next);
        TLanes c30 = TLanes.Load(ref start, s3), c31 = TLanes.Load(ref start, s3 + next);
        TLanes c40 = TLanes.Load(ref start, s4), c41 = TLanes.Load(ref start, s4 + next);
        TLanes c50 = TLanes.Load(ref start, s5), c51 = TLanes.Load(ref start, s5 + next);
        nint r1 = aStride, r2 = 2 * r1, r3 = 3 * r1;
        ref float a3 = ref Unsafe.Add(ref a, r3);
        for (int k = 0; k < inputCount; k++)
        {
            TLanes b0 = TLanes.Load(ref b, 0), b1 = TLanes.Load(ref b, next);
            TLanes x = TLanes.Create(a);
            c00 = TLanes.MultiplyAdd(x, b0, c00); c01 = TLanes.MultiplyAdd(x, b1, c01);
            x = TLanes.Create(Unsafe.Add(ref a, r1));
            c10 = TLanes.MultiplyAdd(x, b0, c10); c11 = TLanes.MultiplyAdd(x, b1, c11);
            x = TLanes.Create(Unsafe.Add(ref a, r2));
            c20 = TLanes.MultiplyAdd(x, b0, c20); c21 = TLanes.MultiplyAdd(x, b1, c21);
            x = TLanes.Create(a3);
            c30 = TLanes.MultiplyAdd(x, b0, c30); c31 = TLanes.MultiplyAdd(x, b1, c31);
            x = TLanes.Create(Unsafe.Add(ref a3, r1));
            c40 = TLanes.MultiplyAdd(x, b0, c40); c41 = TLanes.MultiplyAdd(x, b1, c41);
            x = TLanes.Create(Unsafe.Add(ref a3, r2));
            c50 = TLanes.MultiplyAdd(x, b0, c50); c51 = TLanes.MultiplyAdd(x, b1, c51);
            a = ref Unsafe.Add(ref a, 1);
            a3 = ref Unsafe.Add(ref a3, 1);
            b = ref Unsafe.Add(ref b, 2 * next);
        }
        nuint w1 = (nuint)sumStride, w2 = 2 * w1, w3 = 3 * w1, w4 = 4 * w1, w5 = 5 * w1;
        TLanes.Store(c00, ref sums, 0); TLanes.Store(c01, ref sums, next);
        TLanes.Store(c10, ref sums, w1); TLanes.Store(c11, ref sums, w1 + next);
        TLanes.Store(c20, ref sums, w2); TLanes.Store(c21, ref sums, w2 + next);
        TLanes.Store(c30, ref sums, w3); TLanes.Store(c31, ref sums, w3 + next);
        TLanes.Store(c40, ref sums, w4); TLanes.Store(c41, ref sums, w4 + next);
        TLanes.Store(c50, ref sums, w5); TLanes.Store(c51, ref sums, w5 + next);
    }

    /// <summary>Six rows, one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NarrowTile<TLanes>(
        ref float a, int aStride, ref float b, ref float start, int startStride, ref float sums, int sumStride, int inputCount)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint s = (nuint)startStride, w = (nuint)sumStride, next = (nuint)TLanes.Count;
        TLanes c0 = TLanes.Load(ref start, 0), c1 = TLanes.Load(ref start, s), c2 = TLanes.Load(ref start, 2 * s);
        TLanes c3 = TLanes.Load(ref start, 3 * s), c4 = TLanes.Load(ref start, 4 * s), c5 = TLanes.Load(ref start, 5 * s);
        nint r1 = aStride, r2 = 2 * r1, r3 = 3 * r1;
        ref float a3 = ref Unsafe.Add(ref a, r3);
        for (int k = 0; k < inputCount; k++)
        {
            TLanes b0 = TLanes.Load(ref b, 0);
            c0 = TLanes.MultiplyAdd(TLanes.Create(a), b0, c0);
            c1 = TLanes.MultiplyAdd(TLanes.Create(Unsafe.Add(ref a, r1)), b0, c1);
            c2 = TLanes.MultiplyAdd(TLanes.Create(Unsafe.Add(ref a, r2)), b0, c2);
            c3 = TLanes.MultiplyAdd(TLanes.Create(a3), b0, c3);
            c4 = TLanes.MultiplyAdd(TLanes.Create(Unsafe.Add(ref a3, r1)), b0, c4);
            c5 = TLanes.MultiplyAdd(TLanes.Create(Unsafe.Add(ref a3, r2)), b0, c5);
            a = ref Unsafe.Add(ref a, 1);
            a3 = ref Unsafe.Add(ref a3, 1);
            b = ref Unsafe.Add(ref b, next);
        }
        TLanes.Store(c0, ref sums, 0); TLanes.Store(c1, ref sums, w); TLanes.Store(c2, ref sums, 2 * w);
        TLanes.Store(c3, ref sums, 3 * w); TLanes.Store(c4, ref sums, 4 * w); TLanes.Store(c5, ref sums, 5 * w);
    }
}
