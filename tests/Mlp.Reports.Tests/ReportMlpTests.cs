using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Tests;

namespace Mlp.Reports.Tests;

public class ReportMlpTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Binary_HasTheMetricsOfMLNet()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Moons.Rows(noise: 0.4));
        IDataView test = _ml.Data.LoadFromEnumerable(Moons.Rows(seed: 2, noise: 0.4));
        ITransformer model = _ml.Transforms.Concatenate("Features", "X", "Y").Append(
            _ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(MlpPreset.Fast) { NumberOfEpochs = 20 })).Fit(data);

        ModelReport report = _ml.Model.ReportMlp(model, data, test);

        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(model.Transform(test));
        Assert.IsType<BinaryTask>(report.Task);
        AssertMetric(report, "Accuracy", metrics.Accuracy);
        AssertMetric(report, "Area under the ROC curve", metrics.AreaUnderRocCurve);
        AssertMetric(report, "Area under precision-recall", metrics.AreaUnderPrecisionRecallCurve);
        AssertMetric(report, "F1 score", metrics.F1Score);
        AssertMetric(report, "Precision", metrics.PositivePrecision);
        AssertMetric(report, "Recall", metrics.PositiveRecall);
        AssertMetric(report, "Log-loss (bits)", metrics.LogLoss);
        Assert.Equal(["X", "Y"], report.Importances.Select(importance => importance.Name).Order());
        Assert.Contains("false", Write(report));
    }

    [Fact]
    public void Multiclass_HasTheMetricsOfMLNet_AndTheNamesOfTheClasses()
    {
        IDataView data = Blobs.View(_ml), test = Blobs.View(_ml, Blobs.Rows(90, seed: 2));
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(numberOfEpochs: 60)).Fit(data);

        ModelReport report = _ml.Model.ReportMlp(model, trainData: null, test, "ClassKey", new ReportSettings { Title = "Blobs" });

        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(test), "ClassKey");
        Assert.IsType<MulticlassTask>(report.Task);
        AssertMetric(report, "Accuracy", metrics.MicroAccuracy);
        AssertMetric(report, "Macro accuracy", metrics.MacroAccuracy);
        AssertMetric(report, "Log-loss (nats)", metrics.LogLoss);
        string html = Write(report);
        Assert.Contains("<h1>Blobs</h1>", html);
        Assert.Contains("<th scope=\"col\">z</th><th scope=\"col\">y</th><th scope=\"col\">x</th>", html);
    }

    [Fact]
    public void Regression_HasTheMetricsOfMLNet()
    {
        IDataView data = Blobs.View(_ml), test = Blobs.View(_ml, Blobs.Rows(90, seed: 2));
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression(numberOfEpochs: 60)).Fit(data);

        ModelReport report = _ml.Model.ReportMlp(model, data, test, "Price");

        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(test), "Price");
        AssertMetric(report, "R²", metrics.RSquared);
        AssertMetric(report, "Root mean squared error", metrics.RootMeanSquaredError);
        AssertMetric(report, "Mean absolute error", metrics.MeanAbsoluteError);
    }

    [Fact]
    public void SeveralLabelsAndNumbers_HaveOnePlaceEach()
    {
        IDataView data = Blobs.View(_ml);
        ModelReport labels = _ml.Model.ReportMlp(
            _ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel()).Fit(data), data, data, "Labels");
        Assert.IsType<MultiLabelTask>(labels.Task);
        Assert.Equal(
            ["All labels right", "Hamming loss", "Micro F1", "Log-loss (nats per label)"], labels.Metrics.Select(metric => metric.Name));
        Assert.Contains("Label by label", Write(labels));

        ModelReport numbers = _ml.Model.ReportMlp(
            _ml.Regression.Trainers.Mlp(Blobs.Regression("Targets")).Fit(data), data, data, "Targets");
        Assert.Equal(
            ["R² · 0", "R² · 1"],
            numbers.Metrics.Select(metric => metric.Name).Where(name => name.StartsWith("R²", StringComparison.Ordinal)));
    }

    [Fact]
    public void OneHotSlots_AreOneColumn()
    {
        IDataView data = Blobs.View(_ml);
        var options = new MlpRegressionTrainer.Options(MlpPreset.Plain)
        {
            LabelColumnName = "Price",
            FeatureColumnName = "All",
            NumberOfEpochs = 5,
        };
        ITransformer model = _ml.Transforms.Categorical.OneHotEncoding("Kind", "Class")
            .Append(_ml.Transforms.Concatenate("All", "Features", "Kind"))
            .Append(_ml.Regression.Trainers.Mlp(options))
            .Fit(data);

        ModelReport report = _ml.Model.ReportMlp(model, data, data, "Price");

        FeatureImportance kind = report.Importances.Single(importance => importance.Name == "Kind");
        Assert.Equal((2, 3), (kind.FirstFeature, kind.FeatureCount));
        Assert.Equal(3, report.Importances.Count);
    }

    [Fact]
    public void RowsThatCannotBeUsed_AreLeftOut_AndCounted()
    {
        IDataView data = Blobs.View(_ml);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(data);
        Blobs.Row[] rows = Blobs.Rows(30);
        rows[3].Features = [float.PositiveInfinity, 1];
        rows[4].Price = float.NaN;
        // No reason: the model knows what to make of it.
        rows[5].Features = [float.NaN, 1];

        ModelReport report = _ml.Model.ReportMlp(model, data, Blobs.View(_ml, rows), "Price");

        Assert.Contains("2 of 30 test rows have infinite features or no label and are left out here.", report.Warnings);
        Blobs.Row[] none = [.. rows.Skip(3).Take(2)];
        Assert.Contains("The test data has 2 rows, and none of them", Assert.Throws<InvalidOperationException>(
            () => _ml.Model.ReportMlp(model, data, Blobs.View(_ml, none), "Price")).Message);
    }

    [Fact]
    public void MissingValues_AreLeftOut_WhereTheModelRefusesThem()
    {
        IDataView data = Blobs.View(_ml);
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.MissingValues = MissingValues.Refuse;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        Blobs.Row[] rows = Blobs.Rows(30);
        rows[3].Features = [float.NaN, 1];

        ModelReport report = _ml.Model.ReportMlp(model, data, Blobs.View(_ml, rows), "Price");

        Assert.Contains("1 of 30 test rows have missing or infinite values and are left out here.", report.Warnings);
    }

    [Fact]
    public void WrongColumns_AreNamed()
    {
        IDataView data = Blobs.View(_ml);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(data);
        Assert.Contains(
            "Could not find label column 'Label'",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.ReportMlp(model, data, data)).Message);
        Assert.Contains(
            "Label column 'Text' is",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.ReportMlp(model, data, data, "Text")).Message);
    }

    [Fact]
    public void Cancelled_ItReadsNoFurther()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(Blobs.View(_ml));
        using var cancellation = new CancellationTokenSource();
        Blobs.Row[] rows = Blobs.Rows(1_000);
        int readCount = 0;
        IEnumerable<Blobs.Row> CancelAfterThree()
        {
            foreach (Blobs.Row row in rows)
            {
                if (++readCount == 3)
                    cancellation.Cancel();
                yield return row;
            }
        }

        Assert.Throws<OperationCanceledException>(() => _ml.Model.ReportMlp(
            model, trainData: null, _ml.Data.LoadFromEnumerable(CancelAfterThree()), "Price",
            new ReportSettings { CancellationToken = cancellation.Token }));

        Assert.InRange(readCount, 3, 300);
    }

    private static void AssertMetric(ModelReport report, string name, double expected) =>
        Assert.Equal(expected, report.Metrics.Single(metric => metric.Name == name).Value, 1e-4 * Math.Max(1, Math.Abs(expected)));

    private static string Write(ModelReport report)
    {
        using var writer = new StringWriter();
        report.Write(writer);
        return writer.ToString();
    }
}
