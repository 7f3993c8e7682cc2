using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public sealed class FittedPeersTests : IDisposable
{
    private readonly SmallSets _data = new();

    public void Dispose() => _data.Dispose();

    // The label follows from the columns but for the few missing fields.
    [Theory]
    [InlineData("LightGbm", "two", "accuracy", 0.8)]
    [InlineData("LightGbm", "three", "accuracy", 0.8)]
    [InlineData("LightGbm", "number", "r2", 0.5)]
    [InlineData("FastTree", "two", "accuracy", 0.8)]
    [InlineData("FastTree", "three", "accuracy", 0.8)]
    [InlineData("FastTree", "number", "r2", 0.5)]
    [InlineData("Sdca", "two", "accuracy", 0.8)]
    [InlineData("Sdca", "three", "accuracy", 0.8)]
    [InlineData("Sdca", "number", "r2", 0.5)]
    [InlineData("Lbfgs", "two", "accuracy", 0.8)]
    [InlineData("Lbfgs", "three", "accuracy", 0.8)]
    public void Measure_FitsThePeerToTheSameRows_WithTheSameBitsEachTime(string peer, string name, string metric, double atLeast)
    {
        Measurement first = Measure(FittedPeers.Find(peer), name), second = Measure(FittedPeers.Find(peer), name);

        Assert.Equal((peer, null), (first.Recipe, first.Failure));
        Assert.InRange(first.Metrics[metric], atLeast, 1);
        Assert.Equal(first.Metrics, second.Metrics);
        Assert.Equal(Measure(QualityRecipes.Find("linear"), name).PriorLoss, first.PriorLoss);
    }

    [Fact]
    public void Search_IsRepeatable_AndSeesTheTrainingRowsAlone()
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, ["two"])[0];
        var all = QualityRows.Read(set, _data.Folder, withTest: true);
        var withoutTest = QualityRows.Read(set, _data.Folder, withTest: false);

        LightGbmSettings? found = TunedLightGbm.Search(new TrainingPart(
            set, all, [.. Enumerable.Range(0, all.Labels.Count).Where(row => !all.IsTest[row])], seed: 2));

        // The same rows in a table that has no others.
        Assert.Equal(
            found, TunedLightGbm.Search(new TrainingPart(set, withoutTest, [.. Enumerable.Range(0, withoutTest.Labels.Count)], seed: 2)));
    }

    [Fact]
    public void Draw_StaysInTheSearchSpace_AndReachesAllOfIt()
    {
        var random = new Random(1);
        LightGbmSettings[] draws = [.. Enumerable.Range(0, 1000).Select(_ => LightGbmSettings.Draw(random))];

        Within(draws.Select(draw => (double)draw.Leaves), 8, 120);
        Within(draws.Select(draw => draw.LearningRate), 0.03, 0.33);
        Within(draws.Select(draw => (double)draw.Iterations), 30, 330);
        Within(draws.Select(draw => (double)draw.MinimumExamplesPerLeaf), 4, 100);
        Within(draws.Select(draw => draw.FeatureFraction), 0.5, 1);
        Within(draws.Select(draw => draw.RowFraction), 0.5, 1);
    }

    // A thousand draws come nearer to each end than a hundredth of the range, but with a probability of e^-10.
    private static void Within(IEnumerable<double> values, double from, double to)
    {
        double[] sorted = [.. values.Order()];
        double near = Math.Pow(to / from, 0.02);
        Assert.InRange(sorted[0], from, from * near);
        Assert.InRange(sorted[^1], to / near, to);
    }

    private Measurement Measure(IContender contender, string name)
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, [name])[0];
        return new QualityRun(set, QualityRows.Read(set, _data.Folder, withTest: true), validating: false).Measure(contender, seed: 0);
    }
}
