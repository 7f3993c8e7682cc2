namespace Mlp.Tests.Training;

public class MemoryEstimateTests
{
    private static readonly Layer[] Layers = [Layer.Dense(20), Layer.Dense(5) with { HasBiases = false }];

    private static readonly TrainingSettings Settings = new() { Loss = Loss.SquaredError, BatchSize = 50 };

    // 10 x 20 weights, 20 biases, 20 x 5 weights.
    private const int ParameterCount = 320;

    [Theory]
    [MemberData(nameof(StateLengths))]
    public void Parameters_AreCounted_WithGradientsAndWhatTheOptimizerKeeps(Optimizer optimizer, int stateBytes)
    {
        MemoryEstimate estimate = Of(Settings with { Optimizer = optimizer, BatchSize = null });
        Assert.Equal(ParameterCount, estimate.ParameterCount);
        Assert.Equal(ParameterCount * (8 + stateBytes), estimate.ParameterBytes);
        Assert.Equal(ParameterCount * (12 + stateBytes), Of(
            Settings with { Optimizer = optimizer, BatchSize = null, EarlyStopping = new() }).ParameterBytes);
    }

    public static TheoryData<Optimizer, int> StateLengths => new()
    {
        { new Sgd(), 4 }, { new Adam(), 8 }, { new Adam { AmsGrad = true }, 12 }, { new AdamW(), 8 }, { new NAdam(), 8 },
            { new RmsProp(), 8 },
        { new RmsProp { Centered = true }, 12 }, { new Adagrad(), 4 }, { new Adadelta(), 8 }, { new Lbfgs(), 24 * 8 },
            { new Lbfgs { Memory = int.MaxValue }, 204 * 8 },
    };

    [Fact]
    public void Batches_AreCounted_OfTrainingAndValidation()
    {
        // Of a row: 10 inputs, 5 targets, weight and loss; three numbers of each of 25 units, with dropout or without.
        const int PerRow = 10 + 5 + 2 + 3 * 25, Order = 1000 * 4;
        Assert.Equal((50, 50 * PerRow * 4 + Order), (Of(Settings).BatchRowCount, Of(Settings).BatchBytes));
        Assert.Equal(50 * PerRow * 4 + Order, Of(Settings with { DropoutRates = [0.5] }).BatchBytes);
        Assert.Equal(1000 * PerRow * 4 + Order, Of(Settings with { BatchSize = TrainingSettings.FullBatch }).BatchBytes);
        Assert.Equal(1000 * PerRow * 4 + Order, Of(Settings with { BatchSize = null, Optimizer = new Lbfgs() }).BatchBytes);
        var validated = MemoryEstimate.OfTraining<float>(10, Layers, 1000, validationRowCount: 2000, Settings);
        Assert.Equal((50 + 512) * PerRow * 4 + Order, validated.BatchBytes);
        Assert.Equal(2 * (50 * PerRow * 4) + Order, MemoryEstimate.OfTraining<double>(10, Layers, 1000, 0, Settings).BatchBytes);
    }

    [Fact]
    public void AnEmbedding_IsCounted_WithItsWaves()
    {
        Layer[] layers = [Layer.PeriodicEmbedding([1, 4, 7], frequencies: 8, outputs: 2), .. Layers];
        MemoryEstimate plain = Of(Settings), estimate = MemoryEstimate.OfTraining<float>(10, layers, 1000, 0, Settings);
        // Of each column 8 frequencies, 8 phases, 16 weights, 2 biases; 6 more inputs of 20 units.
        Assert.Equal(plain.ParameterCount + 3 * 34 + 6 * 20, estimate.ParameterCount);
        Assert.Equal(Network<float>.Create(10, layers).Parameters.Length, estimate.ParameterCount);
        // Of a row, the 16 numbers and what the loss changes by them, and 24 cosines and sines.
        Assert.Equal(plain.BatchBytes + 50 * 2 * (16 + 24) * 4, estimate.BatchBytes);
    }

    [Fact]
    public void AnEnsemble_IsCounted_ByWhatIsTrainedSideBySide()
    {
        TrainingSettings two = Settings with { NumberOfThreads = 2, EarlyStopping = new() };
        var ensemble = new EnsembleSettings { NumberOfNetworks = 5, RefitOnAllRows = true, CalibrateProbabilities = true };
        MemoryEstimate alone = MemoryEstimate.OfTraining<float>(10, Layers, 1000, 1000, two),
            estimate = MemoryEstimate.OfTraining<float>(10, Layers, 1000, 0, two, ensemble);
        // Ten networks, eight of which are not being trained.
        Assert.Equal(2 * alone.ParameterBytes + 8 * 4 * ParameterCount, estimate.ParameterBytes);
        // The order of the rows for two, the selected rows for five, and each row's outputs, targets and weight, once held out.
        Assert.Equal(2 * (alone.BatchBytes - 1000 * 4) + (2 + 5) * 1000 * 4 + 1000 * 11 * 4, estimate.BatchBytes);
        var validated = MemoryEstimate.OfTraining<float>(10, Layers, 1000, 1000, two, ensemble);
        Assert.Equal(2 * alone.ParameterBytes + 3 * 4 * ParameterCount, validated.ParameterBytes);
        Assert.Equal(2 * alone.BatchBytes + 5 * 1000 * 11 * 4, validated.BatchBytes);
    }

