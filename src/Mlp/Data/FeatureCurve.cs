using System.Numerics;

namespace Mlp.Data;

/// <summary>What is done to a feature in place of its scaling: straight lines between given points, and beyond them the outermost
/// values.</summary>
/// <param name="Feature">Which one, zero-based.</param>
/// <param name="Inputs">Ascending, finite, at least two, in the unit of the feature.</param>
/// <param name="Outputs">As many, finite, in scaled units.</param>
internal sealed record FeatureCurve<T>(int Feature, T[] Inputs, T[] Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>More points than this are refused.</summary>
    public const int MostPoints = 1 << 10;

    /// <summary>The value of the curve; NaN for NaN.</summary>
    public T At(T input)
    {
        T[] inputs = Inputs, outputs = Outputs;
        if (T.IsNaN(input))
            return input;
        if (input <= inputs[0])
            return outputs[0];
        if (input >= inputs[^1])
            return outputs[^1];
        (int low, int high) = (0, inputs.Length - 1);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (inputs[middle] <= input)
                low = middle;
            else
                high = middle;
        }
        // In halves: the difference of two large numbers of opposite signs would be infinite.
        T half = T.CreateTruncating(0.5), start = half * inputs[low];
        return outputs[low] + (outputs[high] - outputs[low]) * ((half * input - start) / (half * inputs[high] - start));
    }
}
