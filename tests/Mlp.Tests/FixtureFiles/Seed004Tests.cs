namespace Mlp.Tests.FixtureFiles;

/// <summary>Ten rows, summed gradients.</summary>
public class Seed004Tests() : FixtureFileTests(File)
{
    private const string File = "seed-004";

    public static TheoryData<string> Names => NamesIn(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InDouble(string name) => CheckInDouble(name);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InSingle(string name) => CheckInSingle(name);
}
