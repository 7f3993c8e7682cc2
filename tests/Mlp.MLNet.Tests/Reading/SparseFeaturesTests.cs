using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class SparseFeaturesTests
{
    private const int Length = 20;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void SparseAndDense_GiveTheSameBits()
    {
        Row[] rows = [.. Moons.Rows().Select((row, i) => new Row { Label = row.Label, Features = Sparse(row, i) })];
        Assert.DoesNotContain(rows, row => row.Features.IsDense);
        Row[] dense =
            [.. rows.Select(row => new Row { Label = row.Label, Features = new VBuffer<float>(Length, [.. row.Features.DenseValues()]) })];
        MlpBinaryTransformer sparseModel = Fit(rows), denseModel = Fit(dense);
        Assert.Equal(Moons.Bits(denseModel.Model), Moons.Bits(sparseModel.Model));
        Assert.Equal(
            Moons.Scores(denseModel, _ml.Data.LoadFromEnumerable(dense)), Moons.Scores(denseModel, _ml.Data.LoadFromEnumerable(rows)));
    }

    [Fact]
    public void OneHotEncodedText_IsLearnt()
    {
        var pipeline = _ml.Transforms.Categorical.OneHotEncoding("Features", "TextLabel")
            .Append(_ml.BinaryClassification.Trainers.Mlp(Moons.Options(numberOfEpochs: 30)));
        IDataView data = Moons.View(_ml);
        Assert.Equal(1, _ml.BinaryClassification.Evaluate(pipeline.Fit(data).Transform(data)).Accuracy);
    }

    [Fact]
    public void ScalarFeature_IsOneFeature()
    {
        MlpBinaryTrainer.Options options = Moons.Options();
        options.FeatureColumnName = "X";
        MlpBinaryTransformer scalar = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml));
        Assert.Equal((1, NumberDataViewType.Single), (scalar.Model.InputCount, scalar.FeatureColumnType));
        IDataView vectors = _ml.Transforms.Concatenate("X", "X").Fit(Moons.View(_ml)).Transform(Moons.View(_ml));
        MlpBinaryTransformer vector = _ml.BinaryClassification.Trainers.Mlp(options).Fit(vectors);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 1), vector.FeatureColumnType);
        Assert.Equal(Moons.Scores(scalar, Moons.View(_ml)), Moons.Scores(vector, vectors));
        Assert.Equal(Moons.Scores(scalar, Moons.View(_ml)), Moons.Scores(vector, Moons.View(_ml)));
    }

    private static VBuffer<float> Sparse(Moons.Row row, int index) =>
        new(Length, 3, [row.X, row.Y, 1], [0, 3, 4 + index % (Length - 4)]);

    private MlpBinaryTransformer Fit(Row[] rows) =>
        _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(_ml.Data.LoadFromEnumerable(rows));

    public sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(Length)]
        public VBuffer<float> Features { get; set; }
    }
}
