using Mlp.Soak.RandomTrainings;

namespace Mlp.MLNet.Tests;

/// <summary>Random pipelines, options and rows, always the same ones; more of them when the environment variable MLP_PROPERTIES gives a
/// number.</summary>
public class PropertyTests(ITestOutputHelper output)
{
    private const int DefaultCaseCount = 250;

    [Trait("Speed", "Slow")]
    [Fact]
    public void AnyTraining_GivesFiniteParameters_OrSaysWhyNot()
    {
        int caseCount = Environment.GetEnvironmentVariable("MLP_PROPERTIES") is string text ? int.Parse(text) : DefaultCaseCount;
        IReadOnlyDictionary<CaseOutcome, int> outcomes = PropertyRun.Run(caseCount, seed: 1);
        output.WriteLine(string.Join(", ", outcomes));
        Assert.Equal(caseCount, outcomes.Values.Sum());
        // The cases are of use only as long as enough of them get through.
        Assert.True(outcomes[CaseOutcome.Trained] > caseCount / 4, string.Join(", ", outcomes));
        Assert.True(outcomes[CaseOutcome.Diverged] > 0 && outcomes[CaseOutcome.Refused] > 0, string.Join(", ", outcomes));
    }
}
