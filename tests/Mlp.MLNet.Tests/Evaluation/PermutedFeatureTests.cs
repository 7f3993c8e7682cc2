using System.Collections.Immutable;
using Microsoft.ML;
using Mlp.MLNet.Evaluation;

namespace Mlp.MLNet.Tests.Evaluation;

public class PermutedFeatureTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void ACategory_IsPermutedAsOne_AndWhatNeverOccurred_NotAtAll()
    {
        IDataView data = MixedRows.View(_ml);
        ITransformer model = MixedRows.Fit(_ml, data, _ml.Regression.Trainers.Mlp(MixedRows.Regression("Targets")));
        ImmutableDictionary<string, MultiTargetRegressionMetricsStatistics> names =
            _ml.Regression.PermutationFeatureImportanceMultiTarget(model, data, "Targets", permutationCount: 2);
        Assert.Equal(2 + MixedRows.WordCount, names.Count);
        // Observed: about -0.2, after a few epochs.
        Assert.InRange(names["Colour"].MeanRSquared.Mean, -3, -0.1);
        Assert.True(names["Size"].MeanRSquared.Mean < -0.1);

        var network = ((IEnumerable<ITransformer>)model).OfType<MlpRegressionTransformer>().Single();
        ImmutableArray<MultiTargetRegressionMetricsStatistics> slots = _ml.Regression.PermutationFeatureImportanceMultiTarget(
            network, model.Transform(data), "Targets", permutationCount: 2);
        Assert.Equal(MixedRows.SlotCount, slots.Length);
        Assert.Equal(names["Size"], slots[0]);
        for (int slot = MixedRows.FirstColour; slot < MixedRows.FirstWord; slot++)
            Assert.Equal(names["Colour"], slots[slot]);
        // Words that were in no row of the training.
        for (int slot = MixedRows.FirstWord + MixedRows.UsedWordCount; slot < MixedRows.SlotCount; slot++)
            Assert.Equal(new MetricChange(0, 0, 0, 2), slots[slot].MeanRSquared);
        Assert.Contains(
            slots[MixedRows.FirstWord..(MixedRows.FirstWord + MixedRows.UsedWordCount)], slot => slot.MeanRSquared.Mean != 0);
    }

    [Fact]
    public void ACategory_OfLabels_IsPermutedAsOne()
    {
        IDataView data = MixedRows.View(_ml);
        MlpMultiLabelTrainer.Options options = Blobs.MultiLabel(numberOfEpochs: 40);
        options.CategoricalEmbedding = new CategoricalEmbedding();
        ITransformer model = MixedRows.Fit(_ml, data, _ml.MulticlassClassification.Trainers.MlpMultiLabel(options));
        var importance = _ml.MulticlassClassification.PermutationFeatureImportanceMultiLabel(model, data, "Labels");
        Assert.True(importance["Colour"].MicroF1Score.Mean < -0.1);
        Assert.DoesNotContain("Colour.red", importance.Keys);
    }

    [Theory]
    [InlineData("Colour", "Colour.red", "Colour.rose")]
    [InlineData("Size", "Size.1.5", "Size.2.5")]
    [InlineData("my.Colour", "my.Colour.red", "my.Colour.blue")]
    [InlineData("red to blue", "red", "blue")]
    [InlineData(".red to .rose", ".red", ".rose")]
    [InlineData("Slot 1 to b", "", "b")]
    public void NameIn_TakesWhatSlotsHaveInCommon(string expected, string first, string second) =>
        Assert.Equal(
            expected, new PermutedFeature(FirstSlot: 1, SlotCount: 2, IsUsed: true).NameIn(["other", first, second], slotCount: 3, []));

    [Fact]
    public void NameIn_WithoutNames_CountsSlots()
    {
        Assert.Equal(
            "Slot 1 to Slot 2", new PermutedFeature(FirstSlot: 1, SlotCount: 2, IsUsed: true).NameIn(names: null, slotCount: 4, []));
        Assert.Equal("Slot 3", new PermutedFeature(FirstSlot: 3, SlotCount: 1, IsUsed: true).NameIn(names: null, slotCount: 4, []));
    }
}
