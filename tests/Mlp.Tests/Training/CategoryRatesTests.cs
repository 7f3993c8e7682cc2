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
        Assert.Null(CategoryRates.Of(Network<float>.Create(1, [Layer.Dense(1)]), rows));
    }

    [Fact]
    public void SparseSlots_MoveInFull()
    {
        var network = Network<float>.Create(Mixed.Inputs, [Layer.Dense(4), Layer.Dense(1)]);
        CategoryRates rates = CategoryRates.Of(network, Mixed.Rows<float>(rowCount: 30, seed: 1))!;
        Assert.Equal(1, rates.At(network.Layers[0].SparseTensor!.Offset + 8));
    }
}
