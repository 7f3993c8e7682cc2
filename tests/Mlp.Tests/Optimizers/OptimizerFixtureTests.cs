using Mlp.TestSupport;

namespace Mlp.Tests.Optimizers;

/// <summary>Every optimizer of optimizers.json, through Trainer.Fit.</summary>
public class OptimizerFixtureTests(ITestOutputHelper output)
{
    private static IEnumerable<OptimizerCase> Cases => Fixtures.Optimizers.Optimizers;

    public static TheoryData<string> Ids => [.. Cases.Select(optimizerCase => optimizerCase.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fit_MatchesTorch_InDouble(string id) =>
        OptimizerFixtureCheck.Run<double>(Cases.Single(optimizerCase => optimizerCase.Id == id), tolerance: 1e-12);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fit_MatchesTorch_InFloat(string id) =>
        OptimizerFixtureCheck.Run<float>(Cases.Single(optimizerCase => optimizerCase.Id == id), tolerance: 1e-5);

    [Fact]
    public void Summary()
    {
        Assert.Equal(25, Cases.Count());
        output.WriteLine(
            $"optimizers.json: worst deviation in double {Cases.Max(each => OptimizerFixtureCheck.Run<double>(each, 1e-12)):E2}");
        output.WriteLine($"optimizers.json: worst deviation in float {Cases.Max(each => OptimizerFixtureCheck.Run<float>(each, 1e-5)):E2}");
    }
}
