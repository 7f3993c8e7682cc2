using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class SparseFeaturesTests
{
    private const int Length = 20, WideLength = 600;

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

    [Theory]
    [InlineData(null, 300)]
    [InlineData(1, 600)]
    [InlineData(3, 300)]
    public void SlotsOfFewRows_AreLeftOutOfTheNetwork(int? minimumExampleCount, int expectedCount)
    {
        // Word i is in rows i and 600 + i where i is even, and in row i alone where it is odd.
        WideRow[] rows = [.. Enumerable.Range(0, 900).Select(row => new WideRow
        {
            Label = row % 4 == 0,
            Features = new VBuffer<float>(WideLength, 1, [1], [row < 600 ? row : 2 * (row - 600)]),
        })];
        MlpBinaryTrainer.Options options = new(MlpPreset.Fast)
        {
            NumberOfEpochs = 2,
            Seed = 1,
            MinimumExampleCountPerSlot = minimumExampleCount,
        };
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(data);
        Assert.Equal(expectedCount, model.Model.EngineModel.Network.Inputs.SparseCount);
        Assert.All(
            _ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: false),
            row => Assert.True(float.IsFinite(row.Score)));
    }

    [Fact]
    public void EmptyWideVectors_GiveTheSharesOfTheClasses()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(row => new WideRow
        {
            Label = row % 4 == 0,
            Features = new VBuffer<float>(WideLength, 0, [], []),
        }));
        MlpBinaryTransformer model =
            _ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(MlpPreset.Fast) { Seed = 1 }).Fit(data);
        Assert.All(
            _ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: false),
            row => Assert.InRange(row.Probability, 0.2f, 0.3f));
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

    public sealed class WideRow
    {
        public bool Label { get; set; }

        [VectorType(WideLength)]
        public VBuffer<float> Features { get; set; }
    }

    public sealed class Scored
    {
        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
