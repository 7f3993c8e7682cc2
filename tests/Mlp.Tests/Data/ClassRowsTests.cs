namespace Mlp.Tests.Data;

public class ClassRowsTests
{
    [Fact]
    public void Read_GivesOneOfManyTargets()
    {
        var rows = new ClassRows<float>(
            new float[] { 1, 2, 3, 4, 5, 6 }, new[] { 2, 0, 1 }, inputCount: 2, classCount: 3, new float[] { 1, 0.5f, 2 });
        Assert.Equal((3, 2, 3), (rows.RowCount, rows.InputCount, rows.TargetCount));
        float[] inputs = new float[4], targets = [9, 9, 9, 9, 9, 9], weights = new float[2];
        rows.Read([2, 0], inputs, targets, weights);
        Assert.Equal([5, 6, 1, 2], inputs);
        Assert.Equal([0, 1, 0, 0, 0, 1], targets);
        Assert.Equal([2, 1], weights);
    }

    [Fact]
    public void Training_GivesTheBitsOfDenseTargets()
    {
        float[] features = [1, 2, -1, 0.5f, 3, -2, 0, 1], oneHot = [1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0];
        var settings = new TrainingSettings { Loss = Loss.SoftmaxCrossEntropy, NumberOfEpochs = 5, BatchSize = 3 };
        Network<float> first = Create(), second = Create();
        Trainer.Fit(first, new ClassRows<float>(features, new[] { 0, 2, 1, 0 }, inputCount: 2, classCount: 3), settings);
        Trainer.Fit(second, new DenseRows<float>(features, oneHot, inputCount: 2, targetCount: 3), settings);
        Assert.Equal(second.Parameters.Values.ToArray(), first.Parameters.Values.ToArray());

        static Network<float> Create() => Network<float>.Create(2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(3)], seed: 1);
    }

    [Fact]
    public void WrongRows_AreNamed()
    {
        AssertThrows("features holds 3 values; 2 rows with 2 inputs need 4.", new float[3], [0, 1]);
        AssertThrows("The class of row 1 is 2; it must be 0 to 1.", new float[4], [0, 2]);
        AssertThrows("The class of row 0 is -1; it must be 0 to 1.", new float[4], [-1, 0]);
        AssertThrows("There are 1 example weights for 2 rows.", new float[4], [0, 1], 1);
        AssertThrows("The example weight of row 1 is NaN; it must be finite and at least 0.", new float[4], [0, 1], 1, float.NaN);

        static void AssertThrows(string message, float[] features, int[] classes, params float[] weights) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(
                () => new ClassRows<float>(features, classes, inputCount: 2, classCount: 2, weights)).Message);
    }
}
