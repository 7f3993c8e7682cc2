using Microsoft.ML;
using Mlp.MLNet;
using Mlp.MLNet.Tests;
using Mlp.Reports.Findings;

namespace Mlp.Reports.Tests;

/// <summary>Reports of models that learnt from missing values, categories and sparse slots.</summary>
public class MixedReportTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void CategoriesAndSparseSlots_AreOneColumnEach_AndMissingValuesAreCounted()
    {
        IDataView data = MixedRows.View(_ml);
        ITransformer model = MixedRows.Fit(_ml, data, _ml.Regression.Trainers.Mlp(MixedRows.Regression()));

        ModelReport report = _ml.Model.ReportMlp(model, data, data, "Target");

        // The words have no names.
        Assert.Equal(
            ["Colour", "Features 4 to Features 303", "Size"], report.Importances.Select(importance => importance.Name).Order());
        // Observed: 2.
        Assert.InRange(report.Importances.Single(importance => importance.Name == "Colour").Mean, 1, 8);
        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("left out", StringComparison.Ordinal));
        string html = Write(report);
        Assert.DoesNotContain("NaN", html);
        Assert.Contains(
            "The first layer gets 1 category as 3 numbers that are learnt for the values; 1 number with a learnt value and an indicator "
            + "where it is missing; 150 sparse slots, of which a row uses those that are not 0. 150 features were 0 in all training "
            + "rows, and the model does not look at them.",
            html);
        Assert.Contains("category of 3", html);
        Assert.Contains("150 sparse slots</td>", html);
        Assert.Contains("<th scope=\"col\" class=\"number\">Missing</th>", html);
        // Every fifth of 300 rows.
        Assert.Contains("<td class=\"number\">60</td>", html);
        // A number, a category and 150 slots become the number, its indicator, the category's 3 numbers and the slots. Learnt for that are
        // the number's value, and 3 numbers for each colour and for an unknown one.
        Assert.Contains("152 features, 155 encoded", html);
        Assert.Matches("encoded</t.>[^0-9]*155<[^0-9]*13<", html);
    }

    [Fact]
    public void WithoutMissingValues_ThereIsNoSuchColumn()
    {
        IDataView data = Blobs.View(_ml);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(data);
        Assert.DoesNotContain(">Missing<", Write(_ml.Model.ReportMlp(model, data, data, "Price")));
    }

    [Fact]
    public void ADecision_IsDrawnWithTheRowsThatHaveBothFeatures()
    {
        Blobs.Row[] rows = Blobs.Rows(90);
        for (int row = 0; row < rows.Length; row += 4)
            rows[row].Features[row / 4 % 2] = float.NaN;
        IDataView data = Blobs.View(_ml, rows);
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(numberOfEpochs: 60)).Fit(data);

        ModelReport report = _ml.Model.ReportMlp(model, data, data, "ClassKey");

        string html = Write(report);
        Assert.DoesNotContain("NaN", html);
        Assert.Contains("with 67 rows", html);
    }

    [Fact]
    public void AColumnWithoutValues_IsSummarizedWithoutNumbers()
    {
        var network = Network<double>.Create(3, [Layer.Dense(1)]);
        var model = new Model<double>(network) { Middles = [0, 0, 0] };
        double[] features = [.. Enumerable.Range(0, 60).SelectMany(row => (double[])[double.NaN, row % 5 == 0 ? double.NaN : 1, row])];
        var rows = ReportRows.Of(
            new RowBlocks<double>(features, 3), new RowBlocks<double>([.. Enumerable.Range(0, 60).Select(row => row % 7.0)], 1),
            keepsMissing: true);

        var report = ModelReport.Create(model, rows, rows);

        Assert.Contains("Column feature 1: missing in every row, so nothing can be learnt from it.", report.Warnings);
        Assert.DoesNotContain(report.Warnings, warning => warning.StartsWith("Column feature 2", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", Write(report));
        // The same rows are not for a model that does not take them.
        Assert.Contains("Feature 0 is NaN in training row 0", Assert.Throws<ArgumentException>(
            () => ModelReport.Create(new Model<double>(network), rows, test: null)).Message);
    }

    [Fact]
    public void Histograms_LeaveMissingValuesOut_AndPutManyValuesTogether()
    {
        var column = new FeatureGroup("x", 0, 1);
        Assert.Equal(3, new ColumnSummary(column, "number", [1, 2, 3], MissingCount: 9, []).Histogram().Sum());
        Assert.Equal(0, new ColumnSummary(column, "missing", [], MissingCount: 9, []).Histogram().Sum());
        var group = new FeatureGroup("words", 0, 1000);
        double[] bins = new ColumnSummary(group, "1,000 sparse slots", [.. Enumerable.Repeat(1.0, 1000)], MissingCount: 0, []).Histogram();
        Assert.InRange(bins.Length, 50, 96);
        Assert.Equal(1000, bins.Sum());
    }

    private static string Write(ModelReport report)
    {
        using var writer = new StringWriter();
        report.Write(writer);
        return writer.ToString();
    }
}
