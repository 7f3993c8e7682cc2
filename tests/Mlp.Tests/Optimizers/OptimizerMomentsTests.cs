using Mlp.Networks;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp.Tests.Optimizers;

public class OptimizerMomentsTests
{
    public static TheoryData<Optimizer> All =>
    [
        new Adam(), new Adam { AmsGrad = true }, new AdamW(), new NAdam(), new Sgd { Momentum = 0.9 }, new RmsProp(), new Adagrad(),
        new Adadelta(),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void TwoTrainings_AreOneThatWentOn(Optimizer optimizer)
    {
        // Full batches in the order of the rows: a training of four epochs, and two of two, of which the second takes the moments of the
        // first.
        Network<double> whole = Create(), parts = Create();
        TrainingSettings settings = new()
        {
            Loss = Loss.SquaredError,
            Optimizer = optimizer,
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            NumberOfEpochs = 4,
            KeepsMoments = true,
        };
        Trainer.Fit(whole, Rows, settings);
        OptimizerMoments first = Trainer.Fit(parts, Rows, settings with { NumberOfEpochs = 2 }).Moments!;
        Assert.Equal(2, first.StepCount);
        OptimizerMoments second = Trainer.Fit(parts, Rows, settings with { NumberOfEpochs = 2, Moments = first }).Moments!;
        Assert.Equal(4, second.StepCount);
        Assert.Equal(whole.Parameters.Values.ToArray(), parts.Parameters.Values.ToArray());

        // Another learning rate is the same optimizer, another memory of gradients is not.
        Network<double> other = Create();
        OptimizerState<double> state = optimizer.CreateState<double>(other.Parameters.Length);
        Assert.Equal(2, first.GiveTo(optimizer with { LearningRate = 0.5 }, state, other.Parameters));
        Assert.Equal(0, first.GiveTo(new Adam { Beta2 = 0.5 }, new Adam().CreateState<double>(other.Parameters.Length), other.Parameters));
    }

    [Fact]
    public void TablesThatHaveGrown_BeginAnew_WhereTheyWereAdded()
    {
        var small = Network<double>.CreateBlank(Inputs(values: 2), embedding: null, [Layer.Dense(1, Activation.Identity)]);
        var large = Network<double>.CreateBlank(Inputs(values: 3), embedding: null, [Layer.Dense(1, Activation.Identity)]);
        var sgd = new Sgd { Momentum = 0.9 };
        OptimizerState<double> from = sgd.CreateState<double>(small.Parameters.Length);
        double[] gradients = [.. Enumerable.Range(1, small.Parameters.Length).Select(index => (double)index)];
        from.Step(small.Parameters.Values, gradients, new StepRates(0.1), step: 1);
        var moments = OptimizerMoments.Of(sgd, from, 1, small.Parameters);

        OptimizerState<double> to = sgd.CreateState<double>(large.Parameters.Length);
        Assert.Equal(1, moments.GiveTo(sgd, to, large.Parameters));
        // A step without a gradient goes where the velocity says.
        to.Step(large.Parameters.Values, new double[large.Parameters.Length], new StepRates(0.1), step: 2);
        foreach ((ParameterTensor before, ParameterTensor after) in small.Parameters.Tensors.Zip(large.Parameters.Tensors))
        {
            for (int index = 0; index < after.Length; index++)
            {
                double expected = index < before.Length ? -0.1 * 0.9 * gradients[before.Offset + index] : 0;
                Assert.Equal(expected, large.Parameters[after][index], precision: 12);
            }
        }
        // The other way round nothing fits.
        Assert.Equal(0, OptimizerMoments.Of(sgd, to, 2, large.Parameters).GiveTo(sgd, from, small.Parameters));
    }

    [Fact]
    public void Moments_AreTheSame_AfterReading()
    {
        OptimizerMoments moments = Trainer.Fit(Create(), Rows, new TrainingSettings
        {
            Loss = Loss.SquaredError,
            NumberOfEpochs = 1,
            KeepsMoments = true,
        }).Moments!;
        using var stream = new MemoryStream();
        moments.Write(new LittleEndianWriter(stream));
        stream.Position = 0;
        var reader = new LittleEndianReader(stream);
        reader.StartBody(stream.Length);
        var read = OptimizerMoments.Read(reader);
        Assert.Equal((moments.Optimizer, moments.StepCount), (read.Optimizer, read.StepCount));
        Assert.Equal(moments.TensorLengths, read.TensorLengths);
        Assert.Equal(moments.State, read.State);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void CutOffState_IsRefused()
    {
        var network = Create();
        OptimizerMoments moments = Trainer.Fit(network, Rows, new TrainingSettings
        {
            Loss = Loss.SquaredError,
            NumberOfEpochs = 1,
            KeepsMoments = true,
        }).Moments!;
        OptimizerMoments damaged = moments with { State = moments.State[..^1] };
        Assert.Throws<ModelFileException>(
            () => damaged.GiveTo(new Adam(), new Adam().CreateState<double>(network.Parameters.Length), network.Parameters));
    }

    private static DenseRows<double> Rows => new((double[])[0.5, -1, 2, 0.25, -0.75, 1.5], (double[])[1, -1, 0.5], 2, 1);

    private static Network<double> Create() =>
        Network<double>.Create(2, [Layer.Dense(3, Activation.Tanh), Layer.Dense(1, Activation.Identity)], seed: 1);

    private static InputDescription Inputs(int values) => new(1) { Categories = [new CategoryDescription(values, Width: 2)] };
}
