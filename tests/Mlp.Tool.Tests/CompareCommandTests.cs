using System.Text.Json;
using System.Text.RegularExpressions;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>Two models on one table.</summary>
public sealed class CompareCommandTests(CompareCommandTests.Models models) : IClassFixture<CompareCommandTests.Models>
{
    [Fact]
    public void Compare_SaysWhichIsBetter_WithTheFiguresOfEvaluate()
    {
        JsonElement compared = ToolRun.Json("compare", models.Good, models.Poor, models.Buyers);

        Assert.Equal("first", compared.GetProperty("better").GetString());
        Assert.Contains("good.zip is better: its log-loss (bits) is lower by ", compared.GetProperty("verdict").GetString());
        foreach ((string side, string model) in ((string, string)[])[("first", models.Good), ("second", models.Poor)])
        {
            Dictionary<string, (double Value, double?)> evaluated = ToolRun.Metrics(ToolRun.Json("evaluate", model, models.Buyers));
            foreach ((string name, string other) in ((string, string)[])[
                ("Accuracy", "accuracy"), ("Area under the ROC curve", "areaUnderRocCurve"),
                ("Area under precision-recall", "areaUnderPrecisionRecallCurve"), ("F1 score", "f1Score"),
                ("Log-loss (bits)", "logLossBits")])
                Assert.Equal(evaluated[other].Value, Metric(compared, name).GetProperty(side).GetDouble(), 1e-5);
        }
    }

