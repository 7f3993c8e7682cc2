namespace Mlp.Tests.FixtureFiles;

/// <summary>Emily and Frank, a step after each row.</summary>
public class Seed001Tests() : FixtureFileTests(File)
{
    private const string File = "seed-001";

    public static TheoryData<string> Names => NamesIn(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InDouble(string name) => CheckInDouble(name);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InSingle(string name) => CheckInSingle(name);
}
