using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mlp.Tables;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>evaluate, predict, export and inspect on models that train wrote.</summary>
public sealed partial class ModelCommandsTests : IClassFixture<ModelCommandsTests.TrainedModels>, IDisposable
{
    private readonly TrainedModels _models;
    private readonly TemporaryFolder _folder = new();

    public ModelCommandsTests(TrainedModels models) => _models = models;

    [Fact]
    public void Evaluate_OnTheTestRows_GivesTheMetricsOfTrain()
    {
        JsonElement document = ToolRun.Json("evaluate", _models.Split, _models.SplitData, "--split-column", "use");
        Assert.Equal(ToolRun.Metrics(_models.SplitTraining), ToolRun.Metrics(document));
        Assert.Equal(
            _models.SplitTraining.GetProperty("split").GetProperty("testRows").GetInt32(), document.GetProperty("rows").GetInt32());
        Assert.Equal(_models.SplitTraining.GetProperty("baseline").GetString(), document.GetProperty("baseline").GetString());
    }

    [Fact]
    public void Evaluate_LeavesOutRowsOfUnknownClasses_AndSaysSo()
    {
        string data = Write(ExampleTables.Flowers(70, seed: 5) + "1,2,3,4,5,6,7,8,9,10,orchid\n1,2,3,4,5,6,7,8,9,10,\n");
        var run = ToolRun.Of("evaluate", _models.Flowers, data);
        Assert.True(run.IsDone, run.Error);
        Assert.Contains("Rows: 70", run.Out);
        Assert.Contains("2 rows are left out", run.Error);
    }

    [Fact]
    public void Evaluate_OfARegression_ReadsDatesAndDecimalCommas()
    {
        JsonElement document = ToolRun.Json("evaluate", _models.Prices, Write(ExampleTables.Prices(120, seed: 9)));
        (double value, double? baseline) = ToolRun.Metrics(document)["rootMeanSquaredError"];
        Assert.True(value < 0.5 * baseline, $"{value} is not far below {baseline}.");
    }

    [Fact]
    public void Evaluate_WithoutTheLabel_SaysWhatIsMissing()
    {
        string line = ToolRun.Fails(ExitCode.BadInput, "evaluate", _models.Buyers, Write(WithoutLastColumn(ExampleTables.Buyers(60))));
        Assert.Contains("lacks a column that is needed: buys?", line);
    }

    [Fact]
    public void Evaluate_OnRowsOfOneClass_SaysSo()
    {
        string[] lines = ExampleTables.Buyers(60).TrimEnd('\n').Split('\n');
        string line = ToolRun.Fails(ExitCode.BadInput, "evaluate", _models.Buyers, Write(
            string.Join('\n', lines.Where((text, row) => row == 0 || text.EndsWith("yes", StringComparison.Ordinal)))));
        Assert.Matches(
            @"column 'buys\?': the label is 'yes' in all \d+ rows to be evaluated; .* both classes\. Add rows of the other class, or use mlp predict\.", line);
    }

    [Fact]
    public void Predict_KeepsTheColumns_AndAddsClassAndProbabilities()
    {
        string text = ExampleTables.Buyers(60, seed: 4);
        string[][] rows = Predict(_models.Buyers, Write(text));
        Assert.Equal(
            ["age", "home country", "visits, last year", "class", "buys?", "PredictedLabel", "Probability.no", "Probability.yes"], rows[0]);
        string[][] original = Read(Write(text, "again.csv"));
        Assert.Equal(original, rows.Select(row => row[..5]));
        foreach (string[] row in rows[1..])
        {
            float no = float.Parse(row[6], CultureInfo.InvariantCulture), yes = float.Parse(row[7], CultureInfo.InvariantCulture);
            Assert.Equal(1, no + yes, 1e-6);
            Assert.Equal(yes > 0.5f ? "yes" : "no", row[5]);
        }
        Assert.InRange(rows[1..].Count(row => row[5] == row[4]), 40, 60);
    }

    [Fact]
    public void Predict_NeedsNoLabel_AndFindsColumnsByName()
    {
        string text = ExampleTables.Buyers(60, seed: 4);
        string[][] expected = Predict(_models.Buyers, Write(text));
        // Without the label, in another order, with a column that the model does not know.
        string[][] table =
            [.. Read(Write(text)).Select((row, index) => new[] { row[3], index == 0 ? "note" : $"n{index % 3}", row[2], row[1], row[0] })];
        string[][] rows = Predict(
            _models.Buyers, Write(string.Join("\n", table.Select(row => string.Join(";", row.Select(Quote)))) + "\n", "other.csv"));
        Assert.Equal(
            ["class", "note", "visits, last year", "home country", "age", "PredictedLabel", "Probability.no", "Probability.yes"], rows[0]);
        Assert.Equal(expected.Select(row => string.Join("|", row[5..])), rows.Select(row => string.Join("|", row[5..])));
    }

    [Fact]
    public void Predict_TellsOfNewCategoriesAndOfMissingColumns()
    {
        string text = ExampleTables.Buyers(60, seed: 4).Replace("Peru", "Chile", StringComparison.Ordinal);
        var run = ToolRun.Of("predict", _models.Buyers, Write(text), "--out", _folder.PathOf("scored.csv"));
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Matches("warning: Column 'home country' has values that training did not see in \\d+ rows \\(Chile\\)", run.Error);

        string line = ToolRun.Fails(ExitCode.BadInput, "predict", _models.Buyers, Write(
            text.Replace("age,", "years,", StringComparison.Ordinal)), "--out", _folder.PathOf("s.csv"));
        Assert.Contains("lacks a column that is needed: age. It has years, home country", line);
        Assert.False(File.Exists(_folder.PathOf("s.csv")));
    }

