using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Output;

public class TrainerErrorsTests
{
    [Fact]
    public void TooLittleMemory_IsWorkThatFailed_AndRowsAreBadInput()
    {
        var needed = MemoryEstimate.OfData<float>(rowCount: 1_000_000, inputCount: 10, targetCount: 1, hasWeights: false);
        ToolException memory = TrainerErrors.Of(Assert.ThrowsAny<InvalidOperationException>(() => needed.Check(availableBytes: 1e6)));
        Assert.Equal(ExitCode.Failed, memory.ExitCode);
        Assert.Contains("This process can use 1.0 MB.", memory.Message);

        Assert.Equal(ExitCode.BadInput, TrainerErrors.Of(new InvalidOperationException("Label column 'y' is NaN.")).ExitCode);
    }

    [Fact]
    public void TheNameOfAParameter_IsNotShown()
    {
        ToolException error = TrainerErrors.Of(new ArgumentException("BatchSize is 0.", "BatchSize"), ExitCode.Usage);
        Assert.Equal((ExitCode.Usage, "--batch-size is 0."), (error.ExitCode, error.Message));
    }
}
