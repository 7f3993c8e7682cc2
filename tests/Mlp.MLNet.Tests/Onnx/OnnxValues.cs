namespace Mlp.MLNet.Tests.Onnx;

/// <summary>The values of an input or output.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Width">Values per row.</param>
/// <param name="Values">Row-major, rows x width: an array of a type that tensors have.</param>
/// <param name="Tolerances">How far each value may be from this; infinite for a label between two that are as good. Null: equal.</param>
internal sealed record OnnxValues(string Name, int Width, Array Values, double[]? Tolerances = null)
{
    /// <summary>The first rows.</summary>
    public OnnxValues Take(int rowCount)
    {
        var values = Array.CreateInstance(Values.GetType().GetElementType()!, rowCount * Width);
        Array.Copy(Values, values, values.Length);
        return this with { Values = values, Tolerances = Tolerances?[..values.Length] };
    }

    /// <summary>Asserts that a runtime gives these values, and returns the largest |a − b| / max(1, |b|) of numbers.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="actual">Of the runtime.</param>
    public double AssertGivenBy(string what, Array actual)
    {
        Assert.Equal(Values.GetType(), actual.GetType());
        Assert.Equal(Values.Length, actual.Length);
        double largest = 0;
        for (int index = 0; index < Values.Length; index++)
        {
            object? expected = Values.GetValue(index), value = actual.GetValue(index);
            double tolerance = Tolerances?[index] ?? 0;
            // NaN where NaN is expected, and nowhere else.
            if (expected is not float number || float.IsNaN(number))
            {
                bool isRight = Equals(expected, value) || double.IsPositiveInfinity(tolerance);
                Assert.True(isRight, $"{what}: {Name}[{index}] is {value}, and Mlp.MLNet says {expected}.");
                continue;
            }
            double difference = Math.Abs((float)value! - (double)number);
            Assert.True(
                difference <= tolerance,
                $"{what}: {Name}[{index}] is {value}, and Mlp.MLNet says {expected}: {difference:G3} apart, allowed are {tolerance:G3}.");
            largest = Math.Max(largest, difference / Math.Max(1, Math.Abs(number)));
        }
        return largest;
    }
}
