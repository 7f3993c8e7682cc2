using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class MlpEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void EvaluateMultiTarget_MatchesAnExampleByHand()
    {
        // First target: errors 0, 1, −1, mean 2, deviations 2. Second: errors 0, 0, 3; constant.
        MultiTargetRegressionMetrics metrics = _ml.Regression.EvaluateMultiTarget(Data(
            new() { Label = [1, 5], Score = [1, 5] }, new() { Label = [2, 5], Score = [3, 5] }, new() { Label = [3, 5], Score = [2, 8] }));
        Assert.Equal(["0", "1"], metrics.Targets.Select(target => target.Name));
        Assert.Equal(0, metrics.Targets[0].RSquared, 1e-12);
        Assert.Equal(Math.Sqrt(2 / 3.0), metrics.Targets[0].RootMeanSquaredError, 1e-12);
        Assert.Equal(2 / 3.0, metrics.Targets[0].MeanAbsoluteError, 1e-12);
        Assert.Equal(double.NaN, metrics.Targets[1].RSquared);
        Assert.Equal(Math.Sqrt(3), metrics.Targets[1].RootMeanSquaredError, 1e-12);
        Assert.Equal((Math.Sqrt(2 / 3.0) + Math.Sqrt(3)) / 2, metrics.MeanRootMeanSquaredError, 1e-12);
        Assert.Equal((2 / 3.0 + 1) / 2, metrics.MeanAbsoluteError, 1e-12);
        Assert.Equal(double.NaN, metrics.MeanRSquared);
    }

    [Fact]
    public void EvaluateMultiTarget_OfOneTarget_GivesWhatEvaluateGives()
    {
        IDataView data = Blobs.View(_ml);
        IDataView scored = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(data).Transform(data);
        RegressionMetrics expected = _ml.Regression.Evaluate(scored, "Price");
        IDataView vectors = _ml.Transforms.Concatenate("Label", "Price").Append(_ml.Transforms.Concatenate("Prediction", "Score"))
            .Fit(scored).Transform(scored);
        TargetMetrics found = Assert.Single(_ml.Regression.EvaluateMultiTarget(vectors, "Label", "Prediction").Targets);
        Assert.Equal("Score", found.Name);
        // ML.NET takes the differences in Single.
        Assert.Equal(expected.RSquared, found.RSquared, 1e-7);
        Assert.Equal(expected.RootMeanSquaredError, found.RootMeanSquaredError, 1e-4);
        Assert.Equal(expected.MeanAbsoluteError, found.MeanAbsoluteError, 1e-4);
    }

    [Fact]
    public void EvaluateMultiTarget_LeavesOutRowsThatAreNotFinite()
    {
        MultiTargetRegressionMetrics metrics = _ml.Regression.EvaluateMultiTarget(Data(
            new() { Label = [1, 2], Score = [1, 3] }, new() { Label = [2, float.NaN], Score = [9, 9] },
            new() { Label = [2, 4], Score = [float.PositiveInfinity, 1] },
            new() { Label = [3, 3], Score = [3, 3] }));
        Assert.Equal([1.0, 0.5], metrics.Targets.Select(target => target.RSquared + (target.Name == "1" ? 1.5 : 0))
            .Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void EvaluateMultiLabel_MatchesAnExampleByHand()
    {
        // First label: TP 1, FP 1, FN 1, TN 1. Second: TP 2, TN 2. All right in rows 1 and 4.
        MultiLabelMetrics metrics = _ml.MulticlassClassification.EvaluateMultiLabel(Data(
            new() { Flags = [true, true], Found = [true, true] }, new() { Flags = [false, true], Found = [true, true] },
            new() { Flags = [true, false], Found = [false, false] }, new() { Flags = [false, false], Found = [false, false] }), "Flags",
                "Found");
        Assert.Equal(new LabelMetrics("0", 2, 0.5, 0.5, 0.5, 0.5), metrics.Labels[0]);
        Assert.Equal(new LabelMetrics("1", 2, 1, 1, 1, 1), metrics.Labels[1]);
        Assert.Equal(0.75, metrics.MicroF1Score, 1e-12);
        Assert.Equal(0.75, metrics.MacroF1Score, 1e-12);
        Assert.Equal(0.5, metrics.SubsetAccuracy, 1e-12);
        Assert.Equal(0.25, metrics.HammingLoss, 1e-12);
    }

    [Fact]
    public void WrongColumns_AreNamed()
    {
        IDataView data = Data(new Row());
        AssertThrows("Could not find label column 'Nope'. The data has Label, Score, Flags, Found, Three, Scalar.", () =>
            _ml.Regression.EvaluateMultiTarget(data, "Nope"));
        AssertThrows(
            "The prediction column 'Scalar' is Single; this evaluation needs Vector<Single> of known size. For a scalar column "
                + "use Evaluate.",
            () => _ml.Regression.EvaluateMultiTarget(data, "Label", "Scalar"));
        AssertThrows(
            "Label column 'Label' is Vector<Single, 2> and prediction column 'Three' is Vector<Single, 3>; they need the same "
                + "number of slots.",
            () => _ml.Regression.EvaluateMultiTarget(data, "Label", "Three"));
        AssertThrows(
            "The label column 'Label' is Vector<Single, 2>; this evaluation needs Vector<Boolean> of known size. For a scalar column "
                + "use Evaluate.",
            () => _ml.MulticlassClassification.EvaluateMultiLabel(data, "Label", "Found"));

        static void AssertThrows(string message, Action action) =>
            Assert.Equal($"{message} (Parameter 'data')", Assert.Throws<ArgumentOutOfRangeException>("data", action).Message);
    }

    private IDataView Data(params Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Label { get; set; } = [0, 0];

        [VectorType(2)]
        public float[] Score { get; set; } = [0, 0];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [false, false];

        [VectorType(2)]
        public bool[] Found { get; set; } = [false, false];

        [VectorType(3)]
        public float[] Three { get; set; } = [0, 0, 0];

        public float Scalar { get; set; }
    }
}
