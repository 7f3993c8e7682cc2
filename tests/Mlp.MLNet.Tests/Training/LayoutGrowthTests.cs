using Microsoft.ML;
using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Training;

namespace Mlp.MLNet.Tests.Training;

public class LayoutGrowthTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void SlotsBehindACategory_MoveWithItsFurtherValues()
    {
        MlpModelParameters start = Fit(["a", "b"], ["x", "y", "z"]);
        Assert.Equal([new CategorySlots(1, 2), new CategorySlots(4, 3)], start.EngineModel.Layout!.Categories);
        var growth = LayoutGrowth.Find(start, Columns(["a", "b", "c", "d"], ["x", "y", "z", "u"]))!;
        Assert.Equal([0, 1, 2, 5, 6, 7, 8], growth.Places);
        Assert.Equal(10, growth.Layout.SlotCount);
        Assert.Equal([0, 5], growth.Layout.NumberSlots);
        Assert.Equal([new CategorySlots(1, 4), new CategorySlots(6, 4)], growth.Layout.Categories);
    }

    [Fact]
    public void OtherVectors_AreNoGrowth()
    {
        MlpModelParameters start = Fit(["a", "b"], ["x", "y", "z"]);
        Assert.Null(LayoutGrowth.Find(start, Columns(["a"], ["x", "y"])));
        Assert.Null(LayoutGrowth.Find(start, Columns(["a", "b", "c"], ["x", "y", "z"], others: 2)));
        MlpModelParameters plain = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(Blobs.View(_ml)).Model;
        Assert.Null(LayoutGrowth.Find(plain, Columns(["a", "b"], ["x"])));
    }

    private MlpModelParameters Fit(string[] first, string[] second)
    {
        MlpRegressionTrainer.Options options = Blobs.Regression("Number", numberOfEpochs: 1);
        options.CategoricalEmbedding = new CategoricalEmbedding();
        return _ml.Regression.Trainers.Mlp(options).Fit(View(first, second)).Model;
    }

    private TrainingColumns Columns(string[] first, string[] second, int others = 1)
    {
        DataViewSchema schema = View(first, second, others).Schema;
        return SchemaChecks.FindTrainingColumns(schema, Blobs.Regression("Number").Resolve(), _ => { });
    }

    /// <summary>A number, a category, further numbers, a category.</summary>
    private IDataView View(string[] first, string[] second, int others = 1)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(
            index => new Row { First = first[index % first.Length], Second = second[index % second.Length], Number = index }));
        string[] columns = ["Number", "First", .. Enumerable.Repeat("Number", others), "Second"];
        return _ml.Transforms.Categorical.OneHotEncoding([new("First"), new("Second")])
            .Append(_ml.Transforms.Concatenate("Features", columns)).Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public string First { get; set; } = "";

        public string Second { get; set; } = "";

        public float Number { get; set; }
    }
}
