using Mlp.TestSupport;
using Xunit.Abstractions;

namespace Mlp.Tests.Optimizers;

/// <summary>Every SGD and Adam case of optimizers.json, through Training.Fit.</summary>
public class OptimizerFixtureTests(ITestOutputHelper output)
{
    private static IEnumerable<OptimizerCase> Cases =>
        Fixtures.Optimizers.Optimizers.Where(optimizerCase => optimizerCase.Rule is "sgd" or "adam");

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
        Assert.Equal(15, Cases.Count());
        double inDouble = Cases.Max(optimizerCase => OptimizerFixtureCheck.Run<double>(optimizerCase, 1e-12));
        double inFloat = Cases.Max(optimizerCase => OptimizerFixtureCheck.Run<float>(optimizerCase, 1e-5));
        output.WriteLine($"optimizers.json: worst deviation in double {inDouble:E2}, in float {inFloat:E2}");
    }
}