    [Fact]
    public void Predict_OfTextsWhereNumbersWere_SaysSo()
    {
        string[][] rows = Read(Write(ExampleTables.Buyers(3)));
        string data = Write(string.Join("\n", rows.Select(
            (row, index) => string.Join(";", row.Select((field, column) => Quote(index > 0 && column == 0 ? "old" : field))))) + "\n");
        string line = ToolRun.Fails(ExitCode.BadInput, "predict", _models.Buyers, data, "--out", _folder.PathOf("scored.csv"));
        Assert.Contains(
            "line 2, column 'age': 'old' is no number, and neither is any other value, but the model was trained on numbers. Write "
                + "numbers, or leave the fields empty.", line);
    }

    [Fact]
    public void Predict_ReadsDatesAsTheTrainingDid()
    {
        string[] lines = ExampleTables.Prices().TrimEnd('\n').Split('\n');
        string DayFirst(string line) => Regex.Replace(line, @"(\d{4})-(\d\d)-(\d\d)", "$3/$2/$1");
        string model = _folder.PathOf("days.zip");
        ToolRun.Json("train", Write(
            string.Join('\n', lines.Select(DayFirst)) + "\n"), "--label", "price", "--preset", "fast", "--epochs", "30", "--out", model);
        // Alone, a day up to 12 could be a month as well.
        string row = lines.First(line => Regex.IsMatch(line, @"-(0[1-9]|1[0-2]);") && !Regex.IsMatch(line, @"-(\d\d)-\1;"));
        string year = Predict(model, Write($"{lines[0]}\n{row}\n"))[1][^1];
        Assert.Equal(year, Predict(model, Write($"{lines[0]}\n{DayFirst(row)}\n"))[1][^1]);
    }

    [Fact]
    public void Predict_OfOneRow_Works()
    {
        string[][] rows = Predict(_models.Flowers, Write("m1,m2,m3,m4,m5,m6,m7,m8,m9,m10\n0.1,1,0.3,0.1,1,0.3,0.1,1,0.3,0.1\n"));
        Assert.Equal(2, rows.Length);
        Assert.Equal(["PredictedLabel", "Probability.iris", "Probability.rose", "Probability.tulip"], rows[0][10..]);
        Assert.Equal(1, rows[1][11..].Sum(text => double.Parse(text, CultureInfo.InvariantCulture)), 1e-5);
    }

    [Fact]
    public void Predict_GivesARegressionsScores_AsMLNetDoes()
    {
        string[][] rows = Predict(_models.Prices, Write(ExampleTables.Prices(30, seed: 8)));
        Assert.Equal(["area", "district", "sold on", "price", "Score"], rows[0]);
        Assert.All(rows[1..], row => Assert.InRange(float.Parse(row[4], CultureInfo.InvariantCulture), 0, 1000));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", rows[1][2]);
    }

    public void Dispose() => _folder.Dispose();

    private static string WithoutLastColumn(string text) =>
        string.Join("\n", text.TrimEnd('\n').Split('\n').Select(line => line[..line.LastIndexOf(',')])) + "\n";

    private static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string[][] Predict(string model, string data)
    {
        string scored = _folder.PathOf("scored.csv");
        JsonElement document = ToolRun.Json("predict", model, data, "--out", scored);
        string[][] rows = Read(scored);
        Assert.Equal(rows.Length - 1, document.GetProperty("rows").GetInt32());
        return rows;
    }

    /// <summary>Header and rows.</summary>
    private static string[][] Read(string path)
    {
        TableDescription table = TableFile.Inspect(path, new TableOptions { HasHeader = true });
        return [[.. table.Columns.Select(column => column.Name)], .. TableFile.ReadRows(table)];
    }

    private string Write(string text, string name = "data.csv")
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }

    /// <summary>One model of each task, trained once for all tests.</summary>
    public sealed class TrainedModels : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public TrainedModels()
        {
            Buyers = Train("buyers", ExampleTables.Buyers(), "buys?", out _, out _);
            Flowers = Train("flowers", ExampleTables.Flowers(), "kind", out _, out _);
            Prices = Train("prices", ExampleTables.Prices(), "price", out _, out string prices);
            string[] lines = ExampleTables.Buyers(seed: 6).TrimEnd('\n').Split('\n');
            Split = Train(
                "split", string.Join("\n", lines.Select((line, row) => $"{line},{(row == 0 ? "use" : row % 4 == 0 ? "test" : "train")}"))
                + "\n", "buys?",
                out JsonElement training, out string data, "--split-column", "use");
            (SplitTraining, SplitData, PricesData) = (training, data, prices);
        }

        public string Buyers { get; }

        public string Flowers { get; }

        public string Prices { get; }

        public string PricesData { get; }

        public string Split { get; }

        public JsonElement SplitTraining { get; }

        public string SplitData { get; }

        public void Dispose() => _folder.Dispose();

        private string Train(string name, string text, string label, out JsonElement document, out string data, params string[] more)
        {
            data = _folder.PathOf(name + ".csv");
            File.WriteAllText(data, text);
            string model = _folder.PathOf(name + ".zip");
            document = ToolRun.Json(["train", data, "--label", label, "--preset", "fast", "--epochs", "30", "--out", model, .. more]);
            return model;
        }
    }
}
