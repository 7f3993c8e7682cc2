using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>ML.NET's own permutation importance finds the network in a pipeline, by column name and by slot.</summary>
public class PermutationImportanceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void ByName_TheColumnsThatMatterLoseAccuracy()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Moons.Rows());
        // Weight is 1 in every row and so cannot matter.
        ITransformer model = _ml.Transforms.Concatenate("Features", "X", "Y", "Weight").Append(_ml.BinaryClassification.Trainers.Mlp())
            .Fit(data);
        IDataView scored = model.Transform(data);

        ImmutableDictionary<string, BinaryClassificationMetricsStatistics> importance =
            _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, scored, permutationCount: 3);

        Assert.Equal(["Weight", "X", "Y"], importance.Keys.Order());
        // Observed: -0.25 for X and -0.40 for Y.
        Assert.InRange(importance["X"].Accuracy.Mean, -0.6, -0.1);
        Assert.InRange(importance["Y"].Accuracy.Mean, -0.6, -0.1);
        Assert.Equal(0, importance["Weight"].Accuracy.Mean);
    }

    [Fact]
    public void BySlot_TheSlotsThatMatterLoseAccuracy()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Moons.Rows());
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp().Fit(data);

        ImmutableArray<BinaryClassificationMetricsStatistics> importance =
            _ml.BinaryClassification.PermutationFeatureImportance<MlpModelParameters>(model, model.Transform(data), permutationCount: 3);

        Assert.Equal(2, importance.Length);
        Assert.All(importance, slot => Assert.InRange(slot.Accuracy.Mean, -0.6, -0.1));
    }
}