    [Fact]
    public void Data_IsAdded()
    {
        MemoryEstimate both = Of(Settings).With(MemoryEstimate.OfData<float>(1000, inputCount: 10, targetCount: 5, hasWeights: true));
        Assert.Equal(1000 * 16 * 4, both.DataBytes);
        Assert.Equal(both.DataBytes + both.ParameterBytes + both.BatchBytes, both.TotalBytes);
        Assert.Equal(9.223372036854775807e18 * 3 * 4, MemoryEstimate.OfData<float>(long.MaxValue, 2, 1, hasWeights: false).DataBytes);
    }

    [Fact]
    public void Check_ComparesWithWhatThereIs()
    {
        MemoryEstimate estimate = Of(Settings);
        estimate.Check();
        estimate.Check(estimate.TotalBytes);
        Assert.Equal(
            "Training needs about 27.5 KB: 5.1 KB for 320 parameters, their gradients and the optimizer, 22.4 KB for batches of 50 rows. "
                + "This process can use 27.0 KB. Set a smaller BatchSize, or use smaller hidden layers.",
            Assert.Throws<NotEnoughMemoryException>(() => estimate.Check(27_000)).Message);
        Assert.InRange(MemoryEstimate.AvailableBytes, 1e6, 1e15);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Fit_AllocatesAboutWhatIsEstimated(TrainingSettings settings, int validationRowCount)
    {
        const int Inputs = 300, RowCount = 1000;
        settings = settings with { NumberOfEpochs = 1, NumberOfThreads = 1 };
        Layer[] layers = [Layer.PeriodicEmbedding([3, 5, 7], frequencies: 200), Layer.Dense(400, Activation.Tanh), Layer.Dense(10)];
        var network = Network<float>.Create(Inputs, layers);
        DenseRows<float> rows = Rows(RowCount);
        DenseRows<float>? validation = validationRowCount == 0 ? null : Rows(validationRowCount);
        var estimate = MemoryEstimate.OfTraining<float>(Inputs, layers, RowCount, validationRowCount, settings);
        Assert.Equal(network.Parameters.Length, estimate.ParameterCount);

        // The network is there already.
        double expected = estimate.TotalBytes - network.Parameters.Length * sizeof(float);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Trainer.Fit(network, rows, validation, settings);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // Not counted are the panels that products are packed into, and small things.
        Assert.InRange(allocated, 0.8 * expected, expected + 4e6);

        static DenseRows<float> Rows(int rowCount) => new(new float[rowCount * Inputs], new float[rowCount * 10], Inputs, targetCount: 10);
    }

    public static TheoryData<TrainingSettings, int> Trainings => new()
    {
        { Settings with { BatchSize = TrainingSettings.FullBatch }, 0 },
        { Settings with { BatchSize = 900, DropoutRates = [0.5], EarlyStopping = new() }, 600 },
        { Settings with { BatchSize = null, Optimizer = new Lbfgs { MaximumLineSearchSteps = 1 } }, 0 },
    };

    [Fact]
    public void Fit_OfABatchThatDoesNotFit_IsRefused()
    {
        // Nothing is allocated: the rows exist in their number alone.
        var network = Network<float>.Create(2_000, [Layer.Dense(1)]);
        var exception = Assert.Throws<NotEnoughMemoryException>(
            () => Trainer.Fit(network, new ManyRows(), Settings with { BatchSize = TrainingSettings.FullBatch }));
        Assert.StartsWith("Training needs about 17,", exception.Message);
        Assert.EndsWith(
            "All rows are one batch: set a smaller BatchSize, with another optimizer than Lbfgs, or use smaller hidden layers.",
            exception.Message);
    }

    private static MemoryEstimate Of(TrainingSettings settings) => MemoryEstimate.OfTraining<float>(10, Layers, 1000, 0, settings);

    private sealed class ManyRows : IRowSource<float>
    {
        public int RowCount => int.MaxValue;

        public int InputCount => 2_000;

        public int TargetCount => 1;

        public void Read(ReadOnlySpan<int> rowIndices, Span<float> inputs, Span<float> targets, Span<float> exampleWeights) =>
            Assert.Fail("Training has begun.");
    }
}
