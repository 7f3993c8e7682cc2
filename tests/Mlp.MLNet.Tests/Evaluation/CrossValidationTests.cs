using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Cross-validation and permutation importance of the tasks that ML.NET has none for, and checkpoints in any
/// cross-validation.</summary>
public class CrossValidationTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public CrossValidationTests() => _data = Blobs.View(_ml);

    [Fact]
    public void SeveralTargets_HaveOneResultAFold()
    {
        IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultiTargetRegressionMetrics>> results =
            _ml.Regression.CrossValidateMultiTarget(
            _data, _ml.Regression.Trainers.Mlp(Blobs.Regression("Targets", 20)), numberOfFolds: 3, labelColumnName: "Targets", seed: 1);
        Assert.Equal([0, 1, 2], results.Select(result => result.Fold));
        // The folds are those of ML.NET, and each row is in one of them.
        IReadOnlyList<DataOperationsCatalog.TrainTestData> folds = _ml.Data.CrossValidationSplit(_data, 3, seed: 1);
        Assert.All(results, result =>
        {
            Assert.Equal(Texts(folds[result.Fold].TestSet), Texts(result.ScoredHoldOutSet));
            Assert.Equal(
                _ml.Regression.EvaluateMultiTarget(result.Model.Transform(folds[result.Fold].TestSet), "Targets").MeanRSquared,
                result.Metrics.MeanRSquared);
        });
        Assert.Equal(150, results.Sum(result => Texts(result.ScoredHoldOutSet).Length));
    }

    [Fact]
    public void SeveralLabels_HaveOneResultAFold_AndKeepRowsOfAKeyTogether()
    {
        IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultiLabelMetrics>> results =
            _ml.MulticlassClassification.CrossValidateMultiLabel(
            _data, _ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel()), 2, "Labels", samplingKeyColumnName: "Number");
        Assert.Equal(2, results.Count);
        int[][] numbers = [.. results.Select(result => result.ScoredHoldOutSet.GetColumn<int>("Number").Distinct().ToArray())];
        Assert.Equal(3, numbers.Sum(of => of.Length));
        Assert.All(results, result => Assert.Equal(
            _ml.MulticlassClassification.EvaluateMultiLabel(result.ScoredHoldOutSet, "Labels").HammingLoss, result.Metrics.HammingLoss));
    }

    [Fact]
    public void OneFold_IsRefused() => Assert.StartsWith(
        "numberOfFolds is 1; it must be at least 2.",
        Assert.Throws<ArgumentOutOfRangeException>("numberOfFolds", () => _ml.Regression.CrossValidateMultiTarget(
            _data, _ml.Regression.Trainers.Mlp(Blobs.Regression("Targets")), numberOfFolds: 1)).Message);

    [Fact]
    public void EachFold_HasItsOwnCheckpoint_AndGoesOnFromIt()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, "state");
        int epochs = 0;
        MlpMulticlassTrainer.Options options = Blobs.Multiclass();
        options.Checkpoint = new Checkpoint(path);
        options.EpochCallback = _ => epochs++;
        float[][] first = Scores();
        Assert.Equal(15, epochs);
        Assert.Equal(3, Directory.GetFiles(folder, "state*")
            .Count(file => !file.EndsWith(".previous", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)));
        // Every fold finds its file again, and has nothing left to do.
        Assert.Equal(first, Scores());
        Assert.Equal(15, epochs);
        // The same folds without checkpoints give the same models.
        options.Checkpoint = null;
        Assert.Equal(first, Scores());
        Directory.Delete(folder, recursive: true);

        float[][] Scores() =>
        [
            .. _ml.MulticlassClassification.CrossValidate(
                _data, _ml.Transforms.NormalizeMinMax("Features").Append(_ml.MulticlassClassification.Trainers.Mlp(options)), 3,
                "ClassKey", seed: 1)
                .SelectMany(result => result.ScoredHoldOutSet.GetColumn<float[]>("Score")),
        ];
    }

    [Fact]
    public void Permutation_ShowsWhatMatters_ToSeveralTargets()
    {
        ITransformer model = _ml.Transforms.Concatenate("Inputs", "Features", "Weight")
            .Append(_ml.Regression.Trainers.Mlp(With(Blobs.Regression("Targets", 40)))).Fit(_data);
        ImmutableDictionary<string, MultiTargetRegressionMetricsStatistics> importance =
            _ml.Regression.PermutationFeatureImportanceMultiTarget(model, _data, "Targets", permutationCount: 3);
        Assert.Equal(["Slot 0", "Slot 1", "Weight"], importance.Keys.Order());
        Assert.Equal(new MetricChange(0, 0, 0, 3), importance["Weight"].MeanRSquared);
        // Observed: about -1.
        Assert.InRange(importance["Slot 0"].MeanRSquared.Mean, -3, -0.2);
        Assert.True(importance["Slot 1"].MeanAbsoluteError.Mean > 0 && importance["Slot 1"].MeanRootMeanSquaredError.StandardDeviation > 0);
        Assert.Equal(
            importance["Slot 0"].MeanRSquared.StandardDeviation / Math.Sqrt(3), importance["Slot 0"].MeanRSquared.StandardError, 1e-12);

        var last = (MlpRegressionTransformer)((TransformerChain<MlpRegressionTransformer>)model).LastTransformer;
        IDataView rows = model.Transform(_data);
        ImmutableArray<MultiTargetRegressionMetricsStatistics> slots =
            _ml.Regression.PermutationFeatureImportanceMultiTarget(last, rows, "Targets", permutationCount: 3);
        Assert.Equal(importance["Slot 1"], slots[1]);
        // Fewer rows, other numbers.
        Assert.NotEqual(slots[0], _ml.Regression.PermutationFeatureImportanceMultiTarget(
            last, rows, "Targets", numberOfExamplesToUse: 20, permutationCount: 3)[0]);
    }

    [Fact]
    public void Permutation_ShowsWhatMatters_ToSeveralLabels()
    {
        MlpMultiLabelTransformer model = _ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel(40)).Fit(_data);
        ImmutableArray<MultiLabelMetricsStatistics> importance =
            _ml.MulticlassClassification.PermutationFeatureImportanceMultiLabel(model, _data, "Labels", permutationCount: 2);
        Assert.Equal(2, importance.Length);
        Assert.All(importance, slot => Assert.True(
            slot.MicroF1Score.Mean < -0.05 && slot.MacroF1Score.Mean < -0.05 && slot.SubsetAccuracy.Mean < -0.05
            && slot.HammingLoss.Mean > 0.05));
        Assert.Equal(["Slot 0", "Slot 1"], _ml.MulticlassClassification.PermutationFeatureImportanceMultiLabel(
            (ITransformer)model, _data, "Labels").Keys.Order());
        Assert.Throws<ArgumentOutOfRangeException>(
            "permutationCount", () =>
            _ml.MulticlassClassification.PermutationFeatureImportanceMultiLabel(model, _data, "Labels", permutationCount: 0));
        Assert.StartsWith("The data has no rows;", Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.PermutationFeatureImportanceMultiLabel(model, Blobs.View(_ml, []), "Labels")).Message);
    }

    private static MlpRegressionTrainer.Options With(MlpRegressionTrainer.Options options)
    {
        options.FeatureColumnName = "Inputs";
        return options;
    }

    private static string[] Texts(IDataView rows) => [.. rows.GetColumn<string>("Text")];
}
