namespace Mlp.Tests.FixtureFiles;

/// <summary>MNIST digits, as far as they need no image files.</summary>
public class Seed003Tests() : FixtureFileTests(File)
{
    private const string File = "seed-003";

    public static TheoryData<string> Names => NamesIn(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InDouble(string name) => CheckInDouble(name);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InSingle(string name) => CheckInSingle(name);
}
