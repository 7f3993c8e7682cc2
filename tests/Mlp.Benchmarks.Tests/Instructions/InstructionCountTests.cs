using System.Reflection;
using Mlp.Benchmarks.Instructions;

namespace Mlp.Benchmarks.Tests.Instructions;

/// <summary>Small pieces of work take as many machine instructions as the file beside this one says. A slip of a twentieth fails, and so
/// does a gain of a tenth: the file is then to be written again.</summary>
public sealed class InstructionCountTests(ITestOutputHelper output)
{
    private const string FileName = "tests/Mlp.Benchmarks.Tests/Instructions/counts.txt";
    private const double MostSlip = 1.05, LeastGain = 0.9;

    private static readonly string FilePath = Path.Combine(
        typeof(InstructionCountTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        FileName);

    [Fact]
    public void SmallWorkloads_TakeTheirInstructions()
    {
        string? valgrind = Environment.GetEnvironmentVariable("VALGRIND_PATH");
        Assert.SkipWhen(string.IsNullOrEmpty(valgrind), "VALGRIND_PATH is not set: .ci/instructions counts machine instructions.");

        IReadOnlyList<(string Name, long Count)> measured = InstructionCounts.Measure(valgrind!);

        string text = string.Concat(measured.Select(work => $"{work.Count}\t{work.Name}\n"));
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("MLP_WRITE_FILES") == "1")
            File.WriteAllText(FilePath, text);
        var expected = File.ReadLines(FilePath)
            .Select(line => line.Split('\t')).ToDictionary(fields => fields[1], fields => long.Parse(fields[0]));
        Assert.Equal(expected.Keys.Order(), measured.Select(work => work.Name).Order());
        foreach ((string name, long count) in measured)
        {
            double ratio = (double)count / expected[name];
            Assert.True(
                ratio is > LeastGain and < MostSlip,
                $"'{name}' takes {count:N0} instructions, {ratio:F3} times the {expected[name]:N0} of {FileName}. If that is meant, write "
                    + "the file again: MLP_WRITE_FILES=1 .ci/instructions.");
        }
    }
}
