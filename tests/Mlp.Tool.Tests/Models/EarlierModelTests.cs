using System.Globalization;
using System.Text.Json;
using Mlp.Tables;
using Mlp.TestSupport;

namespace Mlp.Tool.Tests.Models;

/// <summary>
/// A model of version 0.2.0, which loaded its table with ML.NET's text loader: a vector of numbers, a category, a date and a number with
/// missing values. Beside it the rows that that version scored, with its predictions.
/// </summary>
public sealed class EarlierModelTests : IDisposable
{
    private static readonly string Model = Path.Combine(AppContext.BaseDirectory, "Models", "version-0.2.0.zip");

    private static readonly string Scored = Path.Combine(AppContext.BaseDirectory, "Models", "version-0.2.0.scored.csv");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_GivesWhatThatVersionGave()
    {
        string path = _folder.PathOf("scored.csv");
        ToolRun.Json("predict", Model, Scored, "--out", path);

        TableDescription table = TableFile.Inspect(path);
        string[] names = [.. table.Columns.Select(column => column.Name)];
        string[][] rows = [.. TableFile.ReadRows(table)];
        Assert.Equal(6, rows.Length);
        Assert.All(rows, row => Assert.Equal(row[At("PredictedLabel")], row[At("PredictedLabel_2")]));
        // Each of the two loaders rounds numbers to a Single in its own way.
        Assert.All(rows, row => Assert.Equal(Number(row[At("Probability.yes")]), Number(row[At("Probability.yes_2")]), 1e-6));

        int At(string name) => Array.IndexOf(names, name);
    }

    [Fact]
    public void Evaluate_Works()
    {
        string[] lines = File.ReadAllLines(Scored);
        lines[0] = lines[0].Replace("PredictedLabel", "buys", StringComparison.Ordinal);
        lines[1] = lines[1].Replace(",yes,", ",no,", StringComparison.Ordinal);
        string path = _folder.PathOf("labelled.csv");
        File.WriteAllLines(path, lines);

        JsonElement document = ToolRun.Json("evaluate", Model, path);

        Assert.Equal(6, document.GetProperty("rows").GetInt32());
        Assert.Equal(5.0 / 6, ToolRun.Metrics(document)["accuracy"].Value, 1e-6);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
