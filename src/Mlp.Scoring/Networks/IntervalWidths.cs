using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>Intervals around predictions: widths in units of what networks say of a row, by the part of the range that its prediction
/// lies in.</summary>
/// <remarks>In double, as the engine has it.</remarks>
internal sealed class IntervalWidths
{
    /// <summary>Levels at most.</summary>
    public const int MostLevels = 100;

    private const int MostBins = 64;

    private readonly int _targetCount, _levelCount, _binCount;
    // Edges [targets x (parts - 1)], widths [targets x parts x levels x 2], the lower side first.
    private readonly float[] _edges, _widths, _minima, _maxima;

    /// <param name="reader">Behind the number of levels.</param>
    /// <param name="layout">Of the features.</param>
    /// <param name="targetCount">Numbers that are predicted.</param>
    /// <param name="levelCount">At least 1.</param>
    public IntervalWidths(WeightsReader reader, InputLayout layout, int targetCount, int levelCount)
    {
        (_targetCount, _levelCount) = (targetCount, levelCount);
        _binCount = reader.ReadInt32(1, MostBins, "parts of the range of predictions");
        _edges = reader.ReadFloats((long)targetCount * (_binCount - 1), "edges of the range of predictions");
        _widths = reader.ReadBounds((long)targetCount * _binCount * levelCount * 2, "widths of intervals");
        (_minima, _maxima) = (reader.ReadBounds(targetCount, "minima of intervals"), reader.ReadBounds(targetCount, "maxima of intervals"));
        if (reader.ReadInt32(0, 1, "flag of scales") == 0)
            return;
        Scales = new Ensemble(reader, layout);
        if (Scales.Shape.OutputCount != 2 * targetCount)
            throw reader.Error($"scales of {Scales.Shape.OutputCount:N0} outputs for intervals of {targetCount:N0} targets");
    }

    /// <summary>Bounds of a row on each side.</summary>
    public int BoundCount => _targetCount * _levelCount;

    /// <summary>Two outputs a target, the lower side first; null for 1 everywhere.</summary>
    public Ensemble? Scales { get; }

    /// <summary>One side of a row's intervals.</summary>
    /// <param name="predictions">[targets].</param>
    /// <param name="scales">[targets x 2]; empty for 1 everywhere.</param>
    /// <param name="isUpper">Which side.</param>
    /// <param name="bounds">[targets x levels], overwritten.</param>
    public void Compute(ReadOnlySpan<float> predictions, ReadOnlySpan<float> scales, bool isUpper, Span<float> bounds)
    {
        int side = isUpper ? 1 : 0;
        for (int target = 0; target < _targetCount; target++)
        {
            double prediction = predictions[target], scale = scales.IsEmpty ? 1 : scales[2 * target + side];
            int first = (target * _binCount + BinOf(target, predictions[target])) * _levelCount * 2 + side;
            for (int level = 0; level < _levelCount; level++)
            {
                double width = _widths[first + 2 * level] * scale;
                var bound = (float)(isUpper ? prediction + width : prediction - width);
                // Two comparisons, both false for NaN.
                bounds[target * _levelCount + level] =
                    bound < _minima[target] ? _minima[target] : bound > _maxima[target] ? _maxima[target] : bound;
            }
        }
    }

    private int BinOf(int target, float prediction)
    {
        int bin = 0;
        foreach (float edge in _edges.AsSpan(target * (_binCount - 1), _binCount - 1))
            bin += prediction > edge ? 1 : 0;
        return bin;
    }
}
