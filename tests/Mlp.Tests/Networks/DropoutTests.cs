using Mlp.Networks;
using Mlp.State;

namespace Mlp.Tests.Networks;

public class DropoutTests
{
    private static readonly double[] Features = [.. Enumerable.Range(0, 24).Select(index => Math.Sin(1 + 1.7 * index))];
    private static readonly double[] Targets = [.. Enumerable.Range(0, 8).Select(index => Math.Cos(index))];

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Apply_DropsTheGivenPart_AndKeepsTheMean(double rate)
    {
        const int Count = 100_000;
        var dropout = new Dropout<double>([rate], new RandomSource(1));
        double[] outputs = [.. Enumerable.Repeat(1.0, Count)];

        dropout.Apply(0, outputs, new double[Count]);

        // Five standard errors of a fraction of 100,000 draws.
        double error = 5 * Math.Sqrt(rate * (1 - rate) / Count);
        Assert.Equal(rate, outputs.Count(value => value == 0) / (double)Count, error);
        Assert.Equal(1, outputs.Average(), error / (1 - rate));
        Assert.Equal(2, outputs.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000)]
    public void Apply_DropsWhatTheRandomNumbersSay_OneAfterTheOther(int count)
    {
        foreach (double rate in (double[])[0, 0.1, 0.5, 0.999_999])
        {
            var random = new RandomSource(5);
            var inFloat = new Dropout<float>([rate], new RandomSource(5));
            var inDouble = new Dropout<double>([rate], new RandomSource(5));
            double threshold = Math.Round(rate * 65536);

            for (int draw = 0; draw < 2; draw++)
            {
                float[] floats = [.. Enumerable.Repeat(1f, count)];
                double[] doubles = [.. Enumerable.Repeat(1.0, count)];
                inFloat.Apply(0, floats, new float[count]);
                inDouble.Apply(0, doubles, new double[count]);

                ulong number = 0;
                for (int index = 0; index < count; index++, number >>= 16)
                {
                    if (index % 4 == 0)
                        number = random.NextUInt64();
                    double factor = (ushort)number < threshold ? 0 : 65536 / (65536 - threshold);
                    Assert.Equal(factor, doubles[index], 1e-9 * factor);
                    Assert.Equal((float)doubles[index], floats[index]);
                }
            }
        }
    }

    [Fact]
    public void Apply_MultipliesTheSlopesByTheSameFactors()
    {
        var dropout = new Dropout<double>([0.5], new RandomSource(7));
        double[] activations = [.. Enumerable.Range(1, 67).Select(index => (double)index)],
            slopes = [.. activations.Select(value => 3 * value)];

        dropout.Apply(0, activations, slopes);

        Assert.Contains(0, activations);
        Assert.Equal([.. activations.Select(value => 3 * value)], slopes);
    }

    [Theory]
    [InlineData(Activation.Tanh, Activation.Sigmoid)]
    [InlineData(Activation.Silu, Activation.Identity)]
    public void Gradient_WithTheSameDraws_MatchesCentralDifferences(Activation first, Activation second)
    {
        var network = Network<double>.Create(3, [Layer.Dense(6, first), Layer.Dense(4, second), Layer.Dense(1)], seed: 2);
        double[] weights = [.. Enumerable.Repeat(1.0, 8)], gradients = new double[network.Parameters.Length];
        double LossNow()
        {
            var dropout = new Dropout<double>([0.4, 0.25], new RandomSource(3));
            using var backpropagation = new Backpropagation<double>(
                network, Loss.SquaredError, LossReduction.Mean, 8, threadCount: 1, dropout);
            double loss = backpropagation.Compute(Features, Targets, weights).Loss;
            backpropagation.Gradients.CopyTo(gradients);
            return loss;
        }
        LossNow();
        double[] analytic = [.. gradients];

        for (int index = 0; index < analytic.Length; index++)
        {
            const double Step = 1e-6;
            double original = network.Parameters.Values[index];
            network.Parameters.Values[index] = original + Step;
            double above = LossNow();
            network.Parameters.Values[index] = original - Step;
            double below = LossNow();
            network.Parameters.Values[index] = original;
            Assert.Equal((above - below) / (2 * Step), analytic[index], 1e-8);
        }
    }

    [Fact]
    public void Fit_IsRepeatable_AndRateZeroChangesNothing()
    {
        Assert.Equal(Trained(0.3), Trained(0.3));
        Assert.NotEqual(Trained(0.3), Trained());
        Assert.Equal(Trained(), Trained(0));
    }

    [Fact]
    public void Fit_WithAnotherNumberOfRatesThanHiddenLayers_SaysBoth()
    {
        var exception = Assert.Throws<ArgumentException>(() => Trained(0.1, 0.2, 0.3));

        Assert.Contains("DropoutRates has 3 values for 2 hidden layers", exception.Message);
    }

    [Fact]
    public void Validate_RefusesARateOfOne()
    {
        var settings = new TrainingSettings { Loss = Loss.SquaredError, DropoutRates = [0.5, 1] };

        Assert.Contains(
            "DropoutRates[1] is 1; it must be in [0, 1)", Assert.Throws<ArgumentOutOfRangeException>(settings.Validate).Message);
    }

    private static double[] Trained(params double[] rates)
    {
        var network = Network<double>.Create(
            3, [Layer.Dense(6, Activation.Relu), Layer.Dense(4, Activation.Relu), Layer.Dense(1)], seed: 2);
        Trainer.Fit(
            network,
            new DenseRows<double>(Features, Targets, inputCount: 3),
            new TrainingSettings { Loss = Loss.SquaredError, NumberOfEpochs = 20, BatchSize = 3, DropoutRates = rates });
        return network.Parameters.Values.ToArray();
    }
}
