namespace Mlp.Samples.Tests.Pages;

public class ShownOutputTests
{
    [Theory]
    [InlineData("", "loss 0.25", "loss 0.26", true)]
    [InlineData("", "loss 0.25", "loss 0.28", false)]
    [InlineData("", "loss 0.25", "cost 0.25", false)]
    [InlineData("", "error 150", "error 152", true)]
    [InlineData("", "error 150", "error 154", false)]
    [InlineData("", "epoch 5: 1", "epoch  5: 1", true)]
    [InlineData("", "one", "one\ntwo", false)]
    [InlineData("exact", "loss 0.25", "loss 0.25", true)]
    [InlineData("exact", "loss 0.25", "loss 0.26", false)]
    public void OtherOutput_IsFound(string tag, string shown, string printed, bool agrees) =>
        Assert.Equal(agrees, ShownOutput.Agrees(new CodeBlock("text", tag, shown, Line: 1), printed.Split('\n')));
}
