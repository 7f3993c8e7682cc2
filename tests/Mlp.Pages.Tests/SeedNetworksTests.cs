using System.Text.RegularExpressions;
using Mlp.TestSupport;

namespace Mlp.Pages.Tests;

public sealed class SeedNetworksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("seed-000", 19)]
    [InlineData("seed-001", 106)]
    [InlineData("seed-002", 2673)]
    [InlineData("seed-003", 3194)]
    [InlineData("seed-004", 82)]
    public void EveryNumberOfTheArticle_Agrees(string name, int numberCount)
    {
        ProgramRun run = Run(name);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal($"{numberCount:N0} of {numberCount:N0} numbers agree.", run.Lines[^1]);
        Assert.StartsWith($"{name}: ", run.Lines[0]);
        Assert.Contains($"{name} as an ML.NET pipeline", run.Lines);
    }

    [Fact]
    public void TwoMoons_AreDrawn()
    {
        ProgramRun run = Run("seed-002");
        string[] picture = [.. run.Lines.Where(line => Regex.IsMatch(line, "^ {4}[░▓ox]{50}$"))];
        Assert.Equal(25, picture.Length);
        // Class 1 lies to the right.
        Assert.All(picture, line => Assert.True(line[^1] == '▓'));
    }

    [Theory]
    [InlineData("Usage: [seed-000] [seed-001] [seed-002] [seed-003] [seed-004] [--full] [--mnist <folder with the four MNIST files>]",
        "seed-005")]
    [InlineData("Usage: ", "--mnist")]
    [InlineData("Could not find ", "--mnist", "no-such-folder")]
    public void WrongArguments_AreExplained(string message, params string[] arguments)
    {
        ProgramRun run = Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(message, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    private ProgramRun Run(params string[] arguments) =>
        ConsoleProgram.Run(Path.Combine(AppContext.BaseDirectory, "SeedNetworks.dll"), _folder.FullPath, arguments);
}
