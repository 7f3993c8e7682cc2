using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>The comparisons of one fixture case in one precision: throws at the first that fails, and remembers the worst of the
/// others.</summary>
public sealed class FixtureCheck
{
    /// <summary>
    /// Whether runs of 100,000s of steps go to their end, rather than over a beginning that takes seconds: when the environment variable
    /// MLP_FIXTURES is "whole".
    /// </summary>
    public static bool WholeRuns { get; } = Environment.GetEnvironmentVariable("MLP_FIXTURES") == "whole";

    /// <summary>Numbers compared.</summary>
    public long NumberCount { get; private set; }

    /// <summary>The largest |actual − expected| / max(1, |expected|), or beside the given scale.</summary>
    public double WorstDeviation { get; private set; }

    /// <summary>The largest deviation as a part of what was allowed.</summary>
    public double WorstShare { get; private set; }

    /// <summary>One of two numbers, by precision.</summary>
    public static double Allowed<T>(double inDouble, double inSingle) => typeof(T) == typeof(double) ? inDouble : inSingle;

    /// <summary>|actual − expected| ≤ tolerance · max(1, |expected|).</summary>
    public void Close<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<double> expected, double tolerance)
        where T : INumberBase<T> => Add(Tolerance.AssertClose(what, actual, expected, tolerance), tolerance, expected.Length);

    /// <summary>|actual − expected| ≤ tolerance · scale.</summary>
    public void Close<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<double> expected, double tolerance, double scale)
        where T : INumberBase<T> => Add(Tolerance.AssertClose(what, actual, expected, tolerance, scale), tolerance, expected.Length);

    /// <summary>|actual − expected| ≤ tolerance · max(1, |expected|).</summary>
    public void Close(string what, double actual, double expected, double tolerance) =>
        Close<double>(what, [actual], [expected], tolerance);

    /// <summary>Every weight matrix and bias vector of a network, or of gradients laid out like its parameters.</summary>
    public void Close<T>(
        string what, IReadOnlyList<ParameterTensor> tensors, ReadOnlySpan<T> values, IReadOnlyList<FixtureTensors> expected,
        double tolerance)
        where T : INumberBase<T>
    {
        foreach (ParameterTensor tensor in tensors)
            Close($"{what}, {tensor.Name}", values.Slice(tensor.Offset, tensor.Length), FixtureNetworks.Values(expected, tensor),
                tolerance);
    }

    /// <summary>Every weight matrix and bias vector of a network.</summary>
    public void Parameters<T>(string what, Network<T> network, IReadOnlyList<FixtureLayer> expected, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Close<T>(
            what, network.Parameters.Tensors, network.Parameters.Values,
            [.. expected.Select(layer => new FixtureTensors(layer.Weights, layer.Bias))], tolerance);

    /// <summary>Counts, classes: exactly equal.</summary>
    public void Equal(string what, ReadOnlySpan<int> actual, ReadOnlySpan<int> expected)
    {
        if (!actual.SequenceEqual(expected))
            throw new CheckFailedException(
                $"{what}: [{string.Join(", ", actual.ToArray())}], expected [{string.Join(", ", expected.ToArray())}].");
        Add(0, 1, expected.Length);
    }

    /// <summary>Equal, exactly.</summary>
    public void Equal(string what, int actual, int expected) => Equal(what, [actual], [expected]);

    /// <summary>Takes note of comparisons made elsewhere.</summary>
    public void Add(double deviation, double tolerance, int numberCount)
    {
        NumberCount += numberCount;
        WorstDeviation = Math.Max(WorstDeviation, deviation);
        WorstShare = Math.Max(WorstShare, deviation == 0 ? 0 : deviation / tolerance);
    }
}
