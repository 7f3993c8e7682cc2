using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Powers of ten as 64-bit mantissas, m * 2^(e - 64), as ML.NET's number parser uses them.</summary>
/// <remarks>The positive powers are cut off, the negative ones rounded to nearest: both decide the last bit of what is parsed.</remarks>
internal static class PowersOfTen
{
    internal const int MaximumPositive = 320;
    internal const int MaximumNegative = 360;

    /// <summary>From 10^39 on a Single is infinite; beyond 10^-65 it is zero.</summary>
    internal const int MaximumPositiveDouble = 39;
    internal const int MaximumNegativeDouble = 65;

    private static readonly (ulong Mantissa, int Exponent)[] Positive = BuildPositive();
    private static readonly (ulong Mantissa, int Exponent)[] Negative = BuildNegative();

    /// <summary>10^power for a power other than 0 within the two maxima.</summary>
    internal static (ulong Mantissa, int Exponent) Get(int power) => power > 0 ? Positive[power - 1] : Negative[-power - 1];

    /// <summary>10^power as a Double, by way of the 64-bit mantissa.</summary>
    internal static double GetDouble(int power)
    {
        var (mantissa, exponent) = Get(power);
        if (power < 0)
            return Math.ScaleB((double)mantissa, exponent - 64);
        // From 10^27 on bits were cut off: the sticky bit keeps the rounding right.
        mantissa = power > 26 ? mantissa >> 1 | 1 : mantissa >> 1;
        return Math.ScaleB((double)mantissa, exponent - 63);
    }

    private static (ulong Mantissa, int Exponent)[] BuildPositive()
    {
        var powers = new (ulong, int)[MaximumPositive];
        var value = BigInteger.One;
        for (int i = 0; i < powers.Length; i++)
        {
            value *= 10;
            int bits = (int)value.GetBitLength();
            powers[i] = ((ulong)(bits > 64 ? value >> bits - 64 : value << 64 - bits), bits);
        }
        return powers;
    }

    private static (ulong Mantissa, int Exponent)[] BuildNegative()
    {
        var powers = new (ulong, int)[MaximumNegative];
        var divisor = BigInteger.One;
        for (int i = 0; i < powers.Length; i++)
        {
            divisor *= 10;
            // 2^(bits + 63) / 10^n lies between 2^63 and 2^64; the exact quotient is never half-way.
            int bits = (int)divisor.GetBitLength();
            var mantissa = ((BigInteger.One << bits + 63) + divisor / 2) / divisor;
            powers[i] = ((ulong)mantissa, 1 - bits);
        }
        return powers;
    }
}
