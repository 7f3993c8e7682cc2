using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Output;

public class ToolWordsTests
{
    [Theory]
    [InlineData("Train on fewer rows (TakeRows) or on fewer features.", "Train on fewer rows or on fewer features.")]
    [InlineData("Lower LearningRate or BatchSize.", "Lower --learning-rate or --batch-size.")]
    [InlineData("HiddenLayerSizes[1] is 0", "--layers[1] is 0")]
    [InlineData("Column 'SeedCount' stays", "Column 'SeedCount' stays")]
    public void Of_SpeaksOfOptions(string message, string expected) => Assert.Equal(expected, ToolWords.Of(message));
}
