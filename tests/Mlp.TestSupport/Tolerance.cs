using System.Globalization;
using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>Comparisons with a tolerance. Each returns the largest deviation it saw, so that a test can report it.</summary>
public static class Tolerance
{
    /// <summary>|actual − expected| ≤ tolerance · max(1, |expected|).</summary>
    public static double AssertClose<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<double> expected, double tolerance)
        where T : INumberBase<T> => Compare(what, actual, expected, tolerance, scale: null);

    /// <summary>|actual − expected| ≤ tolerance · scale.</summary>
    public static double AssertClose<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<double> expected, double tolerance, double scale)
        where T : INumberBase<T> => Compare(what, actual, expected, tolerance, scale);

    /// <summary>|actual − expected| ≤ tolerance · max(1, |expected|).</summary>
    public static double AssertClose(string what, double actual, double expected, double tolerance) =>
        AssertClose<double>(what, [actual], [expected], tolerance);

    /// <summary>Equal bits, except that one NaN is as good as another.</summary>
    public static void AssertSameBits<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<T> expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(what, actual.Length, expected.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            if (!SameBits(actual[index], expected[index]))
            {
                throw new CheckFailedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: element {index} of {expected.Length} is {actual[index]:G17}, expected exactly {expected[index]:G17}."));
            }
        }
    }

    /// <summary>Equal and of equal sign, or both NaN.</summary>
    public static bool SameBits<T>(T left, T right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        left == right ? T.IsNegative(left) == T.IsNegative(right) : T.IsNaN(left) && T.IsNaN(right);

    private static double Compare<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<double> expected, double tolerance, double? scale)
        where T : INumberBase<T>
    {
        CheckLengths(what, actual.Length, expected.Length);
        double worst = 0;
        for (int index = 0; index < expected.Length; index++)
        {
            double value = double.CreateTruncating(actual[index]);
            double deviation = Math.Abs(value - expected[index]) / (scale ?? Math.Max(1, Math.Abs(expected[index])));
            // Negated, so that a NaN fails.
            if (!(deviation <= tolerance))
            {
                throw new CheckFailedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: element {index} of {expected.Length} is {value:G17}, expected {expected[index]:G17}; "
                    + $"the deviation is {deviation:G3}, allowed are {tolerance:G3}."));
            }
            worst = Math.Max(worst, deviation);
        }
        return worst;
    }

    private static void CheckLengths(string what, int actual, int expected)
    {
        if (actual != expected)
            throw new CheckFailedException($"{what}: there are {actual} values, expected {expected}.");
    }
}
