using System.Globalization;
using Mlp.Tables;
using Mlp.TestSupport;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Tests;

/// <summary>Whether the command knows a model that has learnt something from one that has not.</summary>
public sealed class VerdictTests : IDisposable
{
    private const int TableCount = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.2, new double[] { 1, -1, 0.5, -0.4, 0.1 }, true)]
    [InlineData(0.2, new double[] { 1, 0.8, 0.5, 0.4, 0.9 }, false)]
    [InlineData(0.0, new double[] { 1, 0.8, 0.5, 0.4, 0.9 }, true)]
    [InlineData(-481.0, new double[] { 1, 0.8, 0.5, 0.4, 0.9 }, true)]
    // One row has no spread, and differences that are all the same have none either.
    [InlineData(0.2, new double[] { 0.1 }, false)]
    [InlineData(0.2, new double[] { 0, 0, 0 }, true)]
    public void Quantities_AreJudgedByThePairedDifference_AndRSquared(double rSquared, double[] rows, bool isNoBetter)
    {
        var difference = new PairedDifference();
        foreach (double row in rows)
            difference.Add(row);
        Metric[] metrics = [new("rSquared", "R²", rSquared, 0, "F4")];

        var task = ModelTask.Of(TableTask.Regression);
        Assert.Equal(isNoBetter, Verdict.IsNoBetterThanGuess(task, metrics, [new(), difference], rows.Length));
    }

    /// <summary>Chance alone is beyond two standard errors in one of forty comparisons, and each model is compared in two or three
    /// ways.</summary>
    [Theory]
    [InlineData("quantity")]
    [InlineData("two classes")]
    [InlineData("three classes")]
    public void Noise_HardlyEverPasses(string label) => Assert.InRange(PassedOf(label, signal: 0), 0, 1);

    [Theory]
    [InlineData("quantity")]
    [InlineData("two classes")]
    [InlineData("three classes")]
    public void Signal_AlwaysPasses(string label) => Assert.Equal(TableCount, PassedOf(label, signal: 2));

    private int PassedOf(string label, double signal) => Enumerable.Range(0, TableCount).Count(seed =>
    {
        var random = new Random(seed);
        string csv = "a,b,y\n" + string.Concat(Enumerable.Range(0, 160).Select(_ =>
        {
            double a = random.NextDouble() - 0.5, b = random.NextDouble(), value = signal * a + (random.NextDouble() - 0.5);
            string text = label switch
            {
                "quantity" => value.ToString("F3", CultureInfo.InvariantCulture),
                "two classes" => value > 0 ? "p" : "q",
                _ => value > 0.2 ? "p" : value < -0.2 ? "q" : "r",
            };
            return string.Create(CultureInfo.InvariantCulture, $"{a:F3},{b:F3},{text}\n");
        }));
        string path = _folder.PathOf("data.csv");
        File.WriteAllText(path, csv);
        var run = ToolRun.Of(
            "train", path, "-l", "y", "--preset", "fast", "--threads", "1", "--epochs", "20", "--quiet", "--out", _folder.PathOf("m.zip"));
        Assert.Contains(run.ExitCode, (ExitCode[])[ExitCode.Success, ExitCode.NoBetterThanGuess]);
        return run.ExitCode == ExitCode.Success;
    });
}
