namespace Mlp.Tests.FixtureFiles;

/// <summary>Fits of scikit-learn.</summary>
public class SklearnMlpTests() : FixtureFileTests(File)
{
    private const string File = "sklearn-mlp";

    public static TheoryData<string> Names => NamesIn(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InDouble(string name) => CheckInDouble(name);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InSingle(string name) => CheckInSingle(name);
}
