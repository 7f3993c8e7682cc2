using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

public class CultureTests
{
    [Fact]
    public void NothingIsMadeWithTheCultureOfTheMachine() => Assert.DoesNotContain(
        CultureCheck.Find(typeof(ToolException).Assembly),
        // The source generator of System.Text.Json formats names of types.
        call => !call.StartsWith("String: System.String Format(", StringComparison.Ordinal));
}
