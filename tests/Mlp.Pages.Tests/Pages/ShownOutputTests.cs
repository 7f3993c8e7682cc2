namespace Mlp.Pages.Tests.Pages;

public class ShownOutputTests
{
    [Theory]
    [InlineData("loss 0.25", "loss 0.25", true)]
    [InlineData("loss 0.25", "loss 0.26", false)]
    [InlineData("loss 0.25", "loss 0.250", false)]
    [InlineData("epoch 5: 1", "epoch  5: 1", false)]
    [InlineData("one", "one\ntwo", false)]
    public void OtherOutput_IsFound(string shown, string printed, bool agrees) =>
        Assert.Equal(agrees, ShownOutput.Agrees(new CodeBlock("text", "", shown, Line: 1), printed.Split('\n')));
}
