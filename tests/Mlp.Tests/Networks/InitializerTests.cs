using Mlp.State;

namespace Mlp.Tests.Networks;

public class InitializerTests
{
    private const int FanIn = 200, FanOut = 300;

    public static TheoryData<string, double, bool> Variances => new()
    {
        { nameof(Initializer.GlorotUniform), 2.0 / (FanIn + FanOut), false },
        { nameof(Initializer.GlorotNormal), 2.0 / (FanIn + FanOut), true },
        { nameof(Initializer.HeUniform), 2.0 / FanIn, false },
        { nameof(Initializer.HeNormal), 2.0 / FanIn, true },
        { nameof(Initializer.LeCunUniform), 1.0 / FanIn, false },
        { nameof(Initializer.LeCunNormal), 1.0 / FanIn, true },
    };

    [Theory]
    [MemberData(nameof(Variances))]
    public void Fill_HasMeanZero_AndTheVarianceOfItsFans(string name, double variance, bool normal)
    {
        double[] values = Draw(ByName(name));

        // 60,000 values: the mean's standard error is σ / 245, the variance's at most σ² √2 / 245. Allowed are four.
        Assert.Equal(0, values.Average(), 4 * Math.Sqrt(variance) / 245);
        Assert.Equal(variance, values.Average(value => value * value), 4 * variance * Math.Sqrt(2) / 245);
        // A uniform variable ends at √3 σ; of 60,000 normal ones some pass 3.5 σ.
        double largest = values.Max(Math.Abs) / Math.Sqrt(variance);
        if (normal)
            Assert.InRange(largest, 3.5, 6);
        else
            Assert.InRange(largest, 0.999 * Math.Sqrt(3), Math.Sqrt(3));
    }

    [Fact]
    public void Fill_UniformNormalConstantZero_TakeTheirParameters()
    {
        double[] uniform = Draw(Initializer.Uniform(-1, 3));
        Assert.All(uniform, value => Assert.InRange(value, -1, 3));
        Assert.Equal(1, uniform.Average(), 0.02);
        double[] normal = Draw(Initializer.Normal(0.5));
        Assert.Equal(0.25, normal.Average(value => value * value), 0.006);
        Assert.All(Draw(Initializer.Constant(0.125)), value => Assert.Equal(0.125, value));
        Assert.All(Draw(Initializer.Zero), value => Assert.Equal(0, value));
        Assert.All(Draw(Initializer.Normal(0)), value => Assert.Equal(0, value));
        Assert.All(Draw(Initializer.Uniform(2, 2)), value => Assert.Equal(2, value));
    }

    [Theory]
    [InlineData(Activation.Relu, "HeNormal")]
    [InlineData(Activation.LeakyRelu, "HeNormal")]
    [InlineData(Activation.Elu, "HeNormal")]
    [InlineData(Activation.Gelu, "HeNormal")]
    [InlineData(Activation.Silu, "HeNormal")]
    [InlineData(Activation.Mish, "HeNormal")]
    [InlineData(Activation.Selu, "LeCunNormal")]
    [InlineData(Activation.Tanh, "GlorotUniform")]
    [InlineData(Activation.Sigmoid, "GlorotUniform")]
    [InlineData(Activation.Identity, "GlorotUniform")]
    [InlineData(Activation.Softplus, "GlorotUniform")]
    public void DefaultFor_FollowsTheActivation_AndNetworksUseIt(Activation activation, string name)
    {
        Assert.Equal(ByName(name), Initializer.DefaultFor(activation));
        var byDefault = Network<double>.Create(3, [Layer.Dense(4, activation)], seed: 8);
        var explicitly = Network<double>.Create(3, [Layer.Dense(4, activation) with { WeightInitializer = ByName(name) }], seed: 8);
        Assert.Equal(explicitly.Parameters.Values.ToArray(), byDefault.Parameters.Values.ToArray());
    }

    [Fact]
    public void ToString_HasNameAndParameters()
    {
        Assert.Equal("HeNormal", Initializer.HeNormal.ToString());
        Assert.Equal("Uniform(-1, 0.5)", Initializer.Uniform(-1, 0.5).ToString());
        Assert.Equal("Normal(0.1)", Initializer.Normal(0.1).ToString());
        Assert.Equal("Constant(2)", Initializer.Constant(2).ToString());
    }

    [Fact]
    public void Parameters_OutOfRange_AreNamed()
    {
        Assert.StartsWith(
            "maximum is 1; it must be at least minimum, 2.",
            Assert.Throws<ArgumentOutOfRangeException>("maximum", () => Initializer.Uniform(2, 1)).Message);
        Assert.StartsWith(
            "minimum is NaN; it must be finite.",
            Assert.Throws<ArgumentOutOfRangeException>("minimum", () => Initializer.Uniform(double.NaN, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => Initializer.Uniform(0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => Initializer.Normal(-1));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => Initializer.Normal(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => Initializer.Constant(double.NegativeInfinity));
    }

    [Fact]
    public void NumbersThatThePrecisionCannotHold_AreRefused()
    {
        AssertRefused<float>(
            "The initializer Constant(1E+39) draws 1E+39, which Single cannot hold. Give it smaller numbers.", Initializer.Constant(1e39));
        AssertRefused<float>("The initializer Normal(1E+300) draws", Initializer.Normal(1e300));
        AssertRefused<double>(
            "The initializer Uniform(-1.7E+308, 1.7E+308) draws Infinity, which Double", Initializer.Uniform(-1.7e308, 1.7e308));
        _ = Network<double>.Create(1, [Layer.Dense(1) with { WeightInitializer = Initializer.Constant(1e39) }]);

        static void AssertRefused<T>(string message, Initializer initializer)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(
                () => Network<T>.Create(1, [Layer.Dense(1) with { WeightInitializer = initializer }])).Message);
    }

    private static Initializer ByName(string name) => (Initializer)typeof(Initializer).GetProperty(name)!.GetValue(null)!;

    private static double[] Draw(Initializer initializer)
    {
        var values = new double[FanIn * FanOut];
        initializer.Fill<double>(values, FanIn, FanOut, new RandomSource(1));
        return values;
    }
}
