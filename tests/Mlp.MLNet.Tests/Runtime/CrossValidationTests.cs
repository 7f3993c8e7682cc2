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
            0.7142857142857143 0.8888888888888888 0.8945906432748538 0.6666666666666666 0.5714285714285714 0.8 0.8571428571428571 0.6666666666666666 0.6886855744747254 0.2675785827447814 0.940285958670631 / 8 2 | 6 12 / 0.5714285714285714 0.8571428571428571 0.8 0.6666666666666666 / 2 6
            0.55 0.7135416666666666 0.7302846459096459 0.47058823529411764 0.4444444444444444 0.5 0.6363636363636364 0.5833333333333334 0.8589360347637763 0.11536586962368037 0.9709505944546686 / 4 4 | 5 7 / 0.4444444444444444 0.6363636363636364 0.5 0.5833333333333334 / 2 5
            0.75 0.77 0.8223366910866909 0.7368421052631577 0.7777777777777778 0.7 0.7272727272727273 0.8 0.8384680673320112 0.16153193266798882 1 / 7 3 | 2 8 / 0.7777777777777778 0.7272727272727273 0.7 0.8 / 2 2
            0.78125 0.8428571428571429 0.5219998255712541 0.588235294117647 0.5 0.7142857142857143 0.9090909090909091 0.8 0.6775127122702107 0.10604041972509985 0.7578784625383955 / 5 2 | 5 20 / 0.5 0.9090909090909091 0.7142857142857143 0.8 / 2 5
            """,
            string.Join("\n", results.Select(result => BinaryEvaluationTests.Describe(result.Metrics))));
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
            0.6363636363636364 0.8 0.7538656997886873 0.5384615384615384 0.4375 0.7 0.8235294117647058 0.6086956521739131 0.7679614906914918 0.13221124674664494 0.884963636383153 / 7 3 | 9 14 / 0.4375 0.8235294117647058 0.7 0.6086956521739131 / 2 9
            0.7333333333333333 0.8227513227513228 0.7253341594479364 0.5555555555555556 0.5555555555555556 0.5555555555555556 0.8095238095238095 0.8095238095238095 0.7300163164737918 0.17165113459012607 0.8812908992306927 / 5 4 | 4 17 / 0.5555555555555556 0.8095238095238095 0.5555555555555556 0.8095238095238095 / 2 4
            0.7567567567567568 0.8288690476190477 0.8136836787871838 0.7272727272727272 0.7058823529411765 0.75 0.8 0.7619047619047619 0.7477963846708598 0.24219046597248212 0.9867867202680318 / 12 4 | 5 16 / 0.7058823529411765 0.8 0.75 0.7619047619047619 / 2 5
            """,
            string.Join("\n", seeded.Select(result => BinaryEvaluationTests.Describe(result.Metrics))));
        Assert.Equal(
            """
            0.6730769230769231 0.7280701754385965 0.7309290981393675 0.6046511627906976 0.5416666666666666 0.6842105263157895 0.7857142857142857 0.6666666666666666 / 13 6 | 11 22 / 0.5416666666666666 0.7857142857142857 0.6842105263157895 0.6666666666666666 / 2 11
            0.75 0.875 0.7891834355233958 0.6470588235294118 0.6111111111111112 0.6875 0.8333333333333334 0.78125 / 11 5 | 7 25 / 0.6111111111111112 0.8333333333333334 0.6875 0.78125 / 2 7
            """,
            string.Join("\n", keyed.Select(result => BinaryEvaluationTests.Describe(result.Metrics))));
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
            "Label:Boolean, Score:Single, Probability:Single, PredictedLabel:Boolean, Weight:Single, A:Single, B:Single, "
            + "C:Single",
            DataText.Schema(results[1].ScoredHoldOutSet));
        Assert.Equal(
            "0.7692307692307693 0.8100840336134454 0.6477045243701367 0.6666666666666667 0.631578947368421 0.7058823529411765 "
            + "0.8484848484848485 0.8 / 12 5 | 7 28 / 0.631578947368421 0.8484848484848485 0.7058823529411765 0.8 / 2 7",
            BinaryEvaluationTests.Describe(results[1].Metrics));
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
            0.8421052631578947 0.8452991452991453 0.7484836327858074 0.31027592967558437 0 / 0.748363789285335 0.7518585139759907 0.7446817264128831 / 0: null / 9 1 0 | 2 13 0 | 2 1 10
            0.8292682926829268 0.8278388278388279 0.7370403653628493 0.3287504091704159 0 / 0.7195082299951828 0.7892241525051372 0.6997232019132571 / 0: null / 13 1 0 | 1 11 2 | 2 1 10
            """,
            string.Join("\n", classes.Select(result => MulticlassEvaluationTests.Describe(result.Metrics))));
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
}
