using System.Numerics;
using Mlp.Activations;
using Mlp.Losses;
using Mlp.Numerics;

namespace Mlp.Tests.Numerics;

/// <summary>No operation inside a function of the engine meets a subnormal number, however far into its tails the argument is.</summary>
public class SubnormalArithmeticTests
{
    public static TheoryData<string> Names => [.. Functions<float>().Keys];

    private delegate void Function<T>(WatchedLanes<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void NoOperation_TakesOrGivesASubnormalNumber(string name)
    {
        // Twice as far as the exponential reaches.
        Watch<float>(name, end: 210);
        Watch<double>(name, end: 1500);
    }

    [Fact]
    public void WatchedLanes_SeeASubnormalNumber()
    {
        WatchedLanes<float> small = WatchedLanes<float>.Create(1e-25f), one = WatchedLanes<float>.Create(1);
        _ = small * one + one;
        Assert.Null(WatchedLanes<float>.TakeNote());
        _ = small * small;
        Assert.Equal("1E-25 * 1E-25 = 0", WatchedLanes<float>.TakeNote());
        _ = one - WatchedLanes<float>.Create(1e-40f);
        Assert.StartsWith("1 - 1E-40", WatchedLanes<float>.TakeNote());
    }

    private static void Watch<T>(string name, double end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int PointCount = 4_000;
        Function<T> function = Functions<T>()[name];
        for (int index = -PointCount; index <= PointCount; index++)
        {
            double x = index * end / PointCount;
            function(WatchedLanes<T>.Create(T.CreateTruncating(x)));
            if (WatchedLanes<T>.TakeNote() is { } note)
                Assert.Fail($"{name} of {x} in {typeof(T).Name}: {note}");
        }
    }

    private static Dictionary<string, Function<T>> Functions<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            ["Exp"] = x => LaneMath.Exp<WatchedLanes<T>, T>(x),
            ["ExpOrZero"] = x => LaneMath.ExpOrZero<WatchedLanes<T>, T>(-WatchedLanes<T>.Abs(x)),
            ["ExpMinusOne"] = x => LaneMath.ExpMinusOne<WatchedLanes<T>, T>(x),
            ["Sigmoid link"] = x => LaneMath.Sigmoid<WatchedLanes<T>, T>(x),
            ["Erf"] = x => LaneMath.Erf<WatchedLanes<T>, T>(x),
            ["Identity"] = Activate<T, Identity<T>>,
            ["Sigmoid"] = Activate<T, Sigmoid<T>>,
            ["Tanh"] = Activate<T, Tanh<T>>,
            ["Relu"] = Activate<T, Relu<T>>,
            ["LeakyRelu"] = Activate<T, LeakyRelu<T>>,
            ["Elu"] = Activate<T, Elu<T>>,
            ["Selu"] = Activate<T, Selu<T>>,
            ["Gelu"] = Activate<T, Gelu<T>>,
            ["Silu"] = Activate<T, Silu<T>>,
            ["Mish"] = Activate<T, Mish<T>>,
            ["Softplus"] = Activate<T, Softplus<T>>,
            ["SquaredError"] = x => Lose(default(SquaredError<T>), x),
            ["HalfSquaredError"] = x => Lose(default(HalfSquaredError<T>), x),
            ["AbsoluteError"] = x => Lose(default(AbsoluteError<T>), x),
            ["Huber"] = x => Lose(new HuberLoss<T>(T.One), x),
            ["Quantile"] = x => Lose(new QuantileLoss<T>(T.CreateTruncating(0.1)), x),
            ["Poisson"] = x => Lose(default(PoissonLoss<T>), x),
            ["BinaryCrossEntropy"] = x => Lose(default(BinaryCrossEntropy<T>), x),
            ["BinaryFocal"] = x => Lose(new BinaryFocalLoss<T>(T.CreateTruncating(2)), x),
            ["BinaryFocal of little focus"] = x => Lose(new BinaryFocalLoss<T>(T.CreateTruncating(0.3)), x),
        };

    private static void Activate<T, TFunction>(WatchedLanes<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IActivationFunction<T>
    {
        WatchedLanes<T> a = TFunction.Value(z);
        // The next layer's product and the factor of ∂loss/∂a.
        _ = a * a;
        WatchedLanes<T> slope = TFunction.Derivative(z, a);
        _ = slope * slope;
    }

    private static void Lose<T, TLoss>(TLoss loss, WatchedLanes<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoss : struct, IElementLoss<T>
    {
        foreach (double target in (double[])[0, 1, 0.05])
        {
            var y = WatchedLanes<T>.Create(T.CreateTruncating(target));
            loss.Value(output, y);
            loss.Derivative(output, y);
        }
    }
}
