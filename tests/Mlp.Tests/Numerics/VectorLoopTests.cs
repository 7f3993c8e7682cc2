using Mlp.TestSupport;

namespace Mlp.Tests.Numerics;

public class VectorLoopTests
{
    public static TheoryData<string> Names => [.. VectorLoopChecks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_GivesTheSameBits_AtEveryPositionOfEveryLength(string function)
    {
        VectorLoopChecks.BodyEqualsTail<float>(function);
        VectorLoopChecks.BodyEqualsTail<double>(function);
    }
}
