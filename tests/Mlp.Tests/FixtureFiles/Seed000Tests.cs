namespace Mlp.Tests.FixtureFiles;

/// <summary>y = 5x; its long runs go to epoch 100,001, and to their end when MLP_FIXTURES is "whole".</summary>
public class Seed000Tests() : FixtureFileTests(File)
{
    private const string File = "seed-000";

    public static TheoryData<string> Names => NamesIn(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InDouble(string name) => CheckInDouble(name);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_MatchesTheReference_InSingle(string name) => CheckInSingle(name);
}
