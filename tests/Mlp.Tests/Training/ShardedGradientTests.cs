using Mlp.TestSupport;

namespace Mlp.Tests.Training;

/// <summary>Batches by shards, on one rank and on several, which are threads here: src/Mlp.Mpi has those that are processes.</summary>
public class ShardedGradientTests(ITestOutputHelper output)
{
    // Those that divide the shards, and those that do not.
    private static readonly int[] RankCounts = [2, 3, 4, 5, 8];

    public static TheoryData<string> Cases =>
        [.. TrainingCase.All.Append(TrainingCase.Wide).Where(trainingCase => !trainingCase.IsLbfgs)
            .Select(trainingCase => trainingCase.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnyNumberOfRanksAndThreads_GivesTheSameHash(string name)
    {
        var trainingCase = TrainingCase.Find(name);
        string expected = trainingCase.Run(settings => settings with { GradientShards = 8 }).Hash;
        Assert.Equal(expected, trainingCase.Run(settings => settings with { GradientShards = 8, NumberOfThreads = 2 }).Hash);
        Assert.NotEqual(expected, trainingCase.Run(settings => settings).Hash);
        foreach (int rankCount in RankCounts)
        {
            string[] hashes = ThreadRanks.Run(
                rankCount, ranks => trainingCase.Run(settings => settings with { GradientShards = 8, Ranks = ranks }).Hash);
            Assert.All(hashes, hash => Assert.Equal(expected, hash));
        }
    }

    [Fact]
    public void OneShard_GivesTheBitsOfNone()
    {
        var trainingCase = TrainingCase.Find("adam-dropout");
        Assert.Equal(
            trainingCase.Run(settings => settings).Hash,
            ThreadRanks.Run(1, ranks => trainingCase.Run(settings => settings with { GradientShards = 1, Ranks = ranks }).Hash)[0]);
    }

    /// <summary>The same by hand: the gradients of the rows of each shard, added in pairs, pairs of pairs and so on, and a step of
    /// gradient descent.</summary>
    [Theory]
    [InlineData(LossReduction.Mean)]
    [InlineData(LossReduction.Sum)]
    public void Steps_MatchNaiveOnes(LossReduction reduction)
    {
        const int InputCount = 3, RowCount = 21, BatchSize = 8, ShardCount = 4, EpochCount = 2;
        const double Rate = 0.05;
        double[] features = GemmChecks.Random<double>(RowCount * InputCount, seed: 1),
            targets = GemmChecks.Random<double>(RowCount, seed: 2);
        double[] weights = [.. Enumerable.Range(0, RowCount).Select(row => 0.5 + row % 3)];
        Network<double> trained = Create(), naive = Create();
        Trainer.Fit(trained, new DenseRows<double>(features, targets, InputCount, exampleWeights: weights), new TrainingSettings
        {
            Loss = Loss.SquaredError,
            LossReduction = reduction,
            Optimizer = new Sgd { LearningRate = Rate },
            BatchSize = BatchSize,
            NumberOfEpochs = EpochCount,
            Shuffle = false,
            GradientShards = ShardCount,
        });

        for (int step = 0; step < EpochCount * 3; step++)
        {
            // The last batch of an epoch has 5 rows for its 4 shards.
            int start = step % 3 * BatchSize, count = Math.Min(BatchSize, RowCount - start);
            double[] gradient = Sum(0, ShardCount);
            double divisor = reduction == LossReduction.Mean ? weights[start..(start + count)].Sum() : 1;
            for (int index = 0; index < gradient.Length; index++)
                naive.Parameters.Values[index] -= Rate * gradient[index] / divisor;

            double[] Sum(int first, int end)
            {
                if (end - first > 1)
                {
                    double[] left = Sum(first, (first + end) / 2), right = Sum((first + end) / 2, end);
                    return [.. left.Zip(right, (a, b) => a + b)];
                }
                int from = start + count * first / ShardCount, to = start + count * end / ShardCount;
                var ofShard = new double[naive.Parameters.Length];
                Trainer.Gradient(
                    naive,
                    new DenseRows<double>(
                        features[(from * InputCount)..(to * InputCount)], targets[from..to], InputCount, exampleWeights: weights[from..to]),
                    Loss.SquaredError, ofShard, LossReduction.Sum);
                return ofShard;
            }
        }

        Tolerance.AssertClose<double>("parameters", trained.Parameters.Values, naive.Parameters.Values.ToArray(), 1e-13);

        static Network<double> Create() =>
            Network<double>.Create(InputCount, [Layer.Dense(5, Activation.Tanh), Layer.Dense(1)], seed: 3);
    }

    /// <summary>Tables of categories and of sparse slots, of which a batch has some rows.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void CategoriesAndSparseSlots_GiveTheSameBitsOnAnyNumberOfRanks(int clipped)
    {
        TrainingSettings settings = Settings with
        {
            DropoutRates = [0.2],
            MaximumGradientNorm = clipped == 1 ? 0.1 : double.PositiveInfinity,
        };
        float[] expected = Train(settings);
        float[] whole = Train(settings with { GradientShards = 1, DropoutRates = [] }),
            sharded = Train(settings with { DropoutRates = [] });
        foreach (int rankCount in RankCounts)
        {
            float[][] parameters = ThreadRanks.Run(rankCount, ranks => Train(settings with { Ranks = ranks }));
            Assert.All(parameters, values => Tolerance.AssertSameBits<float>("parameters", values, expected));
        }
        // Rounding apart, shards change nothing. Adam makes steps of its rate even of gradients that are rounding alone.
        double difference = whole.Zip(sharded, (one, other) => Math.Abs(one - other)).Max() / whole.Max(Math.Abs);
        output.WriteLine($"largest difference {difference:E1} of the largest parameter");
        Assert.InRange(difference, 0, 1e-4);

        static float[] Train(TrainingSettings settings)
        {
            Network<float> network = Mixed.Network<float>([Layer.Dense(7, Activation.Tanh), Layer.Dense(1)], seed: 4);
            Trainer.Fit(network, Mixed.Rows<float>(150, seed: 6), settings);
            return network.Parameters.Values.ToArray();
        }
    }

    [Fact]
    public void Ensembles_GiveTheSameBitsOnAnyNumberOfRanks()
    {
        EnsembleResult<float> expected = Train(null);
        foreach (EnsembleResult<float> result in ThreadRanks.Run(3, Train))
        {
            Assert.Equal(expected.BestEpochs, result.BestEpochs);
            Assert.Equal(expected.Temperature, result.Temperature);
            foreach ((Network<float> network, Network<float> other) in expected.Networks.Zip(result.Networks))
                Tolerance.AssertSameBits<float>("parameters", other.Parameters.Values, network.Parameters.Values);
        }

        static EnsembleResult<float> Train(Ranks? ranks)
        {
            float[] features = GemmChecks.Random<float>(400, seed: 7);
            float[] targets = [.. Enumerable.Range(0, 100).Select(row => features[4 * row] * features[4 * row + 1] > 0 ? 1f : 0f)];
            return EnsembleTraining.Fit(
                (_, seed) => Network<float>.Create(4, [Layer.Dense(6, Activation.Relu), Layer.Dense(1)], seed),
                new DenseRows<float>(features, targets, 4), null, [.. targets.Select(target => (int)target)],
                Settings with { Loss = Loss.BinaryCrossEntropy, EarlyStopping = new EarlyStopping { Patience = 3 }, Ranks = ranks },
                new EnsembleSettings
                {
                    NumberOfNetworks = 2,
                    ValidationFraction = 0.25,
                    RefitOnAllRows = true,
                    CalibrateProbabilities = true
                });
        }
    }

    /// <summary>Killed on three ranks, gone on with two, then with one: the bits of an undisturbed training.</summary>
    [Theory]
    [InlineData("adam-dropout")]
    [InlineData("rmsprop-stopping")]
    [InlineData("embedding")]
    public void Restart_WithAnotherNumberOfRanks_EndsWithTheSameBits(string name)
    {
        using var folder = new TemporaryFolder();
        var trainingCase = TrainingCase.Find(name);
        var checkpoint = new Checkpoint(folder.PathOf("training.checkpoint")) { EveryEpochs = 1 };
        string expected = trainingCase.Run(settings => settings with { GradientShards = 8 }).Hash;
        (_, Exception?[] failures) = ThreadRanks.Try(3, ranks => Run(ranks, stepCount: 13));
        Assert.All(failures, failure => Assert.True(failure is TimeoutException or RankFailedException, $"{failure}"));
        (_, failures) = ThreadRanks.Try(2, ranks => Run(ranks, stepCount: 12));
        Assert.All(failures, failure => Assert.True(failure is TimeoutException or RankFailedException, $"{failure}"));

        Assert.Equal(expected, Run(null, stepCount: int.MaxValue));
        Assert.Equal(expected, ThreadRanks.Run(4, ranks => Run(ranks, stepCount: int.MaxValue))[3]);

        string Run(Ranks? ranks, int stepCount)
        {
            int steps = 0;
            return trainingCase.Run(settings => settings with
            {
                GradientShards = 8,
                Ranks = ranks,
                Checkpoint = checkpoint,
                StepCallback = () =>
                {
                    if (++steps > stepCount)
                        throw new TimeoutException();
                },
            }).Hash;
        }
    }

    [Fact]
    public void OneRankThatFails_EndsTheOthers_WithItsNameAndReason()
    {
        (_, Exception?[] failures) = ThreadRanks.Try(3, ranks => TrainingCase.Find("adam-dropout").Run(settings => settings with
        {
            GradientShards = 4,
            Ranks = ranks,
            StepCallback = () =>
            {
                if (ranks.Rank == 2)
                    throw new TimeoutException("The cable was cut.");
            },
        }).Hash);
        Assert.IsType<TimeoutException>(failures[2]);
        Assert.All(failures[..2], failure =>
        {
            var failed = Assert.IsType<RankFailedException>(failure);
            Assert.Equal((2, "rank 2 failed: The cable was cut."), (failed.Rank, failed.Message));
        });
    }

    [Fact]
    public void OneRankThatIsCancelled_CancelsAllAfterTheSameStep()
    {
        using var source = new CancellationTokenSource();
        TrainingCase.Outcome[] outcomes = ThreadRanks.Run(3, ranks =>
        {
            int steps = 0;
            return TrainingCase.Find("adam-dropout").Run(settings => settings with
            {
                GradientShards = 8,
                Ranks = ranks,
                ReturnBestOnCancellation = true,
                CancellationToken = ranks.Rank == 1 ? source.Token : CancellationToken.None,
                StepCallback = () =>
                {
                    if (ranks.Rank == 1 && ++steps == 14)
                        source.Cancel();
                },
            });
        });
        Assert.All(outcomes, outcome => Assert.True(outcome.Result.WasCanceled));
        Assert.Single(outcomes.Select(outcome => outcome.Hash).Distinct());
        Assert.Single(outcomes[0].Result.History);
    }

    [Fact]
    public void StopTraining_OnOneRank_StopsAll()
    {
        TrainingCase.Outcome[] outcomes = ThreadRanks.Run(2, ranks => TrainingCase.Find("sgd").Run(settings => settings with
        {
            GradientShards = 2,
            Ranks = ranks,
            EpochCallback = report =>
            {
                if (ranks.Rank == 1 && report.Epoch == 2)
                    report.StopTraining();
            },
        }));
        Assert.All(outcomes, outcome => Assert.Equal(2, outcome.Result.History.Count));
    }

    [Fact]
    public void OtherSettingsOrRows_AreRefusedOnEveryRank()
    {
        (_, Exception?[] failures) = ThreadRanks.Try(3, ranks => TrainingCase.Find("sgd").Run(settings => settings with
        {
            GradientShards = 4,
            Ranks = ranks,
            Seed = ranks.Rank == 1 ? 6 : 5,
        }).Hash);
        Assert.All(failures, failure => Assert.Equal(
            "rank 0 and rank 1 do not train the same. From the first to the second: Seed was 5 and is 6. Give every rank the same table, "
                + "options and program, on processors with the same vector instructions.",
            Assert.IsType<InvalidOperationException>(failure).Message));
    }

    [Fact]
    public void Divergence_EndsEveryRankWithTheSameError()
    {
        (_, Exception?[] failures) = ThreadRanks.Try(2, ranks => TrainingCase.Find("sgd").Run(settings => settings with
        {
            GradientShards = 4,
            Ranks = ranks,
            Optimizer = new Sgd { LearningRate = 1e9 },
        }).Hash);
        Assert.Single(failures.Select(failure => Assert.IsType<TrainingDivergedException>(failure).Message).Distinct());
    }

    [Theory]
    [InlineData(3, "GradientShards is 3; it must be a power of two from 1 to 1,024.")]
    [InlineData(2048, "GradientShards is 2048; it must be a power of two from 1 to 1,024.")]
    [InlineData(64, "GradientShards is 64, but a batch has 32 rows. Set BatchSize to at least as many rows as there are shards, better 128 "
        + "for each of them, or GradientShards to fewer.")]
    public void ShardsThatMakeNoSense_AreRefused(int shardCount, string message)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(
            () => TrainingCase.Find("sgd").Run(settings => settings with { GradientShards = shardCount }));
        Assert.Equal("GradientShards", exception.ParamName);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreRanksThanShards_AreRefused()
    {
        (_, Exception?[] failures) = ThreadRanks.Try(
            3, ranks => TrainingCase.Find("sgd").Run(settings => settings with { GradientShards = 2, Ranks = ranks }).Hash);
        Assert.All(failures, failure => Assert.StartsWith(
            "GradientShards is 2; it must be at least the 3 ranks of this training", failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Lbfgs_IsRefused()
    {
        var exception = Assert.ThrowsAny<ArgumentException>(
            () => TrainingCase.Find("lbfgs").Run(settings => settings with { GradientShards = 2 }));
        Assert.StartsWith("GradientShards is 2; it must be 1: L-BFGS", exception.Message, StringComparison.Ordinal);
    }

    private static TrainingSettings Settings => new()
    {
        Loss = Loss.SquaredError,
        Optimizer = new Adam { LearningRate = 0.01 },
        BatchSize = 32,
        NumberOfEpochs = 4,
        NumberOfThreads = 1,
        Seed = 5,
        GradientShards = 8,
    };
}
