using Mlp.MLNet.Tuning;
using Mlp.TestSupport;
using Mlp.Training.Tuning;

namespace Mlp.MLNet.Tests.Tuning;

public class TrialTableTests
{
    private static readonly float[] Truth = [1, 2, 3, 4];

    private readonly TrialTable _table = new(MlpSearchSpace.For(new MlpRegressionTrainer.Options(), rowCount: 100), seed: 1);
    private readonly EnsembleLoss<float> _loss = new(
        Loss.SquaredError, outputCount: 1, findsTemperature: false, [new(Truth, [1, 1, 1, 1]), new(Truth, [1, 1, 1, 1])]);

    public TrialTableTests()
    {
        Add(number: 0, fold: 0, off: 2);
        Add(number: 0, fold: 1, off: 2);
        Add(number: 1, fold: 0, off: 1);
        Add(number: 2, fold: 0, off: null);
        Add(number: 3, fold: 0, off: 3);
        Add(number: 4, fold: 0, off: 1);
    }

    [Fact]
    public void Best_TakesTheLowestLosses_TheFirstAmongEquals_AndNoneThatDiverged()
    {
        Assert.Equal([1, 4], _table.Best([1, 2, 3, 4], 2, _loss));
        Assert.Equal([1, 4, 3], _table.Best([1, 2, 3, 4], 4, _loss));
    }

    [Fact]
    public void ATrialThatDiverged_IsNoted()
    {
        MlpTrial[] trials = _table.ToTrials(_loss, placesOf: _ => 0);

        Assert.Equal([0, 1, 2, 3, 4], trials.Select(trial => trial.Number));
        Assert.Equal("The training diverged.", trials[2].Failure);
        Assert.Equal((double.NaN, double.NaN), (trials[2].Loss, trials[2].DifferenceStandardError));
        Assert.Equal((1, 4, 0), (trials[1].Loss, trials[1].DefaultLoss, trials[1].DifferenceStandardError));
        Assert.Null(trials[1].Failure);
    }

    [Fact]
    public void Finished_AreThoseWithAllFolds()
    {
        Assert.Empty(_table.Finished(foldCount: 2));
        Add(number: 4, fold: 1, off: 1);
        Assert.Equal([4], _table.Finished(foldCount: 2));
    }

    [Fact]
    public void ADivergedOutcome_IsReadAsItWasWritten()
    {
        using var folder = new TemporaryFolder();
        string identity = new('a', 64);
        TrialFile.Write(folder.PathOf("one"), identity, new TrialOutcome(Outputs: null, Seconds: 2.5));
        TrialFile.Write(folder.PathOf("two"), identity, new TrialOutcome([1, 2], Seconds: 3));

        Assert.Equal(new TrialOutcome(null, 2.5), TrialFile.Read(folder.PathOf("one"), identity, outputCount: 2));
        Assert.Equal([1, 2], TrialFile.Read(folder.PathOf("two"), identity, outputCount: 2)!.Outputs!);
        Assert.Null(TrialFile.Read(folder.PathOf("three"), identity, outputCount: 2));
        Assert.Contains(
            "Trial has 2 outputs; the fold has 3.",
            Assert.Throws<ModelFileException>(() => TrialFile.Read(folder.PathOf("two"), identity, outputCount: 3)).Message,
            StringComparison.Ordinal);
    }

    private void Add(int number, int fold, float? off) => _table.Add(
        new TrialJob(number, Replica: 0, fold, Rung: 1),
        new TrialOutcome(off is float distance ? [.. Truth.Select(value => value + distance)] : null, Seconds: 1));
}
