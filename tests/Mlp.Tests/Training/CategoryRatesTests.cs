using Mlp.Data;
using Mlp.Networks;
using Mlp.Training;

namespace Mlp.Tests.Training;

public class CategoryRatesTests
{
    [Fact]
    public void Rates_FollowTheRowsThatAValueHas()
    {
        var layout = new FeatureLayout { SlotCount = 5, NumberSlots = [], Categories = [new CategorySlots(0, 3), new CategorySlots(3, 2)] };
        var builder = new FeatureTableBuilder<float>(layout, expectedRowCount: null);
        // The first category has its first value in 25 rows and its second in 50; the second its second value in all.
        for (int row = 0; row < 75; row++)
            builder.Add(isDense: true, [], row < 25 ? [1, 0, 0, 0, 1] : [0, 1, 0, 0, 1], [], hasMissing: false);
        var rows = new RowTable<float>(builder.ToTable(), new RowBlocks<float>(new float[75], 1));
        var inputs = new InputDescription(0) { Categories = [new CategoryDescription(3, 2), new CategoryDescription(2, 1)] };
        var network = Network<float>.Create(inputs, [Layer.Dense(2), Layer.Dense(1)]);

        CategoryRates rates = CategoryRates.Of(network, rows)!;

        ParameterTensor[] tables = [.. network.Parameters.Tensors.Where(tensor => tensor.IsTable)];
        Assert.Equal([0.5, 8 / 9.0, 0], Enumerable.Range(0, 3).Select(value => rates.At(tables[0].Offset + value * 2)));
        Assert.Equal([0, 27 / 28.0], Enumerable.Range(0, 2).Select(value => rates.At(tables[1].Offset + value)));
        double[] all = rates.ToArray(network.Parameters.Length);
        Assert.Equal([0.5, 0.5, 8 / 9.0, 8 / 9.0, 0, 0, 0, 27 / 28.0], all[tables[0].Offset..]);
        Assert.All(all[..tables[0].Offset], rate => Assert.Equal(1, rate));
        Assert.Null(CategoryRates.Of(Network<float>.Create(1, [Layer.Dense(1)]), rows));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.001)]
    [InlineData(5000)]
    public void Rates_FollowTheWeights_AndNotTheirScale(double scale)
    {
        // 30 rows of the first value, of weight 1, 10 of the second, of weight 5, and 10 of the third, of weight 0: of 40 rows with a mean
        // weight of 2 they count as 15, 25 and none.
        var layout = new FeatureLayout { SlotCount = 1, NumberSlots = [0], KeyCounts = [3] };
        var builder = new FeatureTableBuilder<double>(layout, expectedRowCount: null);
        var weights = new double[50];
        for (int row = 0; row < weights.Length; row++)
        {
            int value = row < 30 ? 1 : row < 40 ? 2 : 3;
            builder.Add(isDense: true, [], [0], [value], hasMissing: false);
            weights[row] = scale * value switch { 1 => 1, 2 => 5, _ => 0 };
        }
        var network = Network<double>.Create(
            new InputDescription(1) { Categories = [new CategoryDescription(3, 1)] }, [Layer.Dense(1)]);

        CategoryRates rates = CategoryRates.Of(
            network, new RowTable<double>(builder.ToTable(), new RowBlocks<double>(new double[50], 1), new RowBlocks<double>(weights, 1)))!;

        int offset = network.Parameters.Tensors.First(tensor => tensor is { IsTable: true, Input: not null }).Offset;
        Assert.Equal(27 / 152.0, rates.At(offset), 1e-12);
        Assert.Equal(0.5, rates.At(offset + 1), 1e-12);
        Assert.Equal(0, rates.At(offset + 2));
    }

    [Fact]
    public void Lbfgs_HasRareValuesStayNearTheUnknownOne_AndCommonOnesLearnTheirs()
    {
        // Sixty values of one row each, whose labels are ±1 by chance, and two of 150 rows, with labels of 1 and −1.
        const int RareCount = 60, CommonCount = 150;
        var layout = new FeatureLayout { SlotCount = 1, NumberSlots = [0], KeyCounts = [RareCount + 2] };
        var builder = new FeatureTableBuilder<double>(layout, expectedRowCount: null);
        var random = new Random(1);
        var targets = new List<double>();
        for (int row = 0; row < RareCount + 2 * CommonCount; row++)
        {
            int value = row < RareCount ? row + 1 : RareCount + 1 + row % 2;
            builder.Add(isDense: true, [], [0], [value], hasMissing: false);
            targets.Add(row < RareCount ? 2 * random.Next(2) - 1 : row % 2 == 0 ? 1 : -1);
        }
        var network = Network<double>.Create(
            new InputDescription(1) { Categories = [new CategoryDescription(RareCount + 2, 4)] },
            [Layer.Dense(8, Activation.Tanh), Layer.Dense(1)], seed: 1);

        Trainer.Fit(network, new RowTable<double>(builder.ToTable(), new RowBlocks<double>([.. targets], 1)), new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Lbfgs(),
            NumberOfEpochs = 30,
            NumberOfThreads = 1,
        });

        using var predictor = new Predictor<double>(new Model<double>(network) { Layout = layout });
        var outputs = new double[RareCount + 3];
        predictor.Predict(new double[outputs.Length], [.. Enumerable.Range(0, outputs.Length)], outputs);
        // Observed: 0.05; without rates 1.0, learnt by heart.
        for (int value = 1; value <= RareCount; value++)
            Assert.Equal(outputs[0], outputs[value], 0.2);
        Assert.Equal(1, outputs[RareCount + 1], 0.1);
        Assert.Equal(-1, outputs[RareCount + 2], 0.1);
    }

    [Fact]
    public void SparseSlots_MoveInFull()
    {
        var network = Network<float>.Create(Mixed.Inputs, [Layer.Dense(4), Layer.Dense(1)]);
        CategoryRates rates = CategoryRates.Of(network, Mixed.Rows<float>(rowCount: 30, seed: 1))!;
        Assert.Equal(1, rates.At(network.Layers[0].SparseTensor!.Offset + 8));
    }
}
