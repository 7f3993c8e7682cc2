using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Mlp.MLNet.Interop;

namespace Mlp.MLNet.Tests.Scoring;

public class CategoricalScoringTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];
    private readonly IDataView _data;
    private readonly MlpRegressionTransformer _model;

    public CategoricalScoringTests()
    {
        _ml.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
                _warnings.Add(entry.RawMessage);
        };
        _data = KeyRows.View(_ml, rowCount: 700);
        _model = KeyRows.Fit(_ml, _data, numberOfEpochs: 10);
    }

    [Fact]
    public void BatchesAhead_SingleRows_AndThePredictionEngine_GiveTheSameBits()
    {
        Assert.Equal(
            RowText.ByMapper(_model, _data, "Score", "Shop", "ShopKey"),
            RowText.ByCursor(_model.Transform(_data), "Score", "Shop", "ShopKey"));
        IDataView rows = _ml.Data.LoadFromEnumerable(KeyRows.Rows());
        TransformerChain<MlpRegressionTransformer> pipeline =
            KeyRows.Keys(_ml).Append(_ml.Regression.Trainers.Mlp(KeyRows.Regression(10))).Fit(rows);
        using PredictionEngine<KeyRows.Row, KeyRows.Prediction> engine =
            _ml.Model.CreatePredictionEngine<KeyRows.Row, KeyRows.Prediction>(pipeline);
        Assert.Equal(
            pipeline.Transform(rows).GetColumn<float>("Score"), KeyRows.Rows().Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void Dependencies_HaveTheKeys_WhereAPredictionIsActive()
    {
        IRowToRowMapper mapper = _model.GetRowToRowMapper(_data.Schema);
        Assert.Equal(["Features", "ShopKey"], NamesFor("Score"));
        Assert.Equal(["DayKey"], NamesFor("DayKey"));
        Assert.Equal(["Features", "ShopKey", "DayKey"], NamesFor("DayKey", "Score"));

        string[] NamesFor(params string[] columns) =>
            [.. mapper.GetDependencies(columns.Select(name => mapper.OutputSchema[name])).Select(column => column.Name)];
    }

    [Fact]
    public void KeysBeyondThoseOfTheTraining_AreUnknown()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(KeyRows.Regression(3, "Class")).Fit(_data);
        // The last one is none of its own column's, too.
        float[] scores = ScoresFor(2, 3, 4, 5);
        Assert.NotEqual(scores[0], scores[3]);
        Assert.Equal([scores[3], scores[3]], scores[1..3]);
        Assert.Empty(_warnings);

        float[] ScoresFor(params uint[] keys)
        {
            var schema = SchemaDefinition.Create(typeof(KeyRows.Row));
            schema["Class"].ColumnType = new KeyDataViewType(typeof(uint), 5);
            return Moons.Scores(
                model, _ml.Data.LoadFromEnumerable(keys.Select(key => new KeyRows.Row { Features = [1, 1], Class = key }), schema));
        }
    }

    [Fact]
    public void FurtherKeyValues_AreFine_AndOthersWarnOnce()
    {
        float[] expected = Moons.Scores(_model, _data);
        IDataView more = KeyRows.View(_ml, 700, [.. KeyRows.Shops, "f"]), fewer = KeyRows.View(_ml, 700, KeyRows.Shops[..3]);
        _ = (Moons.Scores(_model, more), Moons.Scores(_model, fewer));
        Assert.Empty(_warnings);
        IDataView swapped = KeyRows.View(_ml, 700, ["b", "a"]);
        foreach (MlpTransformerBase model in (MlpTransformerBase[])
            [_model, (MlpTransformerBase)ColumnText.SaveAndLoad(_ml, _model, _data.Schema)])
        {
            _warnings.Clear();
            _ = (Moons.Scores(model, swapped), Moons.Scores(model, swapped));
            Assert.Equal(
                ["The key values of categorical column 'ShopKey' differ, first in value 1: 'b' in the data to be scored, 'a' in the "
                    + "training data. The predictions take each key for the value it had in training. Map the column with the transformer "
                    + "that was fitted for the training."],
                _warnings);
            Assert.Equal(expected, Moons.Scores(model, _data));
        }
    }

    [Theory]
    [InlineData("ShopKey", "Could not find categorical column 'ShopKey'. The input has ")]
    [InlineData("Shop", "Categorical column 'Shop' is String; it must be a key (MapValueToKey) of one value a row.")]
    public void AColumnThatIsMissing_OrNoKey_IsRefused(string column, string message)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(KeyRows.Rows(10));
        IDataView view = column == "ShopKey" ? rows : _ml.Transforms.CopyColumns("ShopKey", "Shop").Fit(rows).Transform(rows);
        Assert.StartsWith(
            message.Replace("'Shop' is", "'ShopKey' is"), Refusal(() => _model.Transform(view)));
        Assert.StartsWith(
            message.Replace("'Shop' is", "'ShopKey' is"), Refusal(() => _model.GetOutputSchema(view.Schema)));

        static string Refusal(Func<object> action) => Assert.ThrowsAny<ArgumentOutOfRangeException>(action).Message;
    }

    [Fact]
    public void WhatHasTheFeaturesAlone_IsRefusedByName()
    {
        const string Refusal = "The model reads a key column beside its features (CategoricalColumnNames: 'ShopKey'), and ML.NET's "
            + "OneVersusAll, PairwiseCoupling, CalculateFeatureContribution and value mappers hand it the features alone. Encode the keys "
            + "with OneHotEncoding as part of the features; or, for several classes, use the multiclass trainer, and for contributions "
            + "ExplainMlp: both take keys as they are.";
        MlpBinaryTrainer.Options options = Blobs.Binary(1);
        (options.CategoricalColumnNames, options.LabelColumnName) = (["ShopKey"], "ClassKey");
        MlpBinaryTrainer binary = _ml.BinaryClassification.Trainers.Mlp(options);
        // Before there is anything to fit.
        AssertRefused(() => _ml.MulticlassClassification.Trainers.OneVersusAll(binary, "ClassKey"));
        AssertRefused(() => _ml.MulticlassClassification.Trainers.PairwiseCoupling(binary, "ClassKey"));
        AssertRefused(() => _ml.Transforms.CalculateFeatureContribution(_model));
        // ML.NET's own call, which does not know the model's type.
        ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> untyped = _model;
        IDataView scored = _model.Transform(_data);
        AssertRefused(() => _ml.Transforms.CalculateFeatureContribution(untyped).Fit(scored).Transform(scored)
            .GetColumn<float[]>("FeatureContributions").First());
        // Without the transformer the names are not known.
        using var stream = new MemoryStream();
        _model.Model.Save(stream);
        stream.Position = 0;
        IPredictorParameters loaded = MlpModelParameters.Load(stream);
        Assert.Equal(
            Refusal.Replace(": 'ShopKey'", "", StringComparison.Ordinal),
            Assert.Throws<NotSupportedException>(loaded.CheckCanMap).Message);

        static void AssertRefused(Func<object> action)
        {
            Exception exception = Assert.ThrowsAny<Exception>(action).GetBaseException();
            Assert.Equal(Refusal, Assert.IsType<NotSupportedException>(exception).Message);
        }
    }

    [Fact]
    public void PermutationImportanceOfMLNet_LeavesTheKeysAsTheyAre()
    {
        ImmutableArray<RegressionMetricsStatistics> importance =
            _ml.Regression.PermutationFeatureImportance(_model, _model.Transform(_data), "Number");
        // The features are noise beside the keys, which every row keeps.
        Assert.Equal(2, importance.Length);
        Assert.All(importance, slot => Assert.InRange(slot.RSquared.Mean, -0.3, 0.01));
    }
}
