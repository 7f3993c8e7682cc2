using System.Numerics;
using Mlp.Activations;
using Mlp.TestSupport;

namespace Mlp.Tests.Activations;

public class ActivationKernelTests
{
    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    // The definitions, word for word, good enough away from the regions where they cancel or overflow.
    private static double Value(Activation activation, double z) => activation switch
    {
        Activation.Identity => z,
        Activation.Sigmoid => 1 / (1 + Math.Exp(-z)),
        Activation.Tanh => Math.Tanh(z),
        Activation.Relu => Math.Max(0, z),
        Activation.LeakyRelu => z > 0 ? z : 0.01 * z,
        Activation.Elu => z > 0 ? z : Math.Exp(z) - 1,
        Activation.Selu => 1.0507009873554804935 * (z > 0 ? z : 1.6732632423543772848 * (Math.Exp(z) - 1)),
        Activation.Gelu => z / 2 * (1 + Erf(z / Math.Sqrt(2))),
        Activation.Silu => z / (1 + Math.Exp(-z)),
        Activation.Mish => z * Math.Tanh(Math.Log(1 + Math.Exp(z))),
        Activation.Softplus => Math.Log(1 + Math.Exp(z)),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void Apply_MatchesTheDefinition_AndTheSlopesItsDerivative(Activation activation)
    {
        double[] z = [.. Enumerable.Range(0, 161).Select(index => (index - 80.3) / 8)];
        double[] a = new double[z.Length], withSlopes = new double[z.Length], slopes = [.. z];
        var kernel = ActivationKernel<double>.Of(activation);
        kernel.Apply(z, a);
        kernel.ApplyWithSlopes(slopes, withSlopes);

        Tolerance.AssertSameBits<double>($"{activation}, with slopes and without", withSlopes, a);
        Tolerance.AssertClose<double>($"{activation}", a, [.. z.Select(x => Value(activation, x))], 1e-14);
        // Step 1e-5: the quotient is good to some 1e-10.
        Tolerance.AssertClose<double>(
            $"{activation} derivative",
            slopes,
            [.. z.Select(x => (Value(activation, x + 1e-5) - Value(activation, x - 1e-5)) / 2e-5)],
            1e-8);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Apply_MayWriteOverItsInput(Activation activation)
    {
        float[] z = GemmChecks.Random<float>(50, seed: 1), a = new float[50];
        var kernel = ActivationKernel<float>.Of(activation);
        kernel.Apply(z, a);
        kernel.Apply(z, z);
        Assert.Equal(a, z);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void HugeArguments_GiveFiniteValuesAndSlopes(Activation activation)
    {
        CheckHuge<double>(activation);
        CheckHuge<float>(activation);
    }

    [Theory]
    [InlineData(Activation.Relu, 0)]
    [InlineData(Activation.LeakyRelu, 0.01)]
    [InlineData(Activation.Elu, 1)]
    [InlineData(Activation.Selu, 1.7580993408473766)]
    public void SlopeAtTheKink_IsTheLeftOne(Activation activation, double slope)
    {
        double[] slopes = [0];
        ActivationKernel<double>.Of(activation).ApplyWithSlopes(slopes, new double[1]);
        Assert.Equal(slope, slopes[0], 1e-15);
    }

    private static void CheckHuge<T>(Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] z = [.. new[] { 1e4, 1e30, -1e4, -1e30 }.Select(T.CreateTruncating)], a = new T[4];
        ActivationKernel<T>.Of(activation).ApplyWithSlopes(z, a);
        Assert.All(a, value => Assert.True(T.IsFinite(value), $"{activation}: {value}"));
        Assert.All(z, slope => Assert.InRange(double.CreateTruncating(slope), -1e-9, 1.0508));
    }

    private static double Erf(double x)
    {
        Fraction exact = x == 0 ? new(0, 1) : ExactMath.Value("Erf", x);
        return (double)(exact.Numerator * BigInteger.Pow(2, 200) / exact.Denominator) / Math.Pow(2, 200);
    }
}
