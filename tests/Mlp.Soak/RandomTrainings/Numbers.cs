using FsCheck;
using FsCheck.Fluent;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Numbers that are allowed, the customary ones more often than the extreme ones.</summary>
internal static class Numbers
{
    public static Gen<bool> Flag { get; } = Gen.Elements(true, false);

    /// <summary>Positive and finite.</summary>
    public static Gen<double> Positive { get; } = Mostly(
        [1e-4, 1e-3, 0.01, 0.1, 1],
        [double.Epsilon, 1e-300, 1e-45, 1e-38, 1e-10, 10, 1000, 1e10, 1e20, 1e38, 1e39, 1e300, double.MaxValue]);

    /// <summary>Positive, infinite most of the time.</summary>
    public static Gen<double> Limit { get; } = Gen.Frequency((3, Gen.Constant(double.PositiveInfinity)), (1, Positive));

    /// <summary>At least 0 and finite, 0 most of the time.</summary>
    public static Gen<double> Strength { get; } = Gen.Frequency((3, Gen.Constant(0.0)), (1, Positive));

    /// <summary>In [0, 1).</summary>
    public static Gen<double> Memory { get; } = Mostly(
        [0, 0.5, 0.9, 0.99, 0.999], [double.Epsilon, 1e-20, 1 - 1e-7, 1 - 1e-12, Math.BitDecrement(1)]);

    /// <summary>In (0, 1).</summary>
    public static Gen<double> Part { get; } = Mostly([0.1, 0.3, 0.5, 0.9], [double.Epsilon, 1e-20, 1 - 1e-7, Math.BitDecrement(1)]);

    public static Gen<T> Mostly<T>(T[] customary, T[] extreme) => Gen.Frequency((4, Gen.Elements(customary)), (1, Gen.Elements(extreme)));
}
