namespace Mlp.Tests.FixtureFiles;

/// <summary>Two moons with six sizes.</summary>
public class Seed002Tests() : FixtureFileTests(File)
{
    private const string File = "seed-002";

    public static TheoryData<string> Names => NamesIn(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InDouble(string name) => CheckInDouble(name);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InSingle(string name) => CheckInSingle(name);
}
