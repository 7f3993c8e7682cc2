using Mlp.TestSupport;

namespace Mlp.Tool.Tests;

public class CultureTests
{
    [Fact]
    public void NothingIsMadeWithTheCultureOfTheMachine() => Assert.Empty(CultureCheck.Find(typeof(ToolException).Assembly));
}
