using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class QualityBarsTests
{
    private static readonly QualitySet[] Sets =
    [
        new("two", "two.csv", QualityTask.Binary, ["x"], [], 300, 100, 0),
        new("number", "number.csv", QualityTask.Regression, ["x"], [], 300, 100, 0),
    ];

    private static readonly PeerScores Peers = new(
        """
        {"datasets": {
            "two": {"models": {"linear": {"accuracy": 0.8, "auc": 0.85, "log_loss": 0.5}, "hist_gb": {"accuracy": 0.7, "auc": 0.8, "log_loss": 0.4}}},
            "number": {"models": {"linear": {"rmse": 10}, "hist_gb": {"rmse": 9}}}}}
        """,
        """{"datasets": {"two": {"models": {"fast_tree": {"accuracy": 0.95}}}}}""");

    [Fact]
    public void All_GoodModels_MeetEveryBarButTheUnmeasured()
    {
        Dictionary<string, QualityBar> bars = Bars(accuracy: 0.96, auc: 0.9, logLoss: 0.3, rmse: 8, failure: null);

        Assert.Equal([true], bars.Values.Select(bar => bar.IsMet).OfType<bool>().Distinct());
        Assert.Equal("not measured: absent", bars.Values.Single(bar => bar.IsMet is null).Found);
        Assert.Equal("1.00 over 2 sets", Find(bars, "mean rank on accuracy/RMSE among").Found);
    }

    [Fact]
    public void All_BadModels_MissEveryBarAndNameTheSets()
    {
        Dictionary<string, QualityBar> bars = Bars(
            accuracy: 0.6, auc: 0.6, logLoss: double.PositiveInfinity, rmse: 30, failure: "constant");

        Assert.Equal(
            [false], bars.Where(pair => !pair.Key.Contains("5 minutes")).Select(pair => pair.Value.IsMet).OfType<bool>().Distinct());
        Assert.Equal("3.00 over 2 sets", Find(bars, "mean rank on accuracy/RMSE among").Found);
        Assert.Equal("worst on two, number", Find(bars, "never the worst").Found);
        Assert.Equal("such on two seed 0", Find(bars, "never a diverged").Found);
        Assert.Equal("behind on two, number", Find(bars, "linear model").Found);
    }

    [Fact]
    public void BestOfAll_ComparesEachOnTheSetsItWasRunOn()
    {
        // two: FastTree 1, Mlp 2, linear 3, hist_gb 4; number: Mlp 1, hist_gb 2, linear 3.
        QualityBar bar = Find(Bars(accuracy: 0.9, auc: 0.9, logLoss: 0.3, rmse: 8, failure: null), "best mean rank");

        Assert.Equal((false, "1.50 over 2 sets; ahead are FastTree 1.00 against 2.00"), (bar.IsMet!.Value, bar.Found));
    }

    // On 100 rows two standard errors are 0.0898 at 0.72 and 0.0917 at 0.70; the linear model reaches 0.8.
    [Theory]
    [InlineData(0.85, true)]
    [InlineData(0.72, true)]
    [InlineData(0.70, false)]
    public void NotBehindLinear_AllowsTwoStandardErrors(double accuracy, bool isMet) =>
        Assert.Equal(isMet, Find(Bars(accuracy, 0.9, 0.3, 8, null), "linear model").IsMet);

    [Fact]
    public void NotSlower_TakesTheFasterPeer_AndTheMedianOfTheRatios()
    {
        SklearnFit[] fits =
            [new("two", "one", 4, 200), new("two", "as it comes", 2, 200), new("number", "one", 2, 200),
                new("number", "as it comes", 8, 200)];

        // Ours took 1 s on each set.
        QualityBar bar = Find(Bars(0.9, 0.9, 0.3, 8, null, fits), "scikit-learn");

        Assert.Equal((true, "0.50, from 0.50 to 0.50 over 2 sets"), (bar.IsMet!.Value, bar.Found));
    }

    [Fact]
    public void Write_DivergedTraining_RanksLast()
    {
        var results = new QualityResults(
            "here", false, [new Measurement("number", "default", 0, 1, 1, 20, new Dictionary<string, double>(), "It diverged.")], [],
            "absent");

        string text = new QualityTables([Sets[1]], results, "default", Peers).Write();

        Assert.Contains("| number | 100 | **Infinity** | – | 10.00 | 9.0000 | 3 of 3 | – | 3 of 3 |", text);
        Assert.Contains("number, seed 0: It diverged.", text);
    }

    [Fact]
    public void Write_TreesOfTheSameRun_AreRankedBesideOurs_AndTakeThePlaceOfQuotedOnes()
    {
        Measurement Two(string recipe, double accuracy, double seconds) =>
            new("two", recipe, 0, seconds, seconds, 0.6,
                new Dictionary<string, double> { ["accuracy"] = accuracy, ["auc"] = accuracy, ["log_loss"] = 1 - accuracy }, null);
        var results = new QualityResults(
            "here", false, [Two("default", 0.9, 6), Two("LightGbm", 0.92, 2), Two("FastTree", 0.85, 12)], [], null);

        string text = new QualityTables([Sets[0]], results, "default", Peers).Write();

        // FastTree is quoted with 0.95.
        Assert.Contains("| two | 100 | **0.9000** | – | 0.8000 | 0.7000 | 1 of 3 | 0.9200 | 0.8500 | – | 2 of 5 |", text);
        Assert.Contains(
            "fitted in the same run, 1 is best\n\n| model | accuracy/RMSE (1) | log-loss (1) | log-loss without mnist (1) | AUC (1) "
                + "|\n|---|---|---|---|---|\n"
            + "| LightGbm | 1.00 | 1.00 | 1.00 | 1.00 |\n| Mlp | 2.00 | 2.00 | 2.00 | 2.00 |\n| FastTree | 3.00 | 3.00 | 3.00 | 3.00 |\n",
            text);
        Assert.Contains("| set | train rows | LightGbm | FastTree |\n|---|---|---|---|\n| two | 300 | 3.00 | 0.50 |\n", text);
    }

    [Fact]
    public void Write_SeveralRecipes_RanksEachAmongThePeersAlone()
    {
        Measurement Number(string recipe, double rmse) =>
            new("number", recipe, 0, 1, 1, 20, new Dictionary<string, double> { ["rmse"] = rmse, ["rmse_se"] = 0.5, ["r2"] = 0.5 }, null);
        var results = new QualityResults("here", false, [Number("good", 8), Number("better", 7), Number("bad", 12)], [], null);

        string text = new ComparisonTables([Sets[1]], results, Peers).Write();

        Assert.Contains("| good | 1.00 (1) | – | – |\n| better | 1.00 (1) | – | – |\n| bad | 3.00 (1) | – | – |\n", text);
        Assert.Contains("| better | -5.00 | 1 of 1 |", text);
    }

    private static Dictionary<string, QualityBar> Bars(
        double accuracy, double auc, double logLoss, double rmse, string? failure, SklearnFit[]? fits = null)
    {
        var results = new QualityResults(
            "here", false,
            [
                new Measurement("two", "default", 0, 1, 1, 0.6,
                    new Dictionary<string, double> { ["accuracy"] = accuracy, ["auc"] = auc, ["log_loss"] = logLoss }, failure),
                new Measurement("number", "default", 0, 1, 1, 20,
                    new Dictionary<string, double> { ["rmse"] = rmse, ["rmse_se"] = 0.5, ["r2"] = 0.5 }, null),
            ],
            fits ?? [], fits is null ? "absent" : null);
        return new QualityBars(Sets, results, "default", new Contests(Sets, results, "default", Peers)).All()
            .ToDictionary(bar => bar.Wanted);
    }

    private static QualityBar Find(Dictionary<string, QualityBar> bars, string words) =>
        bars.Single(pair => pair.Key.Contains(words)).Value;
}
