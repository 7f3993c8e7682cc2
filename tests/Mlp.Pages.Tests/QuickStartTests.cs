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
            output, @"^benign: (True|False) +\(probability (\S+)\), in truth (True|False)", RegexOptions.Multiline);
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Groups[3].Value, row.Groups[1].Value));
        Assert.All(rows, row => Assert.Equal(row.Groups[1].Value == "True", Number(row.Groups[2]) > 0.5));
    }

    [Theory]
    [InlineData("prdict", "model.zip")]
    [InlineData("predict", "no.zip")]
    public void WrongArguments_AreExplained(params string[] arguments)
    {
        ProgramRun run = Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            $"Expected no argument, or predict and the path of a model that exists. Found: {string.Join(' ', arguments)}",
            run.Errors.Trim());
    }

    /// <summary>The README's first command is to be read in a minute.</summary>
    [Fact]
    public void Program_IsShort()
    {
        string[] lines = File.ReadAllLines(Repository.Path("samples/QuickStart/Program.cs"));
        Assert.InRange(lines.Count(line => line.Length > 0), 1, 35);
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    /// <summary>The program as built beside the tests, in a folder of its own.</summary>
    private ProgramRun Run(params string[] arguments) =>
        ConsoleProgram.Run(Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), _folder.FullPath, arguments);
}
