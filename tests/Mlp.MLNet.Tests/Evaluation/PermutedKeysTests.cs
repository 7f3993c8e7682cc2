using System.Collections.Immutable;
using Microsoft.ML;
using Mlp.MLNet.Evaluation;

namespace Mlp.MLNet.Tests.Evaluation;

/// <summary>Permutation importance of key columns beside the features.</summary>
public class PermutedKeysTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void OfTargets_TheKeyThatDecides_IsWorthAll_AndTheOther_NextToNothing()
    {
        IDataView data = KeyRows.View(_ml), test = KeyRows.View(_ml, rowCount: 200);
        MlpRegressionTrainer.Options options = KeyRows.Regression(60, "ShopKey", "DayKey");
        options.LabelColumnName = "Numbers";
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);

        ImmutableArray<MultiTargetRegressionMetricsStatistics> importance =
            _ml.Regression.PermutationFeatureImportanceMultiTarget(model, test, "Numbers", permutationCount: 3);

        // Two slots, then the keys. Observed: −2.0 for the shop, and 0.0005 at most for the others.
        Assert.Equal(4, importance.Length);
        Assert.InRange(importance[2].MeanRSquared.Mean, -4, -1);
        Assert.Equal(3, importance[2].MeanRSquared.Count);
        foreach (int other in (int[])[0, 1, 3])
            Assert.InRange(importance[other].MeanRSquared.Mean, -0.1, 0.01);
        ImmutableDictionary<string, MultiTargetRegressionMetricsStatistics> names =
            _ml.Regression.PermutationFeatureImportanceMultiTarget((ITransformer)model, test, "Numbers", permutationCount: 3);
        Assert.Equal(["DayKey", "ShopKey", "Slot 0", "Slot 1"], names.Keys.Order());
        Assert.Equal(importance[2], names["ShopKey"]);
        Assert.Equal(importance[3], names["DayKey"]);
    }

    [Fact]
    public void OfLabels_TheKeyThatDecides_IsWorthMost()
    {
        IDataView data = KeyRows.View(_ml);
        MlpMultiLabelTrainer.Options options = Blobs.MultiLabel(numberOfEpochs: 60);
        (options.LabelColumnName, options.CategoricalColumnNames) = ("Flags", ["DayKey", "ShopKey"]);
        ITransformer model = _ml.MulticlassClassification.Trainers.MlpMultiLabel(options).Fit(data);
        var importance = _ml.MulticlassClassification.PermutationFeatureImportanceMultiLabel(model, data, "Flags");
        // Observed: −0.39 and 0.
        Assert.InRange(importance["ShopKey"].MicroF1Score.Mean, -1, -0.2);
        Assert.InRange(importance["DayKey"].MicroF1Score.Mean, -0.1, 0.02);
    }

    [Fact]
    public void AKeyThatIsTheSameInAllRows_ChangesNothing()
    {
        IDataView data = KeyRows.View(_ml);
        MlpRegressionTrainer.Options options = KeyRows.Regression(5);
        options.LabelColumnName = "Numbers";
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        IDataView same = KeyRows.View(_ml, rowCount: 20, shops: ["b"]);
        Assert.Equal(
            new MetricChange(0, 0, 0, 2),
            _ml.Regression.PermutationFeatureImportanceMultiTarget(model, same, "Numbers", permutationCount: 2)[2].MeanAbsoluteError);
    }

    [Theory]
    [InlineData("Shop", "Size", "Colour.red")]
    [InlineData("Shop (key)", "Size", "Shop")]
    [InlineData("Shop (key)", "Shop.a", "Shop.b")]
    [InlineData("Shop", "Shopping", null)]
    public void NameIn_OfAKey_IsItsColumn_MarkedWhereASlotHasThatName(string expected, string first, string? second)
    {
        string[] names = second is null ? [first] : [first, second];
        Assert.Equal(
            expected, new PermutedFeature(names.Length, SlotCount: 1, IsUsed: true).NameIn(names, names.Length, ["Shop"]));
    }

    [Fact]
    public void NameIn_OfAKey_DoesNotNeedNamesOfSlots() =>
        Assert.Equal(
            "Day", new PermutedFeature(FirstSlot: 4, SlotCount: 1, IsUsed: true).NameIn(names: null, slotCount: 3, ["Shop", "Day"]));
}
