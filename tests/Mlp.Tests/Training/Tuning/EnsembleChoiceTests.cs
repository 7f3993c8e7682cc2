using Mlp.Training.Tuning;

namespace Mlp.Tests.Training.Tuning;

public class EnsembleChoiceTests
{
    private const int RowCount = 200;

    private readonly double[] _truth = Noise(seed: 0, deviation: 1);

    [Fact]
    public void GainOf_MatchesHandWorkedExample()
    {
        var before = new HeldOutLoss([3, 1, 5], [1, 1, 2], Temperature: 1);
        var after = new HeldOutLoss([1, 1, 4], [1, 1, 2], Temperature: 1);

        (double gain, double error) = before.GainOf(after);

        // Differences 2, 0, 1 of weights 1, 1, 2: mean (2 + 0 + 2) / 4; distances 1, −1, 0: √(1 + 1) / 4.
        Assert.Equal((1.0, Math.Sqrt(2) / 4), (gain, error));
        Assert.Equal((3.5, 2.5), (before.Mean, after.Mean));
        // (3 − 3.5), (1 − 3.5), 2 (5 − 3.5): √(0.25 + 6.25 + 9) / 4.
        Assert.Equal(Math.Sqrt(15.5) / 4, before.StandardError, 12);
    }

    [Fact]
    public void Choose_KeepsTheStart_WhereNothingIsBetterByMoreThanNoise()
    {
        Candidate<double>[] candidates = [Off(1, 0.5), Off(2, 0.5), Off(3, 0.51), Off(4, 2)];

        (int[] members, HeldOutLoss loss) = Choose(candidates, [0, 1]);

        Assert.Equal([0, 1], members);
        Assert.Equal(LossOf(candidates[0], candidates[1]).Mean, loss.Mean);
    }

    [Fact]
    public void Choose_TakesWhatIsBetter_AndMoreThanOnce()
    {
        Candidate<double>[] candidates = [Off(1, 0.5), Off(2, 0.5), Off(3, 0.5), Off(4, 0.01)];

        (int[] members, HeldOutLoss loss) = Choose(candidates, [0, 1, 2]);

        Assert.Equal([3, 3, 3], members);
        Assert.True(loss.Mean < 0.001, $"{loss.Mean}");
    }

    [Fact]
    public void Choose_AsksForMore_TheMoreTrialsThereWere()
    {
        // Each a little better than the one before: the first that is so by more than 1.2 standard errors.
        (Candidate<double> better, double ratio) = Enumerable.Range(0, 50).Select(step => Off(3, 0.5 - 0.01 * step))
            .Select(candidate => (candidate, RatioOf(candidate))).First(pair => pair.Item2 > 1.2);
        Candidate<double>[] candidates = [Off(1, 0.5), Off(2, 0.5), better];
        // √(2 ln n) standard errors are asked of the whole.
        double most = Math.Exp(ratio * ratio / 2);

        Assert.Contains(2, Choose(candidates, [0, 1], trialCount: 0).Members);
        Assert.Contains(2, Choose(candidates, [0, 1], trialCount: (int)Math.Floor(most)).Members);
        Assert.DoesNotContain(2, Choose(candidates, [0, 1], trialCount: (int)Math.Ceiling(most)).Members);

        double RatioOf(Candidate<double> candidate)
        {
            (double gain, double error) = LossOf(Off(1, 0.5), Off(2, 0.5)).GainOf(LossOf(Off(1, 0.5), candidate));
            return gain / error;
        }
    }

    [Fact]
    public void Choose_NeverPutsOneOfTheStartInThePlaceOfAnother()
    {
        // The second of the start is far better: by its seed, as far as the choice knows.
        (int[] members, _) = Choose([Off(1, 2), Off(2, 0.1), Off(3, 3)], [0, 1]);

        Assert.Equal([0, 1], members);
    }

    [Fact]
    public void LossOf_FindsTheTemperature_OfTheMeanProbability()
    {
        // Logits of ±8 that are right three times of four: certainty that nothing bears out.
        double[] targets = [.. Enumerable.Range(0, 400).Select(row => row % 2 == 0 ? 1.0 : 0)];
        double[] logits = [.. targets.Select((target, row) => (row / 2 % 4 == 0 ? -8 : 8) * (2 * target - 1))];
        FoldRows<double>[] folds = [new(targets, [.. targets.Select(_ => 1.0)])];

        HeldOutLoss calibrated = Of(findsTemperature: true), raw = Of(findsTemperature: false);

        Assert.Equal(1, raw.Temperature);
        Assert.Equal(8 / Math.Log(3), calibrated.Temperature, 0.1);
        Assert.Equal(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25), calibrated.Mean, 0.001);
        Assert.True(raw.Mean > 1.9);

        HeldOutLoss Of(bool findsTemperature) =>
            new EnsembleLoss<double>(Loss.BinaryCrossEntropy, 1, findsTemperature, folds).Of([new Candidate<double>([logits])], 1);
    }

    private static double[] Noise(int seed, double deviation)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, RowCount).Select(_ => deviation * (2 * random.NextDouble() - 1))];
    }

    /// <summary>Right but for noise, in two folds.</summary>
    private Candidate<double> Off(int seed, double deviation)
    {
        double[] outputs = [.. _truth.Zip(Noise(seed, deviation), (truth, noise) => truth + noise)];
        return new([outputs[..80], outputs[80..]]);
    }

    private EnsembleLoss<double> CreateLoss()
    {
        double[] weights = [.. Enumerable.Repeat(1.0, RowCount)];
        return new(
            Loss.SquaredError, outputCount: 1, findsTemperature: true,
            [new(_truth[..80], weights[..80]), new(_truth[80..], weights[80..])]);
    }

    private HeldOutLoss LossOf(params Candidate<double>[] members) => CreateLoss().Of(members, foldCount: 2);

    private (int[] Members, HeldOutLoss Loss) Choose(Candidate<double>[] candidates, int[] start, int trialCount = 1) =>
        EnsembleChoice.Choose(CreateLoss(), candidates, start, foldCount: 2, trialCount, () => { });
}
