using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks;

namespace Mlp.MLNet.Tests;

public class MlpBinaryTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly MlpBinaryTransformer _model;

    public MlpBinaryTransformerTests()
    {
        _data = Moons.View(_ml);
        _model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(_data);
    }

    [Fact]
    public void Schema_IsThatOfACalibratedBinaryScorer()
    {
        const string Expected = """
            PredictedLabel Boolean: ScoreColumnKind String = BinaryClassification; ScoreValueKind String = PredictedLabel; ScoreColumnSetId Key<UInt32, 0-2147483646> = 1
            Score Single: ScoreColumnKind String = BinaryClassification; ScoreColumnSetId Key<UInt32, 0-2147483646> = 1; ScoreValueKind String = Score
            Probability Single: ScoreColumnKind String = BinaryClassification; ScoreColumnSetId Key<UInt32, 0-2147483646> = 1; IsNormalized Boolean = True; ScoreValueKind String = Probability
            """;
        DataViewSchema schema = _model.Transform(_data).Schema;
        Assert.Equal(Expected, string.Join('\n', schema.Skip(_data.Schema.Count).Select(Describe)));
        Assert.Equal(_data.Schema.Select(column => column.Name), schema.Take(_data.Schema.Count).Select(column => column.Name));
        Assert.Equal(schema.Select(Describe), _model.GetOutputSchema(_data.Schema).Select(Describe));
        Assert.Equal(schema.Select(Describe), _model.GetRowToRowMapper(_data.Schema).OutputSchema.Select(Describe));
    }

    [Fact]
    public void SecondScorer_HidesTheColumnsOfTheFirst_AndHasTheNextSetId()
    {
        DataViewSchema schema = _model.Transform(_model.Transform(_data)).Schema;
        int first = _data.Schema.Count;
        Assert.Equal(
            [("PredictedLabel", true), ("PredictedLabel", false), ("Score", true), ("Score", false), ("Probability", true),
                ("Probability", false)],
            schema.Skip(first).Select(column => (column.Name, column.IsHidden)));
        Assert.Contains("ScoreColumnSetId Key<UInt32, 0-2147483646> = 1", Describe(schema[first]));
        Assert.Contains("ScoreColumnSetId Key<UInt32, 0-2147483646> = 2", Describe(schema["Score"]));
        Assert.Contains("ScoreColumnSetId Key<UInt32, 0-2147483646> = 1", Describe(_model.Transform(_data).Schema["Score"]));
    }

    [Fact]
    public void Predictions_FitTogether()
    {
        Moons.Prediction[] predictions = [.. _ml.Data.CreateEnumerable<Moons.Prediction>(_model.Transform(_data), reuseRowObject: false)];
        Assert.Equal(200, predictions.Length);
        Assert.Contains(predictions, prediction => prediction.PredictedLabel);
        Assert.All(predictions, prediction =>
        {
            Assert.Equal(prediction.Score > 0, prediction.PredictedLabel);
            Assert.Equal(1 / (1 + Math.Exp(-prediction.Score)), prediction.Probability, 1e-7);
        });
    }

    [Fact]
    public void Scores_AreThoseOfTheEngine()
    {
        float[] features = [.. Moons.Rows().SelectMany(row => row.Features)], expected = new float[200];
        new Predictor<float>(_model.Model.EngineModel).Predict(features, expected);
        Assert.Equal(expected, Moons.Scores(_model, _data));
    }

    [Fact]
    public void NaNFeatures_GiveNaNAndFalse_InTheirRowAlone()
    {
        Moons.Row[] rows = Moons.Rows(3);
        rows[1].Features[0] = float.NaN;
        MlpBinaryTrainer.Options options = Moons.Options();
        options.MissingValues = MissingValues.Refuse;
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(_data);
        Moons.Prediction[] predictions =
            [.. _ml.Data.CreateEnumerable<Moons.Prediction>(model.Transform(_ml.Data.LoadFromEnumerable(rows)), reuseRowObject: false)];
        Assert.Equal([false, true, false], predictions.Select(prediction => float.IsNaN(prediction.Score)));
        Assert.Equal([false, true, false], predictions.Select(prediction => float.IsNaN(prediction.Probability)));
        Assert.False(predictions[1].PredictedLabel);
    }

    // Weight 1, bias 0: the score is the feature.
    [Theory]
    [InlineData(0, 0.5f, false)]
    [InlineData(1, 0.73105858f, true)]
    [InlineData(-100, 3.8e-44f, false)]
    [InlineData(-1e4f, 0, false)]
    [InlineData(1e4f, 1, true)]
    public void LargeScores_GiveFiniteProbabilities(float score, float probability, bool predictedLabel)
    {
        var network = Network<float>.Create(1, [Layer.Dense(1) with { WeightInitializer = Initializer.Constant(1) }]);
        var model = new MlpBinaryTransformer(new MLContext(), new TransformerContent(new MlpModelParameters(new Model<float>(network)),
            "X", IsFeatureVector: false, new LabelContent(IsVector: false, Values: null)));
        IDataView data = model.Transform(_ml.Data.LoadFromEnumerable([new Moons.Row { X = score }]));
        Moons.Prediction prediction = _ml.Data.CreateEnumerable<Moons.Prediction>(data, reuseRowObject: false).Single();
        Assert.Equal((score, predictedLabel), (prediction.Score, prediction.PredictedLabel));
        Assert.Equal(probability, prediction.Probability, Math.Max(1e-7f * probability, float.Epsilon));
    }

    [Fact]
    public void Cursor_ComputesOnlyWhatIsAskedFor()
    {
        IDataView broken = _ml.Transforms.Conversion.ConvertType("Broken", "TextLabel", DataKind.Int32).Fit(_data).Transform(_data);
        IDataView scored = _model.Transform(broken);
        Assert.Equal(200, scored.GetColumn<float>("Score").Count());

        // Features that would throw do no harm as long as nobody wants a prediction.
        Moons.Row[] rows = Moons.Rows(3);
        rows[0].Features = [1];
        IDataView ragged = _model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(rows.Select(row => row.X), ragged.GetColumn<float>("X"));
        var exception = Assert.Throws<InvalidOperationException>(() => ragged.GetColumn<float>("Score").ToArray());
        Assert.Equal("Feature column 'Features' is Vector<Single, 2>, but a row has 1 slots. Give every row the same number of features.",
            exception.Message);
    }

    [Fact]
    public void Cursor_KnowsItsColumns()
    {
        IDataView scored = _model.Transform(_data);
        DataViewSchema.Column score = scored.Schema["Score"], probability = scored.Schema["Probability"], x = scored.Schema["X"];
        using DataViewRowCursor cursor = scored.GetRowCursor([score, x]);
        Assert.Equal([true, false, true], [cursor.IsColumnActive(score), cursor.IsColumnActive(probability), cursor.IsColumnActive(x)]);
        Assert.Same(scored.Schema, cursor.Schema);
        var inactive = Assert.Throws<ArgumentOutOfRangeException>("column", () => cursor.GetGetter<float>(probability));
        Assert.StartsWith("Column 'Probability' is not active. Name it among the columns needed", inactive.Message);
        var mistyped = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(score));
        Assert.Equal("Column 'Score' holds System.Single; a getter of System.Double was asked for.", mistyped.Message);
        Assert.Equal(-1, cursor.Position);
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
        DataViewRowId id = default;
        cursor.GetIdGetter()(ref id);
        Assert.Equal(0UL, id.Low);
    }

    [Fact]
    public void Cursors_CanBeRepeated_AndRunSideBySide()
    {
        IDataView scored = _model.Transform(_data);
        float[] expected = [.. scored.GetColumn<float>("Score")];
        Assert.Equal(expected, scored.GetColumn<float>("Score"));
        Assert.All(scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>("Score")), pair => Assert.Equal(pair.First, pair.Second));
        Parallel.For(0, 8, _ => Assert.Equal(expected, scored.GetColumn<float>("Score")));
    }

    [Fact]
    public void CursorSet_GivesEveryRowOnce()
    {
        IDataView scored = _model.Transform(_ml.Data.Cache(_data));
        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["Score"], scored.Schema["X"]], 4);
        var found = new List<(float, float)>();
        foreach (DataViewRowCursor cursor in cursors)
        {
            using (cursor)
            {
                ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]),
                    getX = cursor.GetGetter<float>(scored.Schema["X"]);
                float score = 0, x = 0;
                while (cursor.MoveNext())
                {
                    getScore(ref score);
                    getX(ref x);
                    found.Add((x, score));
                }
            }
        }
        Assert.Equal(Moons.Rows().Select(row => row.X).Zip(Moons.Scores(_model, _data)).Order(), found.Order());
    }

    [Fact]
    public void ShuffledRows_KeepTheirScores()
    {
        IDataView shuffled = _ml.Data.ShuffleRows(_data, seed: 4);
        IDataView scored = _model.Transform(shuffled);
        Assert.Equal(shuffled.CanShuffle, scored.CanShuffle);
        Assert.NotEqual(_data.GetColumn<float>("X"), scored.GetColumn<float>("X"));
        Assert.Equal(
            Moons.Rows().Select(row => row.X).Zip(Moons.Scores(_model, _data)).Order(),
            scored.GetColumn<float>("X").Zip(scored.GetColumn<float>("Score")).Order());
        Assert.Equal(200, scored.GetRowCount() ?? 200);
    }

    [Fact]
    public void RowMapper_NeedsOnlyTheFeatures()
    {
        Assert.True(_model.IsRowToRowMapper);
        IRowToRowMapper mapper = _model.GetRowToRowMapper(_data.Schema);
        Assert.Same(_data.Schema, mapper.InputSchema);
        DataViewSchema output = mapper.OutputSchema;
        Assert.Equal(["Features"], mapper.GetDependencies([output["Score"], output["Probability"]]).Select(column => column.Name));
        Assert.Equal(["X"], mapper.GetDependencies([output["X"]]).Select(column => column.Name));
        Assert.Equal(["Features", "Y"], mapper.GetDependencies([output["Y"], output["PredictedLabel"]]).Select(column => column.Name));
    }

    [Fact]
    public void RowMapper_FollowsItsInput()
    {
        IRowToRowMapper mapper = _model.GetRowToRowMapper(_data.Schema);
        using DataViewRowCursor cursor = _data.GetRowCursor(_data.Schema);
        using DataViewRow row = mapper.GetRow(cursor, [mapper.OutputSchema["Score"], mapper.OutputSchema["PredictedLabel"]]);
        ValueGetter<float> getScore = row.GetGetter<float>(mapper.OutputSchema["Score"]);
        var scores = new List<float>();
        float score = 0;
        while (cursor.MoveNext())
        {
            getScore(ref score);
            getScore(ref score);
            scores.Add(score);
        }
        Assert.Equal(Moons.Scores(_model, _data), scores);
        IRowToRowMapper other = _model.GetRowToRowMapper(_model.Transform(_data).Schema);
        Assert.Throws<ArgumentException>("input", () => other.GetRow(cursor, []));
    }

    [Fact]
    public void PredictionEngine_Predicts()
    {
        PredictionEngine<Moons.Row, Moons.Prediction> engine = _ml.Model.CreatePredictionEngine<Moons.Row, Moons.Prediction>(_model);
        float[] expected = Moons.Scores(_model, _data);
        Assert.Equal(expected, Moons.Rows().Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void PredictionEngine_WorksOnAWholePipeline()
    {
        var pipeline = _ml.Transforms.Concatenate("Features", "X", "Y").Append(_ml.BinaryClassification.Trainers.Mlp(Moons.Options()));
        var model = pipeline.Fit(_data);
        PredictionEngine<Moons.Row, Moons.Prediction> engine = _ml.Model.CreatePredictionEngine<Moons.Row, Moons.Prediction>(model);
        Assert.Equal(Moons.Scores(model, _data), Moons.Rows().Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void OneModel_ServesManyThreads()
    {
        float[] expected = Moons.Scores(_model, _data);
        Parallel.For(0, 8, _ =>
        {
            PredictionEngine<Moons.Row, Moons.Prediction> engine = _ml.Model.CreatePredictionEngine<Moons.Row, Moons.Prediction>(_model);
            Assert.Equal(expected, Moons.Rows().Select(row => engine.Predict(row).Score));
        });
    }

    [Fact]
    public void Nulls_AreNamed()
    {
        Assert.Throws<ArgumentNullException>("input", () => _model.Transform(null!));
        Assert.Throws<ArgumentNullException>("inputSchema", () => _model.GetOutputSchema(null!));
        Assert.Throws<ArgumentNullException>("inputSchema", () => _model.GetRowToRowMapper(null!));
    }

    [Fact]
    public void FeatureColumn_IsTold()
    {
        Assert.Equal("Features", _model.FeatureColumnName);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), _model.FeatureColumnType);
    }

    private static string Describe(DataViewSchema.Column column)
    {
        IEnumerable<string> annotations = column.Annotations.Schema.Select(
            kind => $"{kind.Name} {kind.Type} = {ValueOf(column.Annotations, kind)}");
        return $"{column.Name} {column.Type}: {string.Join("; ", annotations)}";
    }

    private static object ValueOf(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        switch (kind.Type)
        {
            case TextDataViewType:
                ReadOnlyMemory<char> text = default;
                annotations.GetValue(kind.Name, ref text);
                return text;
            case BooleanDataViewType:
                bool flag = false;
                annotations.GetValue(kind.Name, ref flag);
                return flag;
            default:
                uint key = 0;
                annotations.GetValue(kind.Name, ref key);
                return key;
        }
    }
}
