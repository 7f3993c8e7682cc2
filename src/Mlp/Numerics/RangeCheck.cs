using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>The one check of numbers against their range: "Beta1 is 1; it must be in [0, 1)."</summary>
internal static class RangeCheck
{
    /// <param name="isInRange">Whether the value is in its range; write it so that NaN is not.</param>
    /// <param name="value">As it was given.</param>
    /// <param name="range">What it must be: "in (0, 1]".</param>
    /// <param name="name">Of the parameter or property.</param>
    /// <param name="of">The option that has the property, where it is not known by its name alone: "Outputs of NumericEmbedding".</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in range.</exception>
    public static void Require(
        bool isInRange, object? value, string range, [CallerArgumentExpression(nameof(value))] string name = "", string? of = null)
    {
        if (!isInRange)
        {
            string whole = of is null ? name : $"{name} of {of}";
            throw new ArgumentOutOfRangeException(name, $"{whole} is {value}; it must be {range}.");
        }
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value > 0 && double.IsFinite(value), value, "positive and finite", name);

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value >= 0 && double.IsFinite(value), value, "at least 0 and finite", name);

    /// <summary>In [0, 1).</summary>
    public static void Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "", string? of = null) =>
        Require(value is >= 0 and < 1, value, "in [0, 1)", name, of);

    public static void AtLeast(
        int minimum, long value, [CallerArgumentExpression(nameof(value))] string name = "", string? of = null)
    {
        // Asked first: nothing is boxed and no text is made where all is well, so that it costs nothing in a loop.
        if (value < minimum)
            Require(isInRange: false, value, $"at least {minimum}", name, of);
    }

    /// <summary>One of the names of an enumeration.</summary>
    public static void Defined<TEnum>(
        TEnum value, [CallerArgumentExpression(nameof(value))] string name = "", string? of = null)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Require(isInRange: false, value, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}", name, of);
    }
}
