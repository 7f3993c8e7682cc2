using System.Text;

namespace Mlp.MLNet.Tests.Conformance;

/// <summary>Our trainers behave like ML.NET's own. Where the runtime has those, they pass the same checks.</summary>
public class ConformanceTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> TrainersAndChecks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string trainer in Trainers.Names)
            {
                foreach (string check in Checks.All.Keys)
                    data.Add(trainer, check);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(TrainersAndChecks))]
    public void Passes(string trainer, string check) => Checks.All[check](trainer);

    [Fact]
    public void Table()
    {
        var failures = new List<string>();
        var table = new StringBuilder(
            $"| trainer | {string.Join(" | ", Checks.All.Keys)} |\n|---|{string.Concat(Checks.All.Keys.Select(_ => "---|"))}\n");
        foreach (string trainer in Trainers.Names)
        {
            table.Append($"| {trainer} |");
            foreach ((string name, Action<string> check) in Checks.All)
            {
                Exception? failure = Record.Exception(() => check(trainer));
                table.Append(failure is null ? " passed |" : " failed |");
                if (failure is not null)
                    failures.Add($"{trainer}, {name}: {failure.Message}");
            }
            table.Append('\n');
        }
        output.WriteLine(table.ToString());
        Assert.Empty(failures);
    }
}
