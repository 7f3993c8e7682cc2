using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>What the targets of all rows are: their range, mean and deviation, and how much each class weighs.</summary>
/// <remarks>Means and deviations in one pass, each row as much as it weighs. Source: West 1979, "Updating mean and variance
/// estimates".</remarks>
/// <param name="targetCount">Targets of a row.</param>
/// <param name="classCount">Classes there are, where the one target is the class; 0 otherwise.</param>
internal sealed class TargetSurvey(int targetCount, int classCount) : ICheckpointed
{
    private readonly float[] _minima = Filled(targetCount, float.PositiveInfinity), _maxima = Filled(targetCount, float.NegativeInfinity);
    private readonly double[] _means = new double[targetCount], _squares = new double[targetCount], _classes = new double[classCount];
    private double _weightSum, _tooLarge;
    private long _tooLargeRow = -1;

    public ReadOnlySpan<float> Minima => _minima;

    public ReadOnlySpan<float> Maxima => _maxima;

    public double[] Means => [.. _means];

    /// <summary>Population formula.</summary>
    public double[] Deviations => [.. _squares.Select(square => Math.Sqrt(square / _weightSum))];

    /// <summary>The weight of all rows of each class.</summary>
    public ReadOnlySpan<double> ClassWeights => _classes;

    /// <summary>The target of all rows, if they have one target each and it is the same.</summary>
    public float? Only => targetCount == 1 && _minima[0] == _maxima[0] ? _minima[0] : null;

    /// <summary>The first target that is too large to be scaled, and its row, counted from 1 in the source; null for none.</summary>
    public (long Row, float Value)? TooLarge => _tooLargeRow < 0 ? null : (_tooLargeRow + 1, (float)_tooLarge);

    /// <param name="rowNumber">Zero-based, in the source.</param>
    /// <param name="targets">Of the row; finite.</param>
    /// <param name="weight">Of the row; positive.</param>
    public void Add(long rowNumber, ReadOnlySpan<float> targets, float weight)
    {
        _weightSum += weight;
        for (int index = 0; index < targets.Length; index++)
        {
            float target = targets[index];
            _minima[index] = Math.Min(_minima[index], target);
            _maxima[index] = Math.Max(_maxima[index], target);
            double difference = target - _means[index];
            _means[index] += weight / _weightSum * difference;
            _squares[index] += weight * difference * (target - _means[index]);
        }
        if (classCount > 0)
            _classes[(int)targets[0]] += weight;
        if (_tooLargeRow < 0 && TargetScaling<float>.IndexOfTooLarge(targets) is var place and >= 0)
            (_tooLargeRow, _tooLarge) = (rowNumber, targets[place]);
    }

    public void Exchange(StateExchange state)
    {
        state.Exchange("least targets", _minima.AsSpan());
        state.Exchange("largest targets", _maxima.AsSpan());
        state.Exchange("means of the targets", _means.AsSpan());
        state.Exchange("squares of the targets", _squares.AsSpan());
        state.Exchange("weights of the classes", _classes.AsSpan());
        state.Exchange("weight of all rows", ref _weightSum);
        state.Exchange("a target that is too large", ref _tooLarge);
        state.Exchange("the row of that", ref _tooLargeRow);
    }

    private static float[] Filled(int count, float value)
    {
        var values = new float[count];
        Array.Fill(values, value);
        return values;
    }
}
