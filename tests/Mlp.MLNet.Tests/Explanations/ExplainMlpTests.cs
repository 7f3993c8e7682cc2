using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Explanations;

public class ExplainMlpTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Contributions_AddUp_AndHaveTheNamesOfTheSlots()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Moons.Rows());
        ITransformer model = _ml.Transforms.Concatenate("Features", "X", "Y", "Weight")
            .Append(_ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(MlpPreset.Fast) { NumberOfEpochs = 20 })).Fit(data);

        IDataView explained = _ml.Model.ExplainMlp(model, data);

        VBuffer<ReadOnlyMemory<char>> names = default;
        explained.Schema["FeatureContributions"].GetSlotNames(ref names);
        Assert.Equal(["X", "Y", "Weight"], names.DenseValues().Select(name => name.ToString()));
        float[][] contributions = [.. explained.GetColumn<float[]>("FeatureContributions")];
        float[] scores = [.. explained.GetColumn<float>("Score")], explainedScores = [.. explained.GetColumn<float>("ExplainedScore")];
        float[] baselines = [.. explained.GetColumn<float>("BaselineScore")];
        Assert.Equal(200, contributions.Length);
        for (int row = 0; row < contributions.Length; row++)
        {
            Assert.Equal(scores[row], explainedScores[row], 1e-3f);
            Assert.Equal(scores[row] - baselines[row], contributions[row].Sum(), 2e-3f);
            // It is 1 in every row.
            Assert.Equal(0, contributions[row][2]);
        }
        Assert.Single(baselines.Distinct());
    }

    [Fact]
    public void SeveralClasses_ExplainThePredictedOne_OrTheOneThatIsAskedFor()
    {
        (IDataView data, ITransformer model) = ThreeClasses();

        IDataView explained = _ml.Model.ExplainMlp(model, data);
        uint[] predicted = [.. explained.GetColumn<uint>("PredictedLabel")];
        int[] outputs = [.. explained.GetColumn<int>("ExplainedOutput")];
        Assert.Equal(predicted.Select(key => (int)key - 1), outputs);
        Assert.Equal(3, outputs.Distinct().Count());

        float[][] scores = [.. explained.GetColumn<float[]>("Score")];
        float[] explainedScores = [.. _ml.Model.ExplainMlp(model, data, outputIndex: 1).GetColumn<float>("ExplainedScore")];
        for (int row = 0; row < scores.Length; row++)
        {
            // log(p / (1 − p)), as far as single precision knows p.
            double p = scores[row][1];
            if (p is > 1e-3 and < 1 - 1e-3)
                Assert.Equal(Math.Log(p / (1 - p)), explainedScores[row], 1e-2);
        }
    }

    [Fact]
    public void Background_GivesTheBaseline()
    {
        (IDataView data, ITransformer model) = ThreeClasses();
        IDataView few = _ml.Data.TakeRows(data, 1);

        IDataView explained = _ml.Model.ExplainMlp(model, few, background: few);

        // The row is its own baseline.
        Assert.All(explained.GetColumn<float[]>("FeatureContributions").Single(), contribution => Assert.Equal(0, contribution));
        Assert.Equal(explained.GetColumn<float>("BaselineScore"), explained.GetColumn<float>("ExplainedScore"));
        InvalidOperationException none = Assert.Throws<InvalidOperationException>(
            () => _ml.Model.ExplainMlp(model, data, background: _ml.Data.SkipRows(data, 100)));
        Assert.Contains("background data has no rows", none.Message);
        Blobs.Row[] rows = [new() { Features = [1, float.PositiveInfinity] }];
        Assert.Contains("slot 1 is ", Assert.Throws<InvalidOperationException>(
            () => _ml.Model.ExplainMlp(model, data, background: Blobs.View(_ml, rows))).Message);
    }

    [Fact]
    public void ASavedModel_GivesTheSameBits_AndSeveralCursorsAgree()
    {
        (IDataView data, ITransformer model) = ThreeClasses();
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);

        float[][] expected = [.. _ml.Model.ExplainMlp(model, data).GetColumn<float[]>("FeatureContributions")];
        IDataView explained = _ml.Model.ExplainMlp(loaded, data);

        Assert.Equal(expected, explained.GetColumn<float[]>("FeatureContributions"));
        var rows = new List<string>();
        foreach (DataViewRowCursor cursor in explained.GetRowCursorSet([explained.Schema["FeatureContributions"]], 2))
        {
            using (cursor)
            {
                ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(explained.Schema["FeatureContributions"]);
                VBuffer<float> value = default;
                while (cursor.MoveNext())
                {
                    getter(ref value);
                    rows.Add(string.Join(' ', value.DenseValues()));
                }
            }
        }
        Assert.Equal(expected.Select(row => string.Join(' ', row)).Order(), rows.Order());
    }

    [Fact]
    public void WrongModelsAndColumns_AreNamed()
    {
        (IDataView data, ITransformer model) = ThreeClasses();
        ITransformer other = _ml.Transforms.CopyColumns("Copy", "Features").Fit(data);
        Assert.Contains(
            "There is no network of Mlp in the model", Assert.Throws<ArgumentException>(() => _ml.Model.ExplainMlp(other, data)).Message);
        Assert.Contains("outputIndex is 3; the model has outputs 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.ExplainMlp(model, data, outputIndex: 3)).Message);
        ITransformer dropping = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass())
            .Append(_ml.Transforms.SelectColumns("Score")).Fit(data);
        Assert.Contains("drops its feature column 'Features'", Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.ExplainMlp(dropping, data)).Message);
        Assert.Throws<ArgumentNullException>(() => _ml.Model.ExplainMlp(model, null!));
    }

    private (IDataView Data, ITransformer Model) ThreeClasses()
    {
        IDataView data = Blobs.View(_ml, Blobs.Rows(60));
        return (data, _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(numberOfEpochs: 100)).Fit(data));
    }
}
