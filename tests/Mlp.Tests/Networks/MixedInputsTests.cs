using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Tests.Networks;

public class MixedInputsTests
{
    private static readonly Layer[] Layers = [Layer.Dense(5, Activation.Tanh), Layer.Dense(1)];

    [Fact]
    public void Gradients_AreThoseOfTheLoss()
    {
        RowTable<double> rows = Mixed.Rows<double>(rowCount: 30, seed: 1);
        var network = Mixed.Network<double>(Layers, seed: 3);
        GradientCheckResult result = GradientCheck.Run(network, rows, Loss.SquaredError);
        Assert.InRange(result.MaxRelativeDifference, 0, 1e-8);
        Assert.Equal(
            ["values of missing numbers (2)", "embedding of unknown values of category 1 (3)",
                "embedding of unknown values of category 2 (2)", "embedding of unknown values of category 3 (1)",
                "embedding of unknown values of category 4 (2)", "embedding of unknown values of category 5 (2)",
                "embedding of unknown values of category 6 (1)", "embedding of category 1 (4 x 3)", "embedding of category 2 (2 x 2)",
                "embedding of category 3 (2 x 1)", "embedding of category 4 (4 x 2)", "embedding of category 5 (12 x 2)",
                "embedding of category 6 (2 x 1)",
                "weights of the sparse slots (40 x 5)"],
            network.Parameters.Tensors.Skip(4).Select(tensor => tensor.Name));
        Assert.All(result.Tensors, tensor => Assert.InRange(tensor.RelativeDifference, 0, 1e-6));
    }

    [Fact]
    public void Gradients_BehindAPeriodicEmbedding_AreThoseOfTheLoss()
    {
        RowTable<double> rows = Mixed.Rows<double>(rowCount: 20, seed: 2);
        var network = Mixed.Network<double>([Layer.PeriodicEmbedding([0, 1], frequencies: 4, outputs: 2), .. Layers], seed: 4);
        Assert.InRange(GradientCheck.Run(network, rows, Loss.SquaredError).MaxRelativeDifference, 0, 1e-7);
    }

    [Fact]
    public void SparseSlots_TrainedByPlainDescent_GiveTheBitsOfADenseCopy()
    {
        var random = new Random(5);
        float[][] vectors = [.. Enumerable.Range(0, 200).Select(_ => Mixed.Vector<float>(random)[(Mixed.NumberCount + 6)..])];
        float[] targets = [.. vectors.Select(vector => vector[0] - vector[1])];
        var layout = new FeatureLayout
        {
            SlotCount = Mixed.SparseCount,
            NumberSlots = [],
            SparseSlots = [.. Enumerable.Range(0, Mixed.SparseCount)],
        };
        var builder = new FeatureTableBuilder<float>(layout, expectedRowCount: null);
        foreach (float[] vector in vectors)
            builder.Add(isDense: true, [], vector, [], hasMissing: false);
        var sparseRows = new RowTable<float>(builder.ToTable(), new RowBlocks<float>(targets, 1));
        var denseRows = new DenseRows<float>((float[])[.. vectors.SelectMany(vector => vector)], targets, Mixed.SparseCount);
        var sparse = Network<float>.Create(new InputDescription(0) { SparseCount = Mixed.SparseCount }, Layers, seed: 6);
        var dense = Network<float>.Create(Mixed.SparseCount, Layers, seed: 6);
        var settings = new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd { LearningRate = 0.05 },
            NumberOfEpochs = 7,
            BatchSize = 16,
            Seed = 8,
        };

        TrainingResult sparseResult = Trainer.Fit(sparse, sparseRows, settings), denseResult = Trainer.Fit(dense, denseRows, settings);

