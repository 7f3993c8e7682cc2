using Mlp.TestSupport;

namespace Mlp.Tests.Training.Ensembles;

/// <summary>Refits that begin with the networks that they join.</summary>
public class ContinuedRefitTests
{
    private const int RowCount = 80, NetworkCount = 3;

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.BinaryCrossEntropy,
        Optimizer = new Adam { LearningRate = 0.02 },
        Schedule = new CosineAnnealing(),
        NumberOfEpochs = 11,
        BatchSize = 16,
        DropoutRates = [0.2],
        EarlyStopping = new EarlyStopping { Patience = 4 },
        Seed = 5,
        NumberOfThreads = 1,
    };

    private static readonly EnsembleSettings Ensemble = new()
    {
        NumberOfNetworks = NetworkCount,
        ValidationFraction = 0.25,
        RefitOnAllRows = true,
        RefitsContinue = true,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(40, 10)]
    public void Epochs_AreAQuarterOfTheBest_RoundedUp(int best, int expected) =>
        Assert.Equal(expected, EnsembleSettings.EpochsOfContinuedRefit(best));

    /// <summary>The same by hand: a training on all rows of a copy, with a schedule of its own.</summary>
    [Fact]
    public void ARefit_IsATrainingOnAllRows_OfACopy()
    {
        EnsembleResult<float> result = Fit(Settings, Ensemble), folds = Fit(Settings, Ensemble with { RefitOnAllRows = false });
        ILookup<int, EpochResult> byNetwork = result.History.ToLookup(report => report.NetworkIndex);
        var seeds = new int[2 * NetworkCount];
        Fit(Settings, Ensemble, (index, seed) => seeds[index] = seed);
        for (int index = 0; index < NetworkCount; index++)
        {
            int refit = index + NetworkCount, epochs = EnsembleSettings.EpochsOfContinuedRefit(folds.BestEpochs[index]);
            Tolerance.AssertSameBits<float>(
                $"network {index}", result.Networks[index].Parameters.Values, folds.Networks[index].Parameters.Values);
            Assert.Equal((epochs, epochs), (byNetwork[refit].Count(), result.BestEpochs[refit]));
            Assert.All(byNetwork[refit], report => Assert.Equal((epochs, null), (report.NumberOfEpochs, report.ValidationLoss)));
            Network<float> copy = Create(refit, seeds[refit]);
            folds.Networks[index].Parameters.Values.CopyTo(copy.Parameters.Values);
            Trainer.Fit(copy, Rows(), Settings with { Seed = seeds[refit], NumberOfEpochs = epochs, EarlyStopping = null });
            Tolerance.AssertSameBits<float>($"refit {index}", result.Networks[refit].Parameters.Values, copy.Parameters.Values);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Bits_DoNotDependOnTheNumberOfThreads(int threadCount) =>
        AssertSame(Fit(Settings, Ensemble), Fit(Settings with { NumberOfThreads = threadCount }, Ensemble));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 1)]
    public void AKilledTraining_GoesOnToTheSameBits(int network, int epoch)
    {
        using var folder = new TemporaryFolder();
        TrainingSettings settings = Settings with { Checkpoint = new Checkpoint(folder.PathOf("c")) { EveryEpochs = 1 } };
        Assert.Throws<InvalidDataException>(() => Fit(
            settings with
            {
                EpochCallback = report =>
                {
                    if (report.NetworkIndex == network && report.Epoch == epoch)
                        throw new InvalidDataException("Killed.");
                },
            },
            Ensemble));
        AssertSame(Fit(Settings, Ensemble), Fit(settings, Ensemble));
    }

    [Fact]
    public void WithoutHeldOutRows_ThereIsNothingToContinue()
    {
        EnsembleResult<float> result = Fit(Settings with { EarlyStopping = null }, Ensemble);
        Assert.Equal(NetworkCount, result.Networks.Count);
    }

    private static EnsembleResult<float> Fit(TrainingSettings settings, EnsembleSettings ensemble, Action<int, int>? created = null) =>
        EnsembleTraining.Fit(
            (index, seed) =>
            {
                created?.Invoke(index, seed);
                return Create(index, seed);
            },
            Rows(), validation: null, [], settings, ensemble);

    private static void AssertSame(EnsembleResult<float> expected, EnsembleResult<float> actual)
    {
        Assert.Equal(expected.BestEpochs, actual.BestEpochs);
        for (int index = 0; index < expected.Networks.Count; index++)
        {
            Tolerance.AssertSameBits<float>(
                $"network {index}", actual.Networks[index].Parameters.Values, expected.Networks[index].Parameters.Values);
        }
    }

    private static Network<float> Create(int index, int seed) =>
        Network<float>.Create(2, [Layer.PeriodicEmbedding([0, 1]), Layer.Dense(6, Activation.Silu), Layer.Dense(1)], seed);

    private static DenseRows<float> Rows()
    {
        float[] features = GemmChecks.Random<float>(RowCount * 2, seed: 1);
        return new(
            features,
            Enumerable.Range(0, RowCount).Select(row => (features[2 * row] + features[2 * row + 1] > 0) == (row % 7 != 0) ? 1f : 0f)
                .ToArray(),
            inputCount: 2);
    }
}
