using Mlp.Data;
using Mlp.MLNet.Training;
using Mlp.State;

namespace Mlp.MLNet.Tests.Training;

/// <summary>How much of a table a trial looks at, and what it makes of a network that diverges.</summary>
public sealed class RecipeTrialTests
{
    [Theory]
    [InlineData(1_000, 1_000, 5, 1_000)]
    [InlineData(3_252, 3_252, 4, 2_603)]
    [InlineData(6_000, 6_000, 2, 2_400)]
    [InlineData(14_898, 14_898, 1, 2_980)]
    [InlineData(100_000, 20_000, 1, 4_000)]
    public void EnoughRowsAreHeldOut_ByAsManyNetworksAsThatTakes(int rowCount, int trialRows, int networkCount, int heldOutCount)
    {
        var asked = new List<int>();
        var trial = new RecipeTrial(rowCount, classIndices: [], mostRows: 20_000, enoughHeldOut: 2_000, rows =>
        {
            asked.Add(rows);
            return new TrainingSettings { Loss = Loss.SquaredError };
        });
        Assert.Equal((trialRows, networkCount), (trial.RowCount, trial.NetworkCount));
        Assert.InRange(trial.HeldOutCount, heldOutCount - networkCount, heldOutCount + networkCount);
        Assert.Equal([trialRows], asked);
    }

    [Fact]
    public void Losses_AreThoseOfEachCandidate_AndInfiniteForOneThatDiverges()
    {
        var random = new RandomSource(1);
        float[] features = [.. Enumerable.Range(0, 400).Select(_ => (float)random.NextDouble())];
        RowTable<float> known = Table(label => label), huge = Table(label => label * 1e30f);
        TrainingSettings settings = new()
        {
            Loss = Loss.SquaredError,
            NumberOfEpochs = 5,
            EarlyStopping = new EarlyStopping(),
            NumberOfThreads = 2,
        };
        var trial = new RecipeTrial(400, [], mostRows: 300, enoughHeldOut: 120, _ => settings);
        double[] losses = trial.LossesOf((known, Create), (huge, Create), (known, Create));
        Assert.InRange(losses[0], 1e-9, 1);
        Assert.Equal(double.PositiveInfinity, losses[1]);
        Assert.Equal(losses[0], losses[2]);

        RowTable<float> Table(Func<float, float> label) =>
            new(new RowBlocks<float>(features, rowLength: 1), new RowBlocks<float>([.. features.Select(label)], rowLength: 1));
        static Network<float> Create(int seed) => Network<float>.Create(1, [new DenseLayerDescription(1, Activation.Identity)], seed);
    }
}