        Assert.Equal(denseResult.History.Select(report => report.Loss), sparseResult.History.Select(report => report.Loss));
        Span<float> table = sparse.Layers[0].SparseWeights, weights = dense.Layers[0].Weights;
        for (int slot = 0; slot < Mixed.SparseCount; slot++)
        {
            for (int unit = 0; unit < 5; unit++)
                Assert.Equal(weights[unit * Mixed.SparseCount + slot], table[slot * 5 + unit]);
        }
        Assert.Equal(dense.Layers[1].Weights.ToArray(), sparse.Layers[1].Weights.ToArray());
    }

    public static TheoryData<Optimizer> Optimizers =>
        [new Sgd { Momentum = 0.9 }, new Adam(), new AdamW(), new NAdam(), new RmsProp(), new Adagrad(), new Adadelta(), new Lbfgs()];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EveryOptimizer_LearnsFromMixedRows(Optimizer optimizer)
    {
        RowTable<float> rows = Mixed.Rows<float>(rowCount: 200, seed: 9);
        var network = Mixed.Network<float>(Layers, seed: 10);
        var settings = new TrainingSettings { Loss = Loss.SquaredError, Optimizer = optimizer, NumberOfEpochs = 30, Seed = 11 };
        TrainingResult result = Trainer.Fit(network, rows, settings);
        Assert.InRange(result.History[^1].Loss, 0, 0.8 * result.History[0].Loss);
    }

    [Fact]
    public void RowsOfATable_WithoutARowOfTheBatch_StayAsTheyAre()
    {
        float[] first = new float[Mixed.SlotCount], second = new float[Mixed.SlotCount];
        first[Mixed.NumberCount + 1] = first[Mixed.NumberCount + 6 + 3] = 1;
        second[Mixed.NumberCount + 1] = second[Mixed.NumberCount + 6 + 7] = 1;
        var rows = new RowTable<float>(Mixed.Table([first, second]), new RowBlocks<float>([1, 2], 1));
        var network = Mixed.Network<float>(Layers, seed: 12);
        float[] table = network.Encoder!.Table(0).ToArray(), sparse = network.Layers[0].SparseWeights.ToArray();
        var settings = new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Adam { WeightDecay = 0.1 },
            L2Regularization = 0.1,
            NumberOfEpochs = 3,
            BatchSize = 1,
            CategoryDropoutRate = 0,
        };

        Trainer.Fit(network, rows, settings);

        float[] tableAfter = network.Encoder.Table(0).ToArray(), sparseAfter = network.Layers[0].SparseWeights.ToArray();
        Assert.Equal(
            [1], Enumerable.Range(0, 4).Where(value => !table.AsSpan(value * 3, 3).SequenceEqual(tableAfter.AsSpan(value * 3, 3))));
        Assert.Equal(
            [3, 7], Enumerable.Range(0, Mixed.SparseCount)
                .Where(slot => !sparse.AsSpan(slot * 5, 5).SequenceEqual(sparseAfter.AsSpan(slot * 5, 5))));
    }

    [Fact]
    public void Threads_ChangeNoBit()
    {
        Assert.Equal(Train(threadCount: 1), Train(threadCount: 3));

        static float[] Train(int threadCount)
        {
            var network = Mixed.Network<float>([Layer.Dense(300, Activation.Relu), Layer.Dense(1)], seed: 13);
            var settings = new TrainingSettings
            {
                Loss = Loss.SquaredError,
                NumberOfEpochs = 3,
                NumberOfThreads = threadCount,
            };
            Trainer.Fit(network, Mixed.Rows<float>(rowCount: 400, seed: 14), settings);
            return network.Parameters.Values.ToArray();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    public void SparseProducts_AreThoseOfTheLoop(int unitCount)
    {
        var random = new Random(15);
        float[] weights = [.. Enumerable.Range(0, 50 * unitCount).Select(_ => random.NextSingle() - 0.5f)];
        int[] slots = [2, 3, 17, 49];
        float[] values = [0.5f, -2, 1e-3f, 7], sums = [.. Enumerable.Range(0, unitCount).Select(unit => (float)unit)];
        float[] expected = [.. sums];
        for (int unit = 0; unit < unitCount; unit++)
        {
            for (int index = 0; index < slots.Length; index++)
                expected[unit] = float.MultiplyAddEstimate(values[index], weights[slots[index] * unitCount + unit], expected[unit]);
        }
        SparseProduct.Add(slots, values, weights, sums);
        Assert.Equal(expected, sums);

        float[] gradients = [.. Enumerable.Range(0, unitCount).Select(unit => 3f * unit)], before = [.. gradients];
        SparseProduct.AddGradient(0.3f, sums, gradients, isFirst: false);
        Assert.Equal(before.Zip(sums, (gradient, delta) => float.MultiplyAddEstimate(delta, 0.3f, gradient)), gradients);
        SparseProduct.AddGradient(0.3f, sums, gradients, isFirst: true);
        Assert.Equal(sums.Select(delta => delta * 0.3f), gradients);
    }
}