    [Fact]
    public void Compare_TheOtherWayRound_TurnsEveryDifference()
    {
        JsonElement one = ToolRun.Json("compare", models.Good, models.Poor, models.Buyers);
        JsonElement other = ToolRun.Json("compare", models.Poor, models.Good, models.Buyers);
        Assert.Equal("second", other.GetProperty("better").GetString());
        foreach (JsonElement metric in one.GetProperty("metrics").EnumerateArray())
        {
            JsonElement turned = Metric(other, metric.GetProperty("name").GetString()!);
            double difference = metric.GetProperty("difference").GetDouble();
            Assert.Equal(metric.GetProperty("second").GetDouble() - metric.GetProperty("first").GetDouble(), difference, 1e-12);
            Assert.Equal(-difference, turned.GetProperty("difference").GetDouble(), 1e-12);
            Assert.Equal(metric.GetProperty("standardError").GetDouble(), turned.GetProperty("standardError").GetDouble(), 1e-9);
            Assert.Equal(-metric.GetProperty("low").GetDouble(), turned.GetProperty("high").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public void Compare_TheSameModelTwice_FindsNoDifference()
    {
        string copy = models.PathOf("copy.zip");
        File.Copy(models.Good, copy, overwrite: true);
        JsonElement compared = ToolRun.Json("compare", models.Good, copy, models.Buyers);
        Assert.Equal(JsonValueKind.Null, compared.GetProperty("better").ValueKind);
        Assert.StartsWith("No difference: the log-loss (bits) of both models is ", compared.GetProperty("verdict").GetString());
        Assert.All(compared.GetProperty("metrics").EnumerateArray(), metric =>
            Assert.Equal((0, 0), (metric.GetProperty("difference").GetDouble(), metric.GetProperty("standardError").GetDouble())));
    }

    [Fact]
    public void Compare_ModelsWithOtherPositiveClasses_TakesThatOfTheFirst()
    {
        string turned = models.PathOf("turned.zip");
        ToolRun.Json("train", models.Buyers, "-l", "buys?", "--preset", "fast", "--epochs", "20", "--positive", "no", "--out", turned);
        double accuracy = ToolRun.Metrics(ToolRun.Json("evaluate", turned, models.Buyers))["accuracy"].Value;
        double loss = ToolRun.Metrics(ToolRun.Json("evaluate", turned, models.Buyers))["logLossBits"].Value;

        JsonElement compared = ToolRun.Json("compare", models.Good, turned, models.Buyers);

        Assert.Equal(accuracy, Metric(compared, "Accuracy").GetProperty("second").GetDouble(), 1e-9);
        Assert.Equal(loss, Metric(compared, "Log-loss (bits)").GetProperty("second").GetDouble(), 1e-5);
        Assert.True(Metric(compared, "Area under the ROC curve").GetProperty("second").GetDouble() > 0.7);
    }

    [Fact]
    public void Compare_OfNumbers_WritesAPageWithBothModels()
    {
        string page = models.PathOf("page.html");
        JsonElement compared = ToolRun.Json("compare", models.Prices, models.OtherPrices, models.PricesTable, "--report", page);

        Assert.Equal(page, compared.GetProperty("written").GetString());
        double first = Metric(compared, "Root mean squared error").GetProperty("first").GetDouble();
        double evaluated = ToolRun.Metrics(ToolRun.Json("evaluate", models.Prices, models.PricesTable))["rootMeanSquaredError"].Value;
        Assert.Equal(evaluated, first, 1e-4 * evaluated);
        string html = File.ReadAllText(page);
        Assert.Single(Regex.Matches(html, "<script"));
        Assert.Contains("script-src 'sha256-", html);
        Assert.Contains("<h2 id=\"first-h\">prices.zip</h2>", html);
        Assert.Contains("<h2 id=\"second-h\">other.zip</h2>", html);
        Assert.Equal(2, html.Split("Predicted against actual</h3>").Length - 1);
        Assert.Contains(compared.GetProperty("verdict").GetString()!, html);
    }

    [Fact]
    public void Compare_FewRows_SaysThatErrorsAreUncertain()
    {
        string few = models.PathOf("few.csv");
        File.WriteAllLines(few, File.ReadLines(models.Buyers).Take(21));
        var run = ToolRun.Of("compare", models.Good, models.Poor, few);
        Assert.True(run.IsDone, run.Error);
        Assert.Contains("There are 20 rows: standard errors of so few are themselves uncertain", run.Error);
    }

    [Fact]
    public void Compare_WhatDoesNotFit_IsRefusedWithAReason()
    {
        Assert.Contains("Both models are", ToolRun.Fails(ExitCode.Usage, "compare", models.Good, models.Good, models.Buyers));
        Assert.Contains(
            "good.zip predicts 'buys?' (binary), and ",
            ToolRun.Fails(ExitCode.BadInput, "compare", models.Good, models.Prices, models.Buyers));
        Assert.Contains(
            "predicts 'class'. Compare models of one column",
            ToolRun.Fails(ExitCode.BadInput, "compare", models.Good, models.OfClass, models.Buyers));
        string three = models.PathOf("three.csv"), ofThree = models.PathOf("three.zip");
        File.WriteAllText(three, ExampleTables.Flowers());
        ToolRun.Json("train", three, "-l", "kind", "--preset", "fast", "--epochs", "2", "--out", ofThree);
        string four = models.PathOf("four.csv"), ofFour = models.PathOf("four.zip");
        File.WriteAllText(four, ExampleTables.Flowers().Replace("tulip", "lily", StringComparison.Ordinal));
        ToolRun.Json("train", four, "-l", "kind", "--preset", "fast", "--epochs", "2", "--out", ofFour);
        string message = ToolRun.Fails(ExitCode.BadInput, "compare", ofThree, ofFour, three);
        Assert.Contains("three.zip knows tulip; only ", message);
        Assert.Contains("four.zip knows lily", message);
        string unlabelled = models.PathOf("unlabelled.csv");
        File.WriteAllText(unlabelled, "age,home country,\"visits, last year\",class\n20,Peru,1,a\n30,Peru,2,b\n");
        Assert.Contains(
            "lacks a column that is needed: buys?",
            ToolRun.Fails(ExitCode.BadInput, "compare", models.Good, models.Poor, unlabelled));
    }

    private static JsonElement Metric(JsonElement document, string name) =>
        document.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == name);

    /// <summary>Models of two tables, trained once.</summary>
    public sealed class Models : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Models()
        {
            File.WriteAllText(Buyers, ExampleTables.Buyers());
            File.WriteAllText(PricesTable, ExampleTables.Prices());
            ToolRun.Json("train", Buyers, "-l", "buys?", "--preset", "fast", "--epochs", "60", "--out", Good);
            // A linear model of one epoch.
            ToolRun.Json("train", Buyers, "-l", "buys?", "--preset", "plain", "--layers", "none", "--epochs", "1", "--out", Poor);
            ToolRun.Json("train", Buyers, "-l", "class", "--preset", "fast", "--epochs", "1", "--out", OfClass);
            ToolRun.Json("train", PricesTable, "-l", "price", "--preset", "fast", "--epochs", "5", "--out", Prices);
            ToolRun.Json("train", PricesTable, "-l", "price", "--preset", "fast", "--epochs", "6", "--out", OtherPrices);
        }

        public string Buyers => PathOf("buyers.csv");

        public string PricesTable => PathOf("prices.csv");

        public string Good => PathOf("good.zip");

        public string Poor => PathOf("poor.zip");

        public string OfClass => PathOf("class.zip");

        public string Prices => PathOf("prices.zip");

        public string OtherPrices => PathOf("other.zip");

        public string PathOf(string name) => _folder.PathOf(name);

        public void Dispose() => _folder.Dispose();
    }
}
