using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>Cross-validation with estimators that only copy ready-made scores: what is shown is which rows each fold gets.</summary>
public class CrossValidationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Folds_AreTrainedAndEvaluatedInOrder()
    {
        var data = _ml.Data.LoadFromEnumerable(BinaryEvaluationTests.RandomRows(100, 5));
        var trainSizes = new List<int>();
        var estimator = _ml.Transforms.CopyColumns("Logit", "Score").WithOnFitDelegate(_ => trainSizes.Add(1));
        var results = _ml.BinaryClassification.CrossValidate(data, estimator, numberOfFolds: 4);

        Assert.Equal(4, trainSizes.Count);
        Assert.Equal([0, 1, 2, 3], results.Select(result => result.Fold));
        Assert.All(results, result => Assert.IsType<Microsoft.ML.Transforms.ColumnCopyingTransformer>(result.Model));
        Assert.Equal(
            """
            0.7142857142857143 0.8888888888888888 0.8945906432748538 / 8 2 | 6 12
            0.55 0.7135416666666666 0.7302846459096459 / 4 4 | 5 7
            0.75 0.77 0.8223366910866909 / 7 3 | 2 8
            0.78125 0.8428571428571429 0.5219998255712541 / 5 2 | 5 20
            """,
            string.Join("\n", results.Select(result => Summary(result.Metrics))));
        Assert.Equal(
            "Label:Boolean, Score:Single, Probability:Single, PredictedLabel:Boolean, Weight:Single, Logit:Single",
            DataText.Schema(results[0].ScoredHoldOutSet));
        Assert.Equal(
            "13.5492 8.9955 9.8110 17.0639",
            string.Join(" ", results.Select(result => result.ScoredHoldOutSet.GetColumn<float>("Weight").Sum().ToString("F4"))));
    }

    [Fact]
    public void SeedsAndKeys_ChooseTheRows()
    {
        var data = _ml.Data.LoadFromEnumerable(BinaryEvaluationTests.RandomRows(100, 5));
        var estimator = _ml.Transforms.CopyColumns("Logit", "Score");
        var seeded = _ml.BinaryClassification.CrossValidate(data, estimator, 3, seed: 9);
        var keyed = _ml.BinaryClassification.CrossValidateNonCalibrated(data, estimator, 2, samplingKeyColumnName: "Weight");

        Assert.Equal(
            """
            0.6363636363636364 0.8 0.7538656997886873 / 7 3 | 9 14
            0.7333333333333333 0.8227513227513228 0.7253341594479364 / 5 4 | 4 17
            0.7567567567567568 0.8288690476190477 0.8136836787871838 / 12 4 | 5 16
            """,
            string.Join("\n", seeded.Select(result => Summary(result.Metrics))));
        Assert.Equal(
            """
            0.6730769230769231 0.7280701754385965 0.7309290981393675 / 13 6 | 11 22
            0.75 0.875 0.7891834355233958 / 11 5 | 7 25
            """,
            string.Join("\n", keyed.Select(result => Summary(result.Metrics))));
    }

    [Fact]
    public void AChain_IsAppliedWhole()
    {
        var data = _ml.Data.LoadFromEnumerable(BinaryEvaluationTests.RandomRows(100, 5));
        var chain = _ml.Transforms.CopyColumns("A", "Score")
            .Append(_ml.Transforms.CopyColumns("B", "A"), TransformerScope.TrainTest)
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.CopyColumns("C", "B"), TransformerScope.Training);
        var results = _ml.BinaryClassification.CrossValidateNonCalibrated(data, chain, 2);

        Assert.Equal(
            "Label:Boolean, Score:Single, Probability:Single, PredictedLabel:Boolean, Weight:Single, A:Single, B:Single, C:Single",
            DataText.Schema(results[1].ScoredHoldOutSet));
        Assert.Equal("0.7692307692307693 0.8100840336134454 0.6477045243701367 / 12 5 | 7 28", Summary(results[1].Metrics));
    }

    [Fact]
    public void OtherTasks()
    {
        var data = _ml.Data.LoadFromEnumerable(MulticlassEvaluationTests.RandomRows(100, 5));
        var estimator = _ml.Transforms.CopyColumns("Copy", "Score");
        var classes = _ml.MulticlassClassification.CrossValidate(data, estimator, 2);
        var numbers = _ml.Regression.CrossValidate(
            _ml.Data.LoadFromEnumerable(RegressionEvaluationTests.RandomRows(100, 5)), estimator, 3, labelColumnName: "Label", seed: 2);

        Assert.Equal(
            """
            0.8421052631578947 0.8452991452991453 0.7484836327858074 / 9 1 0 | 2 13 0 | 2 1 10
            0.8292682926829268 0.8278388278388279 0.7370403653628493 / 13 1 0 | 1 11 2 | 2 1 10
            """,
            string.Join("\n", classes.Select(result => Summary(result.Metrics))));
        Assert.Equal(
            """
            0.5058966521173716 0.3714874998434038 0.6094977439198638 0.37148749987693463 0.9641911664641951
            0.492021549007167 0.328531670972544 0.5731768234781863 0.32853166916554427 0.9501329054425574
            0.3875172652981498 0.24405486248609473 0.4940190912162148 0.2440548627822533 0.9709370943658902
            """,
            string.Join("\n", numbers.Select(result => RegressionEvaluationTests.Describe(result.Metrics))));
    }

    [Fact]
    public void Errors()
    {
        var data = _ml.Data.LoadFromEnumerable(BinaryEvaluationTests.RandomRows(100, 5));
        var estimator = _ml.Transforms.CopyColumns("Logit", "Score");
        var metrics = _ml.BinaryClassification;

        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'data')",
            DataText.Error(() => metrics.CrossValidate(null!, estimator)));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'estimator')",
            DataText.Error(() => metrics.CrossValidate(data, null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be more than 1 (Parameter 'numFolds')",
            DataText.Error(() => metrics.CrossValidate(data, estimator, 1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: labelColumnName cannot be null or empty (Parameter 'labelColumnName')",
            DataText.Error(() => metrics.CrossValidate(data, estimator, labelColumnName: "")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Label' not found (Parameter 'schema')",
            DataText.Error(() => metrics.CrossValidate(data, estimator, labelColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find SamplingKeyColumn column 'nope' (Parameter 'samplingKeyColumn')",
            DataText.Error(() => metrics.CrossValidate(data, estimator, samplingKeyColumnName: "nope")));
    }

    private static string Summary(BinaryClassificationMetrics metrics)
        => Summary([metrics.Accuracy, metrics.AreaUnderRocCurve, metrics.AreaUnderPrecisionRecallCurve], metrics.ConfusionMatrix);

    private static string Summary(MulticlassClassificationMetrics metrics)
        => Summary([metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss], metrics.ConfusionMatrix);

    private static string Summary(double[] values, ConfusionMatrix matrix)
        => $"{Join(values)} / {string.Join(" | ", matrix.Counts.Select(Join))}";

    private static string Join(IEnumerable<double> values) => string.Join(" ", values.Select(value => DataText.Format(value)));
}
