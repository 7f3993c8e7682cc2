using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>What is done to a skewed feature in place of its scaling: straight lines between points.</summary>
internal sealed class FeatureCurve
{
    private const int MostPoints = 1 << 10;

    private readonly float[] _inputs, _outputs;

    public FeatureCurve(WeightsReader reader, int featureCount, string what)
    {
        Feature = reader.ReadInt32(0, Math.Max(0, featureCount - 1), $"feature of a curve of {what}");
        int count = reader.ReadInt32(2, MostPoints, $"points of a curve of {what}");
        _inputs = reader.ReadFloats(count, $"inputs of a curve of {what}");
        _outputs = reader.ReadFloats(count, $"outputs of a curve of {what}");
    }

    /// <summary>Which one.</summary>
    public int Feature { get; }

    /// <summary>The value of the curve, beyond the points the outermost one; NaN for NaN.</summary>
    public float At(float input)
    {
        if (float.IsNaN(input))
            return input;
        if (input <= _inputs[0])
            return _outputs[0];
        if (input >= _inputs[^1])
            return _outputs[^1];
        (int low, int high) = (0, _inputs.Length - 1);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_inputs[middle] <= input)
                low = middle;
            else
                high = middle;
        }
        // In halves: the difference of two large numbers of opposite signs would be infinite.
        float start = 0.5f * _inputs[low];
        return _outputs[low] + (_outputs[high] - _outputs[low]) * ((0.5f * input - start) / (0.5f * _inputs[high] - start));
    }
}
