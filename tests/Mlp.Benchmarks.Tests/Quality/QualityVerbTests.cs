using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public sealed class QualityVerbTests : IDisposable
{
    private readonly SmallSets _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Run_WritesEveryFit_AndReadsItsOwnFiles()
    {
        string first = Path.Combine(_data.Folder, "first.json"), second = Path.Combine(_data.Folder, "second.json");
        string both = Path.Combine(_data.Folder, "both.json");
        Assert.Equal(
            0, Run("--sets", "two,number", "--seeds", "2", "--preset", "linear", "--peers", "none", "--python", "none", "--json", first));
        Assert.Equal(0, Run(
            "--sets", "three", "--seeds", "2", "--preset", "none", "--peers", "LightGbm,FastTree", "--python", "none", "--json", second));

        Assert.Equal(0, Run("--results", $"{first},{second}", "--json", both));

        var results = QualityResults.Read([both]);
        Assert.Equal(
            [
                ("two", "linear", 0), ("two", "linear", 1), ("number", "linear", 0), ("number", "linear", 1),
                ("three", "LightGbm", 0), ("three", "FastTree", 0), ("three", "LightGbm", 1), ("three", "FastTree", 1),
            ],
            results.Measurements.Select(one => (one.Set, one.Recipe, one.Seed)));
        Assert.All(results.Measurements, one => Assert.NotEmpty(one.Metrics));
        Assert.Equal("left out by --python none", results.SklearnAbsence);
        Assert.Equal(2, Run("--results", $"{first},{first}"));
    }

    [Fact]
    public void Run_Validating_ComparesRecipesOnTheSameRows()
    {
        string path = Path.Combine(_data.Folder, "validated.json");

        Assert.Equal(0, Run("--validate", "--sets", "two", "--seeds", "1", "--compare", "linear,no-smoothing", "--json", path));

        var results = QualityResults.Read([path]);
        Assert.True(results.Validating);
        Assert.Equal(["linear", "no-smoothing"], results.Recipes);
        Assert.Single(results.Measurements.Select(one => one.PriorLoss).Distinct());
        string text = new ComparisonTables(QualitySet.ReadAll(_data.Folder, ["two"]), results, peers: null).Write();
        Assert.Contains("| recipe | d, all sets |", text);
        Assert.Contains("| no-smoothing | ", text);
        Assert.DoesNotContain("Mean rank", text);
    }

    [Fact]
    public void Run_Inner_JudgesPresetsAndLightGbmOnOtherTrainingRows()
    {
        _data.AddMixed();
        string path = Path.Combine(_data.Folder, "inner.json"), joined = Path.Combine(_data.Folder, "joined.json");

        Assert.Equal(0, Run(
            "--inner", "--inner-rows", "80", "--sets", "again,number", "--presets", "linear", "--missing", "replace",
            "--set", "NumberOfEpochs=9", "--json", path));

        var results = QualityResults.Read([path]);
        Assert.Equal((true, 80), (results.Validating, results.InnerRows));
        Assert.Equal(
            [("number", "linear NumberOfEpochs=9 missing=Replace"), ("number", "LightGbm"),
                ("again", "linear NumberOfEpochs=9 missing=Replace"), ("again", "LightGbm")],
            results.Measurements.Select(one => (one.Set, one.Recipe)));
        string line = InnerLines.Of(QualitySet.ReadAll(_data.Folder, ["again"])[0], results);
        Assert.Matches(
            @"^again: linear NumberOfEpochs=9 missing=Replace accuracy 0\.\d{4} auc 0\.\d{4} log_loss 0\.\d{4}, fit \d", line);
        Assert.Contains(" | LightGbm accuracy 0.", line);
        Assert.Matches(
            @"^linear .* against LightGbm: loss [+-]?\d+\.\d % on average \(± \d+\.\d\), better on \d of 2\n$",
            InnerLines.Summary(QualitySet.ReadAll(_data.Folder, ["again", "number"]), results));
        Assert.Equal(0, Run("--sets", "again", "--results", path, "--json", joined));
        Assert.Equal(80, QualityResults.Read([joined]).InnerRows);
    }

    [Fact]
    public void Run_WithoutACategory_FitsOnTheOtherColumns()
    {
        _data.AddMixed();
        string with = Path.Combine(_data.Folder, "with.json"), without = Path.Combine(_data.Folder, "without.json");
        string[] arguments = ["--inner", "--inner-rows", "80", "--sets", "again", "--presets", "linear", "--peers", "none", "--json"];

        Assert.Equal(0, Run([.. arguments, with]));
        Assert.Equal(0, Run([.. arguments, without, "--without", "colour"]));

        Measurement all = Assert.Single(QualityResults.Read([with]).Measurements),
            others = Assert.Single(QualityResults.Read([without]).Measurements);
        Assert.Equal("linear without=colour", others.Recipe);
        Assert.NotEqual(all.Metrics["log_loss"], others.Metrics["log_loss"]);
        Assert.Equal(2, Run([.. arguments, without, "--without", "colours"]));
    }

    [Fact]
    public void Run_MixedSets_NeedNoQuotedPeers()
    {
        _data.AddMixed();
        File.Delete(Path.Combine(_data.Folder, "peers.json"));
        string path = Path.Combine(_data.Folder, "mixed.json");

        Assert.Equal(0, Run(
            "--sets", "said", "--seeds", "1", "--preset", "linear", "--peers", "LightGbm", "--python", "none", "--json", path));

        string text = new ComparisonTables(QualitySet.ReadAll(_data.Folder, ["said"]), QualityResults.Read([path]), peers: null).Write();
        Assert.Contains("| model | accuracy/RMSE (1) | log-loss (1) | AUC (0) |", text);
        Assert.Matches(@"\| LightGbm \| [12]\.\d\d \| [12]\.\d\d \| – \|", text);
    }

    [Theory]
    [InlineData("--sets", "moons")]
    [InlineData("--preset", "magic")]
    [InlineData("--peers", "magic")]
    [InlineData("--seeds", "none")]
    [InlineData("--speed", "9")]
    [InlineData("--missing", "forget")]
    [InlineData("--set", "Speed=9")]
    [InlineData("--inner-rows", "100")]
    public void Run_WrongOption_EndsWithCodeTwo(string name, string value) => Assert.Equal(2, Run("--python", "none", name, value));

    [Fact]
    public void Results_WithInfiniteLoss_AreWrittenAndRead()
    {
        string path = Path.Combine(_data.Folder, "infinite.json");
        var metrics = new Dictionary<string, double> { ["log_loss"] = double.PositiveInfinity };

        new QualityResults("here", false, [
            new Measurement("two", "default", 0, 1, 1, 0.6, metrics, null)], [new SklearnFit("two", "one", 2.5, 200)], null).Write(path);

        var read = QualityResults.Read([path]);
        Assert.Equal(double.PositiveInfinity, read.Mean("two", "default", "log_loss"));
        Assert.Equal(2.5, read.SklearnFits[0].Seconds);
    }

    private int Run(params string[] arguments) => QualityVerb.Run(["--data", _data.Folder, .. arguments]);
}
