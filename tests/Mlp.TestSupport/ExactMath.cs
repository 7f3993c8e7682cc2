using System.Globalization;
using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>A fraction of whole numbers.</summary>
public readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>|value − this| in units in the last place of this, for numbers with so many bits.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="mantissaBits">53 for double, 24 for float.</param>
    /// <param name="smallestExponent">Of a denormal: −1074 for double, −149 for float.</param>
    public double UlpDistance(double value, int mantissaBits, int smallestExponent)
    {
        var size = BigInteger.Abs(Numerator);
        var exponent = (int)(size.GetBitLength() - Denominator.GetBitLength());
        if (Shift(size, -exponent) < Denominator)
            exponent--;
        int ulp = Math.Max(exponent - mantissaBits + 1, smallestExponent);
        // value = mantissa · 2^-1074 exactly; everything is multiplied by 2^1074 and, for digits after the point, 2^20.
        var difference = BigInteger.Abs(ExactMath.WholeMultiple(value) * Denominator - Shift(Numerator, 1074));
        return (double)(Shift(difference, 20) / Shift(Denominator, ulp + 1074)) / (1 << 20);
    }

    private static BigInteger Shift(BigInteger value, int left) => left >= 0 ? value << left : value >> -left;
}

/// <summary>Elementary functions of a double, correct to some 200 bits, in whole-number arithmetic.</summary>
public static class ExactMath
{
    // Fixed-point numbers: this many bits behind the point.
    private const int Bits = 320;

    private static readonly BigInteger One = BigInteger.One << Bits;

    // ln 2 = Σ 1 / (k 2^k).
    private static readonly BigInteger Ln2 = Enumerable.Range(1, Bits).Aggregate(BigInteger.Zero, (sum, k) => sum + (One >> k) / k);

    // 2 / √π.
    private static readonly BigInteger TwoOverRootPi =
        BigInteger.Parse(
            "1128379167095512573896158903121545171688101258657997713688171443421284936882986828973487320404214726",
            CultureInfo.InvariantCulture)
        * One / BigInteger.Pow(10, 99);

    // Machin 1706: π = 16 arctan 1/5 − 4 arctan 1/239.
    private static readonly BigInteger Tau = 2 * (16 * ArcTangentOfInverse(5) - 4 * ArcTangentOfInverse(239));

    /// <summary>The function of that name in <see cref="LaneFunctions"/>. Arguments at least 1e-40 in size, or 0.</summary>
    public static Fraction Value(string name, double x)
    {
        switch (name)
        {
            case "Exp": return Exp(Fixed(x));
            case "ExpMinusOne": (BigInteger p, BigInteger q) = Exp(Fixed(x)); return new(p - q, q);
            case "Sigmoid": (p, q) = Exp(Fixed(x)); return new(p, p + q);
            case "Tanh": (p, q) = Exp(Fixed(x) * 2); return new(p - q, p + q);
            case "LogOnePlus": return LogOnePlus(new(Fixed(x), One));
            case "Softplus":
                (p, q) = LogOnePlus(Exp(-BigInteger.Abs(Fixed(x))));
                return x > 0 ? new(p * One + Fixed(x) * q, q * One) : new(p, q);
            case "Erf": return Erf(Fixed(x));
            case "CosineOfTurns": return new(Sine(Fixed(x) + One / 4), One);
            case "SineOfTurns": return new(Sine(Fixed(x)), One);
            default: throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such function.");
        }
    }

    /// <summary>value · 2^1074, which is whole for every finite double.</summary>
    internal static BigInteger WholeMultiple(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value), mantissa = bits & ((1L << 52) - 1);
        int exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger size = exponent == 0 ? mantissa : new BigInteger(mantissa | (1L << 52)) << (exponent - 1);
        return bits < 0 ? -size : size;
    }

    private static BigInteger Fixed(double x) => WholeMultiple(x) >> (1074 - Bits);

    /// <summary>x = n ln 2 + r; e^r by its Taylor series.</summary>
    private static Fraction Exp(BigInteger x)
    {
        var n = (int)((2 * x + Ln2) / (2 * Ln2));
        BigInteger r = x - n * Ln2, term = One, sum = One;
        for (int k = 1; !term.IsZero; k++)
        {
            term = term * r / One / k;
            sum += term;
        }
        return n >= 0 ? new(sum << n, One) : new(sum, One << -n);
    }

    /// <summary>ln(1 + u) = 2 artanh(u / (2 + u)) for u in [0, 1], with as many significant bits for small u as for large.</summary>
    private static Fraction LogOnePlus(Fraction u)
    {
        var bits = (int)(Bits + u.Denominator.GetBitLength() - u.Numerator.GetBitLength());
        BigInteger s = (u.Numerator << bits) / (2 * u.Denominator + u.Numerator), square = (s * s) >> bits, sum = BigInteger.Zero;
        for (int k = 1; !s.IsZero; k += 2)
        {
            sum += s / k;
            s = (s * square) >> bits;
        }
        return new(2 * sum, BigInteger.One << bits);
    }

    private static BigInteger ArcTangentOfInverse(int n)
    {
        BigInteger power = One / n, sum = power;
        for (int k = 1; !power.IsZero; k++)
        {
            power /= n * n;
            sum += (k % 2 == 0 ? power : -power) / (2 * k + 1);
        }
        return sum;
    }

    /// <summary>sin 2πx by its Taylor series; whole turns do not count.</summary>
    private static BigInteger Sine(BigInteger turns)
    {
        turns -= (2 * turns + One >> Bits + 1) * One;
        BigInteger angle = turns * Tau / One, square = angle * angle / One, term = angle, sum = angle;
        for (int k = 2; !term.IsZero; k += 2)
        {
            term = -term * square / One / (k * (k + 1));
            sum += term;
        }
        return sum;
    }

    /// <summary>erf x = 2/√π · e^−x² · Σ 2^k x^(2k+1) / (1 · 3 ⋯ (2k+1)); all terms have the sign of x.</summary>
    private static Fraction Erf(BigInteger x)
    {
        BigInteger square = x * x / One, term = x, sum = x;
        for (int k = 1; !term.IsZero; k++)
        {
            term = term * square / One * 2 / (2 * k + 1);
            sum += term;
        }
        (BigInteger p, BigInteger q) = Exp(-square);
        return new(p * sum * TwoOverRootPi, q * One * One);
    }
}
