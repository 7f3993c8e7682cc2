namespace Mlp.Tests.Optimizers;

/// <summary>An ε that Single cannot hold is still above 0: a parameter without gradient stays where it is.</summary>
public class TinyEpsilonTests
{
    public static TheoryData<Optimizer> Optimizers =>
    [
        new Adam { Epsilon = 1e-300 }, new Adam { Epsilon = 1e-300, AmsGrad = true }, new AdamW { Epsilon = 1e-300, WeightDecay = 0 },
            new NAdam { Epsilon = 1e-300 },
        new RmsProp { Epsilon = 1e-300 }, new RmsProp { Epsilon = 1e-300, Centered = true }, new Adagrad { Epsilon = 1e-300 },
            new Adadelta { Epsilon = 1e-300 },
    ];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Step_WithoutGradient_ChangesNothing(Optimizer optimizer)
    {
        optimizer.Validate();
        float[] parameters = [1, -2];
        optimizer.CreateState<float>(2).Step(parameters, [0, 0], new(optimizer.LearningRate), 1);
        Assert.Equal([1, -2], parameters);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Step_WithAGradientWhoseSquareIsNoNormalNumber_ChangesNothing(Optimizer optimizer)
    {
        // Its mean square would be 0 or wrong, and ε is no bound.
        float[] parameters = [1, -2, 3];
        optimizer.CreateState<float>(3).Step(parameters, [1e-25f, -1e-19f, 1e-40f], new(optimizer.LearningRate), 1);
        Assert.Equal([1, -2, 3], parameters);
    }
}
