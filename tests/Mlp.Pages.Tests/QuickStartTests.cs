using System.Globalization;
using System.Text.RegularExpressions;
using Mlp.TestSupport;

namespace Mlp.Pages.Tests;

public sealed class QuickStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TrainedInOneProcess_PredictsInAnother()
    {
        (int exitCode, string output, string errors) = Run();
        Assert.Equal((0, ""), (exitCode, errors));
        Match training = Regex.Match(
            output, @"^  10 networks, whose predictions are averaged, after (\d+) epochs in all", RegexOptions.Multiline);
        Assert.InRange(Number(training.Groups[1]), 50, 1000);
        Match metrics = Regex.Match(output, @"accuracy (\S+), AUC (\S+), F1 (\S+), log-loss (\S+) bits");
        // Observed: 0.956, 0.993, 0.961, 0.169; over seeds 1 to 40 of the split 0.940 to 1 (on average 0.972), 0.975 to 1 (0.994),
        // 0.954 to 1 (0.978) and 0.032 to 0.276 (0.125).
        Assert.InRange(Number(metrics.Groups[1]), 0.95, 1);
        Assert.InRange(Number(metrics.Groups[2]), 0.98, 1);
        Assert.InRange(Number(metrics.Groups[3]), 0.95, 1);
        Assert.InRange(Number(metrics.Groups[4]), 0, 0.3);
        Assert.Contains("-- predict model.zip", output);
        // The README shows them, to the last digit.
        Assert.Contains($"({metrics.Value})", File.ReadAllText(Repository.Path("README.md")));

        (exitCode, output, errors) = Run("predict", "model.zip");
        Assert.Equal((0, ""), (exitCode, errors));
        MatchCollection rows = Regex.Matches(
            output, @"^  row +\d+: (\w+) \(probability of benign (\S+)\); in truth (\w+)", RegexOptions.Multiline);
        Assert.Equal(5, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Groups[3].Value, row.Groups[1].Value));
        Assert.All(rows, row => Assert.Equal(row.Groups[1].Value == "benign", Number(row.Groups[2]) > 0.5));
    }

    [Theory]
    [InlineData("Could not find the data file 'no.csv'. Give the path of a CSV file after --data.", "--data", "no.csv")]
    [InlineData("--data needs the path of a CSV file.", "--data")]
    [InlineData("Do not know what to do with: prdict model.zip", "prdict", "model.zip")]
    [InlineData("Could not find file '", "predict", "no.zip")]
    [InlineData("The data file 'other.csv' has other columns than expected. Its first line must be:", "--data", "other.csv")]
    [InlineData("Failed to open a zip archive", "predict", "other.csv")]
    public void WrongArguments_AreExplained(string message, params string[] arguments)
    {
        File.WriteAllText(_folder.PathOf("other.csv"), "a,b\n1,2\n");
        ProgramRun run = Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(message, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    /// <summary>The program as built beside the tests, in a folder of its own.</summary>
    private ProgramRun Run(params string[] arguments) =>
        ConsoleProgram.Run(Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), _folder.FullPath, arguments);
}
