using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Tests.BadData;

namespace Mlp.MLNet.Tests.Scoring;

/// <summary>A NaN among the features is answered with NaN, and not in silence.</summary>
public class MissingFeaturesTests
{
    private readonly List<string> _warnings = [];

    public static TheoryData<string, string> Tasks => new()
    {
        { "binary", "Score and Probability are NaN and PredictedLabel is false, which means nothing" },
        { "multiclass", "Score is NaN and PredictedLabel is the missing key" },
        { "regression", "Score is NaN" },
        { "several targets", "Score is NaN" },
        { "multi-label", "Score and Probability are NaN and all of PredictedLabel is false, which means nothing" },
    };

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ARowWithNaN_GivesNaN_AndOneWarning(string task, string predictions)
    {
        var table = new Table();
        MlpOptions options = EveryTask.Options(task);
        options.MissingValues = MissingValues.Refuse;
        ITransformer model = Reloaded(EveryTask.Fit(options, table.View()).Transformer, table.View().Schema);
        EveryTask.Scores(model.Transform(table.View()));
        Assert.Empty(_warnings);

        table.SetFeature(6, 1, float.NaN);
        table.SetFeature(20, 0, float.NaN);
        IDataView scored = model.Transform(table.View());
        float[] scores = EveryTask.Scores(scored);
        int width = scores.Length / 30;
        Assert.Equal(
            [6, 20], Enumerable.Range(0, 30).Where(row => scores.AsSpan(row * width, width).ContainsAnyExcept(float.NaN) == false));
        Assert.Equal(2 * width, scores.Count(float.IsNaN));
        string warning =
            $"Feature column 'Features' gives no prediction in row 7 (slot 1 is NaN): {predictions}. Replace missing values "
                + "(ReplaceMissingValues) before the features are put together. Further rows like it are not reported.";
        Assert.Equal([warning], _warnings);

        // A second look at the same view says nothing new; another view does.
        EveryTask.Scores(scored);
        Assert.Single(_warnings);
        EveryTask.Scores(model.Transform(table.View()));
        Assert.Equal([warning, warning], _warnings);
        if (task == "multiclass")
            Assert.Equal(0u, scored.GetColumn<uint>("PredictedLabel").ElementAt(6));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void AMissingValue_WithoutOneInTraining_IsTheMiddle_AndOneWarning(string task, string predictions)
    {
        Assert.NotEmpty(predictions);
        var table = new Table();
        ITransformer model = Reloaded(EveryTask.Fit(EveryTask.Options(task), table.View()).Transformer, table.View().Schema);
        float[] before = EveryTask.Scores(model.Transform(table.View()));
        table.SetFeature(6, 1, float.NaN);
        IDataView scored = model.Transform(table.View());
        float[] scores = EveryTask.Scores(scored);
        Assert.DoesNotContain(float.NaN, scores);
        int width = scores.Length / 30;
        Assert.Equal(before.AsSpan(0, 6 * width), scores.AsSpan(0, 6 * width));
        Assert.NotEqual(before.AsSpan(6 * width, width).ToArray(), scores.AsSpan(6 * width, width).ToArray());
        Assert.Equal(
            "Feature column 'Features' has a missing value in row 7 (slot 1 is NaN), where no row of the training had one. The predictions "
                + "take the middle of that feature's values for it. Further rows like it are not reported.",
            Assert.Single(_warnings));
        EveryTask.Scores(scored);
        Assert.Single(_warnings);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void AMissingValue_ThatWasLearnt_GivesAPrediction_AndNoWarning(string task, string predictions)
    {
        Assert.NotEmpty(predictions);
        var table = new Table();
        for (int row = 0; row < 30; row += 4)
            table.SetFeature(row, 1, float.NaN);
        ITransformer model = Reloaded(EveryTask.Fit(EveryTask.Options(task), table.View()).Transformer, table.View().Schema);
        Assert.DoesNotContain(float.NaN, EveryTask.Scores(model.Transform(table.View())));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void APredictionEngine_Warns_Once()
    {
        var ml = new MLContext(seed: 1);
        Follow(ml);
        MlpBinaryTrainer.Options options = Moons.Options();
        options.MissingValues = MissingValues.Refuse;
        MlpBinaryTransformer model = ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(ml));
        PredictionEngine<Moons.Row, Moons.Prediction> engine = ml.Model.CreatePredictionEngine<Moons.Row, Moons.Prediction>(model);
        Assert.False(float.IsNaN(engine.Predict(new Moons.Row { Features = [0, 0] }).Score));
        Assert.Empty(_warnings);
        Moons.Prediction prediction = engine.Predict(new Moons.Row { Features = [float.NaN, 0] });
        Assert.Equal((float.NaN, float.NaN, false), (prediction.Score, prediction.Probability, prediction.PredictedLabel));
        engine.Predict(new Moons.Row { Features = [0, float.NaN] });
        Assert.Contains("(slot 0 is NaN): Score and Probability are NaN", Assert.Single(_warnings));
    }

    /// <summary>By a context whose warnings are followed.</summary>
    private ITransformer Reloaded(ITransformer model, DataViewSchema schema)
    {
        var ml = new MLContext(seed: 1);
        Follow(ml);
        using var zip = new MemoryStream();
        ml.Model.Save(model, schema, zip);
        zip.Position = 0;
        return ml.Model.Load(zip, out _);
    }

    private void Follow(MLContext ml) => ml.Log += (_, entry) =>
    {
        if (entry.Kind == ChannelMessageKind.Warning)
            _warnings.Add(entry.RawMessage);
    };
}
