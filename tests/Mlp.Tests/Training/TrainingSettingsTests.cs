namespace Mlp.Tests.Training;

public class TrainingSettingsTests
{
    private static readonly TrainingSettings Valid = new() { Loss = Loss.SquaredError };

    public static TheoryData<string> Cases => [.. OutOfRange.Keys];

    private static Dictionary<string, TrainingSettings> OutOfRange => new()
    {
        ["LossReduction is 7; it must be Mean or Sum."] = Valid with { LossReduction = (LossReduction)7 },
        ["BatchSize is 0; it must be at least 1; for all rows use TrainingSettings.FullBatch."] = Valid with { BatchSize = 0 },
        ["NumberOfEpochs is 0; it must be at least 1."] = Valid with { NumberOfEpochs = 0 },
        ["L2Regularization is -1; it must be at least 0 and finite."] = Valid with { L2Regularization = -1 },
        ["L2Regularization is NaN; it must be at least 0 and finite."] = Valid with { L2Regularization = double.NaN },
        ["L2Regularization is Infinity; it must be at least 0 and finite."] = Valid with { L2Regularization = double.PositiveInfinity },
        ["MaximumGradientNorm is 0; it must be positive."] = Valid with { MaximumGradientNorm = 0 },
        ["MaximumGradientNorm is NaN; it must be positive."] = Valid with { MaximumGradientNorm = double.NaN },
        ["MaximumGradientValue is -1; it must be positive."] = Valid with { MaximumGradientValue = -1 },
        ["NumberOfThreads is 0; it must be from 1 to 1,024."] = Valid with { NumberOfThreads = 0 },
        ["LearningRate is 0; it must be positive and finite."] = Valid with { Optimizer = new Sgd { LearningRate = 0 } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(string message)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(OutOfRange[message].Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
    }

    [Fact]
    public void Validate_MissingParts_AreNamed()
    {
        Assert.Throws<ArgumentNullException>("Loss", () => (Valid with { Loss = null! }).Validate());
        Assert.Throws<ArgumentNullException>("Optimizer", () => (Valid with { Optimizer = null! }).Validate());
    }

    [Fact]
    public void Validate_DefaultsAndLimits_AreInRange()
    {
        Valid.Validate();
        (Valid with { BatchSize = TrainingSettings.FullBatch, NumberOfEpochs = int.MaxValue }).Validate();
    }

    [Theory]
    [InlineData(10, null, 10)]
    [InlineData(999, null, 16)]
    [InlineData(1000, null, 32)]
    [InlineData(1600, 7, 7)]
    [InlineData(1600, TrainingSettings.FullBatch, 1600)]
    public void BatchSizeFor_FollowsTheTable(int rowCount, int? batchSize, int expected) =>
        Assert.Equal(expected, (Valid with { BatchSize = batchSize }).BatchSizeFor(rowCount));
}
