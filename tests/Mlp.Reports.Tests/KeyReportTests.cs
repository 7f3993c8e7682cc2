using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.MLNet;
using Mlp.MLNet.Tests;
using Mlp.Networks;

namespace Mlp.Reports.Tests;

/// <summary>Reports of models with key columns beside their features.</summary>
public class KeyReportTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void AKey_IsOneColumn_WithTheNamesOfItsValues()
    {
        IDataView data = KeyRows.View(_ml), test = KeyRows.View(_ml, rowCount: 100);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(KeyRows.Regression(60, "ShopKey", "DayKey")).Fit(data);

        ModelReport report = _ml.Model.ReportMlp(model, data, test, "Number");

        Assert.Equal("ShopKey", report.Importances[0].Name);
        Assert.Equal((2, 1), (report.Importances[0].FirstFeature, report.Importances[0].FeatureCount));
        Assert.Equal(["DayKey", "Features 0", "Features 1", "ShopKey"], report.Importances.Select(each => each.Name).Order());
        // The labels are 0 to 40, 10 apart; shuffled they are 20 apart in the root of the mean square. Observed: 18.6, and 0.02 for DayKey.
        Assert.InRange(report.Importances[0].Mean, 12, 25);
        Assert.All(report.Importances.Skip(1), each => Assert.InRange(each.Mean, -0.5, 0.5));
        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(test), "Number");
        Assert.Equal(metrics.RSquared, report.Metrics.Single(metric => metric.Name == "R²").Value, 1e-4);

        string html = Write(report);
        Assert.Contains("<tr><th scope=\"row\" class=\"text\">ShopKey</th><td class=\"text\">category of 5</td>", html);
        Assert.Contains("from 4 columns", html);
        Assert.Contains("The first layer gets 2 categories as 12 numbers that are learnt for the values", html);
        // In the rows that are explained.
        Assert.Matches("ShopKey</t.>\\s*<td[^>]*>[a-e]</td>", html);
        Assert.Matches("DayKey</t.>\\s*<td[^>]*>day [0-6]</td>", html);
        Assert.DoesNotContain("NaN", html);
    }

    [Fact]
    public void AMissingKey_IsCounted_AndOneWithoutValues_IsItsNumber()
    {
        KeyRows.Row[] rows = KeyRows.Rows(60);
        foreach (KeyRows.Row row in rows.Where(row => row.Shop == "c"))
            row.Shop = "";
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        IDataView data = KeyRows.Keys(_ml).Fit(view).Transform(view);
        // A key of an object has no names of its values.
        MlpRegressionTrainer.Options options = KeyRows.Regression(20, "ShopKey", "Class");
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);

        string html = Write(_ml.Model.ReportMlp(model, data, data, "Number"));

        Assert.Contains("<th scope=\"col\" class=\"number\">Missing</th>", html);
        Assert.Contains("<td class=\"number\">12</td>", html);
        Assert.Matches("Class</t.>\\s*<td[^>]*>[123]</td>", html);
        // Every shop has as many rows: one of those that are explained is of the one without a name, or all others are.
        Assert.Matches("ShopKey</t.>\\s*<td[^>]*>([abde]|missing or unknown)</td>", html);
    }

    [Fact]
    public void EveryTask_HasItsReport()
    {
        IDataView data = KeyRows.View(_ml);
        MlpBinaryTrainer.Options binary = Blobs.Binary(20);
        (binary.LabelColumnName, binary.CategoricalColumnNames) = ("Flag", ["ShopKey"]);
        AssertReported(_ml.BinaryClassification.Trainers.Mlp(binary).Fit(data), "Flag");
        MlpMulticlassTrainer.Options classes = Blobs.Multiclass(20);
        (classes.LabelColumnName, classes.CategoricalColumnNames) = ("Class", ["ShopKey"]);
        AssertReported(_ml.MulticlassClassification.Trainers.Mlp(classes).Fit(data), "Class");
        MlpMultiLabelTrainer.Options labels = Blobs.MultiLabel(20);
        (labels.LabelColumnName, labels.CategoricalColumnNames) = ("Flags", ["ShopKey"]);
        AssertReported(_ml.MulticlassClassification.Trainers.MlpMultiLabel(labels).Fit(data), "Flags");
        MlpRegressionTrainer.Options targets = KeyRows.Regression(20);
        targets.LabelColumnName = "Numbers";
        AssertReported(_ml.Regression.Trainers.Mlp(targets).Fit(data), "Numbers");
        var intervals = new MlpRegressionTrainer.Options
        {
            LabelColumnName = "Number",
            CategoricalColumnNames = ["ShopKey"],
            HiddenLayerSizes = [8],
            NumberOfEpochs = 20,
            Seed = 1,
            PredictionIntervals = 0.8,
        };
        Assert.Contains("Each point is a quarter of the rows", AssertReported(_ml.Regression.Trainers.Mlp(intervals).Fit(data), "Number"));

        string AssertReported(ITransformer model, string label)
        {
            ModelReport report = _ml.Model.ReportMlp(model, data, data, label);
            Assert.Equal("ShopKey", report.Importances[0].Name);
            Assert.True(report.Importances[0].Mean > 10 * Math.Abs(report.Importances[1].Mean), $"{label}: {report.Importances[1]}");
            string html = Write(report);
            Assert.DoesNotContain("NaN", html);
            return html;
        }
    }

    [Fact]
    public void WithMissingValues_AOneHotRange_AndSparseSlots_EachIsAColumn()
    {
        IDataView rows = MixedRows.View(_ml);
        MlpRegressionTrainer.Options options = MixedRows.Regression();
        options.CategoricalColumnNames = ["Key"];
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Key", "Colour")
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Colour"))
            .Append(_ml.Transforms.Concatenate("Features", "Size", "Colour", "Words"))
            .Append(_ml.Regression.Trainers.Mlp(options)).Fit(rows);

        ModelReport report = _ml.Model.ReportMlp(model, rows, rows, "Target");

        Assert.Equal(
            ["Colour", "Features 4 to Features 303", "Key", "Size"], report.Importances.Select(importance => importance.Name).Order());
        Assert.True(report.Importances.Single(importance => importance.Name == "Key").Mean > 0);
        string html = Write(report);
        Assert.Contains("The first layer gets 2 categories as 6 numbers that are learnt for the values", html);
        // A number, two categories and 150 slots.
        Assert.Contains("153 features, 158 encoded", html);
        Assert.DoesNotContain("NaN", html);
    }

    [Fact]
    public void ADecision_IsDrawnOverTheNumbers_WithTheKeyAtItsMostCommonValue()
    {
        // The price is a function of the features, which the class follows from.
        IDataView data = Blobs.View(_ml);
        MlpRegressionTrainer.Options options = Blobs.Regression("Price", numberOfEpochs: 200);
        options.CategoricalColumnNames = ["ClassKey"];
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);

        string html = Write(_ml.Model.ReportMlp(model, data, data, "Price"));

        Assert.Contains("With the other 1 features held at their medians or most common values, these two reach", html);
        Assert.DoesNotContain("NaN", html);
    }

    [Fact]
    public void RowsOfTheEngine_HaveTheKeysBehindTheirFeatures()
    {
        var network = Network<double>.Create(
            new InputDescription(1) { Categories = [new CategoryDescription(3, 2)] }, [Layer.Dense(1)], seed: 1);
        var model = new Model<double>(network)
        {
            Layout = new FeatureLayout { SlotCount = 1, NumberSlots = [0], KeyCounts = [3] },
        };
        ReportRows rows = RowsOf(key => key), wrong = RowsOf(key => key + 1), narrow = ReportRows.Of(
            new RowBlocks<double>([1, 2], 1), new RowBlocks<double>([1, 2], 1));

        var report = ModelReport.Create(model, rows, rows);

        Assert.Equal(["feature 1", "key 1"], report.Importances.Select(each => each.Name).Order());
        Assert.Contains("missing or unknown", Write(report));
        Assert.Equal(
            "Key column 0 is 4 in test row 3; it must be a whole number from 0, for an unknown value, to 3. (Parameter 'keys')",
            Assert.Throws<ArgumentException>(() => ModelReport.Create(model, train: null, wrong)).Message);
        Assert.StartsWith(
            "The test rows have 1 features, the model has 1 and 1 key column behind them.",
            Assert.Throws<ArgumentException>(() => ModelReport.Create(model, train: null, narrow)).Message);

        static ReportRows RowsOf(Func<int, double> keyOf) => ReportRows.Of(
            new RowBlocks<double>([.. Enumerable.Range(0, 80).SelectMany(row => (double[])[row % 9, keyOf(row % 4)])], 2),
            new RowBlocks<double>([.. Enumerable.Range(0, 80).Select(row => row % 7.0)], 1));
    }

    private static string Write(ModelReport report)
    {
        using var writer = new StringWriter();
        report.Write(writer);
        return writer.ToString();
    }
}
