using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Output;

public class ToolWordsTests
{
    [Theory]
    [InlineData("Train on fewer rows (TakeRows) or on fewer features.", "Train on fewer rows or on fewer features.")]
    [InlineData("Lower LearningRate or BatchSize.", "Lower --learning-rate or --batch-size.")]
    [InlineData("Normalize the features or lower LearningRate.", "Lower --learning-rate.")]
    [InlineData(
        "Checkpoint 'a' belongs to another training: InputCount was 3 and is 4. Give another path, delete the file, or set "
            + "Checkpoint.Resume to false.",
        "Checkpoint 'a' belongs to another training: the number of features was 3 and is 4. Give --checkpoint another path, or delete all "
            + "files whose names begin with that path.")]
    [InlineData("HiddenLayerSizes[1] is 0", "--layers[1] is 0")]
    [InlineData("Column 'SeedCount' stays", "Column 'SeedCount' stays")]
    public void Of_SpeaksOfOptions(string message, string expected) => Assert.Equal(expected, ToolWords.Of(message));
}
