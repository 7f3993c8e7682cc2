using Mlp.Tool.Training;

namespace Mlp.Tool.Tests.Training;

public class TrainingProgressTests
{
    private double _elapsed;

    [Fact]
    public void OneNetwork_IsAsFarAsItsEpochs()
    {
        TrainingProgress progress = Create(count: 1, refits: 0, threads: 2);
        Assert.Equal("reading the table", progress.Description);
        Report(progress, network: 0, epoch: 5, seconds: 10);
        Assert.Equal(0.25, progress.Fraction, 12);
        Assert.Equal(30, progress.SecondsLeft!.Value, 9);
        Assert.Equal("network 1/1, epoch 5: loss 0.5, accuracy 0.75, 30 s left", progress.Description);
    }

    [Fact]
    public void NetworksThatStoppedEarly_TellHowLongTheOthersTake()
    {
        // One at a time: the first stopped after 5 of 20 epochs when the second begins.
        TrainingProgress progress = Create(count: 4, refits: 0, threads: 1);
        for (int epoch = 1; epoch <= 5; epoch++)
            Report(progress, 0, epoch, epoch);
        Report(progress, 1, 1, 6);
        // 6 epochs of 4 x 5 are done.
        Assert.Equal(0.3, progress.Fraction, 12);
        Assert.Equal(14, progress.SecondsLeft!.Value, 9);
        Assert.StartsWith("network 2/4, epoch 1", progress.Description);
    }

    [Fact]
    public void ARefit_TakesAsManyEpochsAsTheFirstTrainingWasBest()
    {
        TrainingProgress progress = Create(count: 1, refits: 1, threads: 1);
        Report(progress, 0, 1, 1, validation: 0.9);
        Report(progress, 0, 2, 2, validation: 0.1);
        Report(progress, 0, 3, 3, validation: 0.5);
        Report(progress, 1, 1, 4, validation: null);
        // 3 epochs of the first and 1 of 2 of the second.
        Assert.Equal(0.8, progress.Fraction, 12);
        Assert.Equal("refit 1/1, epoch 1: loss 0.5, 1.0 s left", progress.Description);
        Report(progress, 1, 2, 5, validation: null);
        Assert.Equal(1, progress.Fraction, 12);
        Assert.Equal(0, progress.SecondsLeft!.Value, 9);
    }

    [Fact]
    public void TheBar_NeverStepsBack()
    {
        TrainingProgress progress = Create(count: 3, refits: 0, threads: 1);
        Report(progress, 0, 1, 1);
        Report(progress, 1, 1, 2);
        double before = progress.Fraction;
        // The first had one epoch; the second has more than was reckoned with.
        for (int epoch = 2; epoch < 12; epoch++)
        {
            Report(progress, 1, epoch, epoch + 1);
            Assert.True(progress.Fraction >= before);
            before = progress.Fraction;
        }
    }

    [Fact]
    public void ARefitThatContinues_TakesAQuarterOfThem()
    {
        TrainingProgress progress = Create(count: 1, refits: 1, threads: 1, continues: true);
        for (int epoch = 1; epoch <= 8; epoch++)
            Report(progress, 0, epoch, epoch, validation: 1.0 / epoch);
        // 8 of 20, and 5 of the refit.
        Assert.Equal(8 / 25.0, progress.Fraction, 12);
        Report(progress, 1, 1, 9, validation: null, of: 2);
        // 8 of 8 and 1 of 2.
        Assert.Equal(0.9, progress.Fraction, 12);
        Assert.Equal(1, progress.SecondsLeft!.Value, 9);
    }

    [Fact]
    public void ARefitThatWasExpectedToContinue_AndBeginsAfresh_IsReckonedAsSuch()
    {
        TrainingProgress progress = Create(count: 1, refits: 1, threads: 1, continues: true);
        for (int epoch = 1; epoch <= 8; epoch++)
            Report(progress, 0, epoch, epoch, validation: 1.0 / epoch);
        Report(progress, 1, 1, 9, validation: null);
        // 8 of 8 and 1 of 8.
        Assert.Equal(9 / 16.0, progress.Fraction, 12);
    }

    private TrainingProgress Create(int count, int refits, int threads, bool continues = false) =>
        new(count, refits, continues, threads, "accuracy", () => _elapsed);

    private void Report(TrainingProgress progress, int network, int epoch, double seconds, double? validation = 0.25, int of = 20)
    {
        _elapsed = seconds;
        progress.Report(new EpochResult(
            epoch, of, 0.5, validation, 0.01, 1, seconds)
        { NetworkIndex = network, ValidationMetric = validation is null ? null : 0.75 });
    }
}
