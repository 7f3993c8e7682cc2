using Mlp.TestSupport;

namespace Mlp.Tests.Training.Ensembles;

public partial class EnsembleTrainingTests
{
    private const int RowCount = 90;

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.BinaryCrossEntropy,
        Optimizer = new Adam { LearningRate = 0.02 },
        NumberOfEpochs = 12,
        BatchSize = 16,
        DropoutRates = [0.2],
        EarlyStopping = new EarlyStopping { Patience = 4 },
        Seed = 5,
        NumberOfThreads = 1,
    };

    private static readonly EnsembleSettings FiveFolds = new()
    {
        NumberOfNetworks = 5,
        ValidationFraction = 0.2,
        RefitOnAllRows = true,
        CalibrateProbabilities = true,
    };

    [Fact]
    public void OneNetwork_WithNothingHeldOut_IsTrainedAsAlone()
    {
        TrainingSettings settings = Settings with { EarlyStopping = null };
        Network<float> alone = Create(0, settings.Seed);
        TrainingResult expected = Trainer.Fit(alone, Rows(), settings);
        EnsembleResult<float> result = EnsembleTraining.Fit(Create, Rows(), null, [], settings, new EnsembleSettings());
        Tolerance.AssertSameBits<float>("parameters", Assert.Single(result.Networks).Parameters.Values, alone.Parameters.Values);
        Assert.Equal(expected.History.Select(report => report.Loss), result.History.Select(report => report.Loss));
        Assert.Equal((1.0, 12), (result.Temperature, Assert.Single(result.BestEpochs)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Bits_DoNotDependOnTheNumberOfThreads(int threadCount)
    {
        AssertSame(Fit(Settings, FiveFolds), Fit(Settings with { NumberOfThreads = threadCount }, FiveFolds));
    }

    [Fact]
    public void Refit_AddsFreshNetworksOnAllRows_ForAsLongAsTheBestEpoch()
    {
        EnsembleResult<float> result = Fit(Settings, FiveFolds), folds = Fit(Settings, FiveFolds with { RefitOnAllRows = false });
        Assert.Equal(10, result.Networks.Count);
        ILookup<int, EpochResult> byNetwork = result.History.ToLookup(report => report.NetworkIndex);
        Assert.Equal(Enumerable.Range(0, 10), byNetwork.Select(group => group.Key));
        for (int index = 0; index < 5; index++)
        {
            int best = byNetwork[index].MinBy(report => report.ValidationLoss)!.Epoch;
            Tolerance.AssertSameBits<float>(
                $"network {index}", result.Networks[index].Parameters.Values, folds.Networks[index].Parameters.Values);
            Assert.Equal((best, best), (result.BestEpochs[index], result.BestEpochs[index + 5]));
            Assert.Equal(best, byNetwork[index + 5].Count());
            Assert.All(byNetwork[index + 5], report => Assert.Null(report.ValidationLoss));
        }
        Assert.Equal(10, result.Networks.Select(network => network.Parameters.Values[0]).Distinct().Count());
    }

    [Fact]
    public void WithoutARefit_TheNetworksAreThoseOfTheFolds()
    {
        EnsembleResult<float> result = Fit(Settings, FiveFolds with { RefitOnAllRows = false });
        Assert.Equal([0, 1, 2, 3, 4], result.History.Select(report => report.NetworkIndex).Distinct());
        Assert.NotEqual(1, result.Temperature);
    }

    [Fact]
    public void ValidationRows_TakeThePlaceOfHeldOutOnes()
    {
        EnsembleResult<float> result = EnsembleTraining.Fit(Create, Rows(), Rows(seed: 2, rowCount: 250), Classes(), Settings, FiveFolds);
        // No refit: nothing was held out.
        Assert.Equal([0, 1, 2, 3, 4], result.History.Select(report => report.NetworkIndex).Distinct());
        Assert.All(result.History, report => Assert.NotNull(report.ValidationLoss));
        Assert.NotEqual(1, result.Temperature);
        // Too few rows for a temperature.
        Assert.Equal(1, EnsembleTraining.Fit(Create, Rows(), Rows(seed: 2, rowCount: 50), Classes(), Settings, FiveFolds).Temperature);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void FewRows_AreEnough(int rowCount)
    {
        EnsembleResult<float> result = EnsembleTraining.Fit(Create, Rows(rowCount: rowCount), null, [], Settings, FiveFolds);
        // A single row cannot be held out.
        Assert.Equal(rowCount == 1 ? 5 : 10, result.Networks.Count);
        Assert.All(result.Networks, network => Assert.DoesNotContain(network.Parameters.Values.ToArray(), value => !float.IsFinite(value)));
    }

    [Fact]
    public void Callbacks_ComeOneAtATime_AndStopTheirNetworkAlone()
    {
        int inside = 0;
        var reports = new List<EpochResult>();
        TrainingSettings settings = Settings with
        {
            NumberOfThreads = 4,
            EpochCallback = report =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                reports.Add(report);
                if (report is { NetworkIndex: 2, Epoch: 3 })
                    report.StopTraining();
                Interlocked.Decrement(ref inside);
            },
        };
        EnsembleResult<float> result = Fit(settings, FiveFolds with { RefitOnAllRows = false });
        Assert.Equal(result.History.Count, reports.Count);
        Assert.Equal(3, result.History.Count(report => report.NetworkIndex == 2));
        Assert.True(result.History.Count(report => report.NetworkIndex == 1) > 3);
    }

    [Fact]
    public void Warnings_ComeOneAtATime()
    {
        int inside = 0, count = 0;
        using var folder = new TemporaryFolder();
        // In the place of the files.
        for (int job = 0; job < 10; job++)
            Directory.CreateDirectory(folder.PathOf($"c.{job}"));
        TrainingSettings settings = Settings with
        {
            NumberOfThreads = 4,
            Checkpoint = new Checkpoint(folder.PathOf("c")) { EveryEpochs = 1 },
            WarningCallback = _ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                count++;
                Interlocked.Decrement(ref inside);
            },
        };
        Fit(settings, FiveFolds);
        Assert.Equal(10, count);
    }

    [Fact]
    public void RowsThatAllWeighZero_AreRefused()
    {
        var rows = new DenseRows<float>(
            Features(1), Enumerable.Repeat(1f, RowCount).ToArray(), inputCount: 2, exampleWeights: new float[RowCount]);
        Assert.Equal(
            "All 90 training rows weigh 0, by their example weights or those of their classes; at least one row needs a positive weight. "
                + "Correct the weights.",
            Assert.Throws<InvalidOperationException>(() => EnsembleTraining.Fit(
                (_, _) => throw new InvalidDataException("Training has begun."), rows, null, Classes(), Settings, FiveFolds)).Message);
    }

    [Fact]
    public void RowsOfWeightZero_AreAsIfAbsent_WhateverTheyHold()
    {
        // Every third row weighs nothing, is NaN and of no class.
        float[] features = Features(1), weights = [.. Enumerable.Range(0, RowCount).Select(row => row % 3 == 0 ? 0f : 1 + row % 2)];
        int[] classes = Classes(), weighing = [.. Enumerable.Range(0, RowCount).Where(row => weights[row] > 0)];
        EnsembleResult<float> expected = FitRows(
            [.. weighing.SelectMany(row => features.AsSpan(2 * row, 2).ToArray())], [.. weighing.Select(row => classes[row])],
            [.. weighing.Select(row => weights[row])]);
        foreach (int row in Enumerable.Range(0, RowCount).Except(weighing))
            (features[2 * row], features[2 * row + 1], classes[row]) = (float.NaN, float.PositiveInfinity, 99);
        EnsembleResult<float> found = FitRows(features, classes, weights);
        Assert.Equal(expected.Temperature, found.Temperature);
        Assert.Equal(expected.History.Select(report => (report.Loss, report.ValidationLoss, report.ValidationMetric)),
            found.History.Select(report => (report.Loss, report.ValidationLoss, report.ValidationMetric)));
        Assert.All(expected.Networks.Zip(found.Networks), pair =>
            Assert.Equal(pair.First.Parameters.Values.ToArray(), pair.Second.Parameters.Values.ToArray()));

        static EnsembleResult<float> FitRows(float[] features, int[] classes, float[] weights) => EnsembleTraining.Fit(
            (_, seed) => Network<float>.Create(2, [Layer.Dense(3, Activation.Tanh), Layer.Dense(3)], seed),
            new ClassRows<float>(features, classes, inputCount: 2, classCount: 3, weights), null, classes,
            Settings with { Loss = Loss.SoftmaxCrossEntropy, NumberOfEpochs = 3, BatchSize = 16, EarlyStopping = new() }, FiveFolds);
    }

    [Fact]
    public void Settings_OutOfRange_AreNamed()
    {
        Assert.StartsWith(
            "NumberOfNetworks is 0; it must be from 1 to 1,000.",
            Assert.Throws<ArgumentOutOfRangeException>(
                "NumberOfNetworks", () => Fit(Settings, FiveFolds with { NumberOfNetworks = 0 })).Message);
        Assert.StartsWith(
            "ValidationFraction is 1; it must be in (0, 1).",
            Assert.Throws<ArgumentOutOfRangeException>(
                "ValidationFraction", () => Fit(Settings, FiveFolds with { ValidationFraction = 1 })).Message);
        Assert.StartsWith(
            "There are 2 class indices for 90 rows.",
            Assert.Throws<ArgumentException>(
                "classIndices", () => EnsembleTraining.Fit(Create, Rows(), null, [0, 1], Settings, FiveFolds)).Message);
        Assert.StartsWith(
            "StopAfterEpoch is 0;", Assert.Throws<ArgumentOutOfRangeException>(
                "StopAfterEpoch", () => Fit(Settings with { StopAfterEpoch = 0 }, FiveFolds)).Message);
    }

    [Fact]
    public void StopAfterEpoch_LaysTheScheduleOutOverAllEpochs()
    {
        TrainingSettings settings = Settings with { EarlyStopping = null, Schedule = new CosineAnnealing() };
        TrainingResult whole = Trainer.Fit(Create(0, 1), Rows(), settings),
            part = Trainer.Fit(Create(0, 1), Rows(), settings with { StopAfterEpoch = 4 });
        Assert.Equal(4, part.BestEpoch);
        Assert.Equal(
            whole.History.Take(4).Select(report => (report.Loss, report.LearningRate)),
            part.History.Select(report => (report.Loss, report.LearningRate)));
    }

    private static EnsembleResult<float> Fit(TrainingSettings settings, EnsembleSettings ensemble) =>
        EnsembleTraining.Fit(Create, Rows(), validation: null, Classes(), settings, ensemble);

    private static void AssertSame(EnsembleResult<float> expected, EnsembleResult<float> actual)
    {
        for (int index = 0; index < 5; index++)
        {
            Tolerance.AssertSameBits<float>(
                $"network {index}", actual.Networks[index].Parameters.Values, expected.Networks[index].Parameters.Values);
        }
        Assert.Equal(expected.Temperature, actual.Temperature);
        Assert.Equal(expected.BestEpochs, actual.BestEpochs);
        Assert.Equal(
            expected.History.Select(report => report with { Seconds = 0 }), actual.History.Select(report => report with { Seconds = 0 }));
    }

    private static Network<float> Create(int index, int seed) =>
        Network<float>.Create(
            2, [Layer.PeriodicEmbedding([1], frequencies: 3, outputs: 2), Layer.Dense(6, Activation.Silu), Layer.Dense(1)], seed);

    private static int[] Classes() =>
        [.. Enumerable.Range(0, RowCount).Select(row => (int)Target(Features(1)[2 * row], Features(1)[2 * row + 1], row))];

    private static DenseRows<float> Rows(int seed = 1, int rowCount = RowCount)
    {
        float[] features = Features(seed, rowCount);
        return new(features, Enumerable.Range(0, rowCount).Select(row => Target(features[2 * row], features[2 * row + 1], row))
            .ToArray(), inputCount: 2);
    }

    private static float[] Features(int seed, int rowCount = RowCount) => GemmChecks.Random<float>(rowCount * 2, seed);

    /// <summary>The sign of a sum, with one row in seven wrong.</summary>
    private static float Target(float first, float second, int row) => (first + second > 0) == (row % 7 != 0) ? 1 : 0;
}
