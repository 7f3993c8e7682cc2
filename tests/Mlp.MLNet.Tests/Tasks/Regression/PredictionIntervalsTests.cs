using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class PredictionIntervalsTests
{
    private readonly MLContext _ml = new(seed: 1);

    private sealed class Interval
    {
        public float Score { get; set; }

        [ColumnName("Score.Lower")]
        public float Lower { get; set; }

        [ColumnName("Score.Upper")]
        public float Upper { get; set; }
    }

    // Observed over seeds 1 to 5 of the rows: 0.885 to 0.912.
    [Fact]
    public void Intervals_HoldTheLevel_AndAreWiderWhereTheNoiseIs()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Noise.Options()).Fit(Noise.View(_ml, 1500));
        Noise.Row[] rows = Noise.Rows(4000, seed: 100);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Interval[] intervals = [.. _ml.Data.CreateEnumerable<Interval>(scored, reuseRowObject: false)];

        Assert.InRange(rows.Zip(intervals).Average(pair => Holds(pair.First, pair.Second) ? 1.0 : 0), 0.87, 0.93);
        Assert.All(intervals, interval => Assert.True(interval.Lower <= interval.Score && interval.Score <= interval.Upper));
        double WidthWhere(Func<Noise.Row, bool> chosen) =>
            rows.Zip(intervals).Where(pair => chosen(pair.First)).Average(pair => pair.Second.Upper - pair.Second.Lower);
        Assert.True(WidthWhere(row => Math.Abs(row.Features[1]) > 0.7) > 1.6 * WidthWhere(row => Math.Abs(row.Features[1]) < 0.3));
    }

    [Fact]
    public void Scores_AreTheSameBits_WithAndWithout()
    {
        IDataView data = Noise.View(_ml, 300);
        MlpRegressionTrainer.Options options = Noise.Options();
        MlpRegressionTransformer with = _ml.Regression.Trainers.Mlp(options).Fit(data);
        options.PredictionIntervals = null;
        MlpRegressionTransformer without = _ml.Regression.Trainers.Mlp(options).Fit(data);

        Assert.Equal(without.Fingerprint, with.Fingerprint);
        Assert.Equal(Moons.Scores(without, data), Moons.Scores(with, data));
        Assert.Null(without.Transform(data).Schema.GetColumnOrNull("Score.Lower"));
    }

    [Fact]
    public void Bits_DoNotDependOnThreads_AndSurviveSaveAndLoad_RowByRowAndInBatches()
    {
        IDataView data = Noise.View(_ml, 400);
        MlpRegressionTrainer.Options options = Noise.Options();
        MlpRegressionTransformer one = _ml.Regression.Trainers.Mlp(options).Fit(data);
        options.NumberOfThreads = 3;
        MlpRegressionTransformer three = _ml.Regression.Trainers.Mlp(options).Fit(data);
        ITransformer loaded = ColumnText.SaveAndLoad(_ml, one, data.Schema);

        float[][] expected = Bounds(one, data);
        Assert.Equal(expected, Bounds(three, data));
        Assert.Equal(expected, Bounds(loaded, data));
        PredictionEngine<Noise.Row, Interval> engine = _ml.Model.CreatePredictionEngine<Noise.Row, Interval>(loaded);
        Interval[] single = [.. Noise.Rows(400).Take(20).Select(engine.Predict)];
        Assert.Equal(expected[0].Take(20), single.Select(interval => interval.Lower));
        Assert.Equal(expected[1].Take(20), single.Select(interval => interval.Upper));
    }

    [Fact]
    public void SeveralLevels_AreAVector_OneInsideTheOther()
    {
        MlpRegressionTrainer.Options options = Noise.Options();
        options.PredictionIntervals = [0.9, 0.5];
        IDataView data = Noise.View(_ml, 400);
        IDataView scored = _ml.Regression.Trainers.Mlp(options).Fit(data).Transform(data);

        Assert.Equal(
            "Vector<Single, 2>; ScoreColumnSetId: 1; ScoreColumnKind: 'Regression'; ScoreValueKind: 'Score.Lower'; SlotNames: "
                + "['0.5' '0.9']; Levels: [0.5 0.9]",
            ColumnText.Describe(scored, "Score.Lower"));
        foreach ((float[] lower, float[] upper) in
            scored.GetColumn<float[]>("Score.Lower").Zip(scored.GetColumn<float[]>("Score.Upper")))
            Assert.True(lower[1] <= lower[0] && lower[0] <= upper[0] && upper[0] <= upper[1]);
    }

    [Fact]
    public void SeveralTargets_HaveTheirOwn()
    {
        IDataView data = Noise.View(_ml, 600);
        MlpRegressionTrainer.Options options = Noise.Options("Both");
        options.PredictionIntervals = [0.5, 0.9];
        IEstimator<MlpRegressionTransformer> trainer = _ml.Regression.Trainers.Mlp(options);
        IDataView scored = trainer.Fit(data).Transform(data);

        Assert.Contains(
            "SlotNames: ['0 0.5' '0 0.9' '1 0.5' '1 0.9']", ColumnText.Describe(scored, "Score.Upper"), StringComparison.Ordinal);
        float[][] lower = [.. scored.GetColumn<float[]>("Score.Lower")], upper = [.. scored.GetColumn<float[]>("Score.Upper")];
        float[][] both = [.. Noise.Rows(600).Select(row => row.Both)];
        for (int target = 0; target < 2; target++)
        {
            int slot = 2 * target + 1;
            // Rows of the training: the networks know most of them.
            Assert.InRange(
                Enumerable.Range(0, 600).Average(row => both[row][target] >= lower[row][slot] && both[row][target] <= upper[row][slot]
                    ? 1.0 : 0), 0.87, 0.97);
        }
        SchemaShape shape = trainer.GetOutputSchema(Shapes.Of(data));
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, shape.Single(column => column.Name == "Score.Lower").Kind);
    }

    [Fact]
    public void ConstantLabels_HaveIntervalsOfNoWidth()
    {
        Noise.Row[] rows = Noise.Rows(200);
        foreach (Noise.Row row in rows)
            row.Label = 7;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        float[][] bounds = Bounds(_ml.Regression.Trainers.Mlp(Noise.Options()).Fit(data), data);
        Assert.All(bounds.SelectMany(values => values), value => Assert.Equal(7, value));
    }

    [Fact]
    public void ValidationRows_GiveSplitConformalIntervals_AlsoWithPlain()
    {
        var options = new MlpRegressionTrainer.Options(MlpPreset.Plain) { NumberOfEpochs = 5, Seed = 1, PredictionIntervals = 0.8 };
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(Noise.View(_ml, 300), Noise.View(_ml, 400, seed: 2));
        Noise.Row[] rows = Noise.Rows(3000, seed: 3);
        float[][] bounds = Bounds(model, _ml.Data.LoadFromEnumerable(rows));
        Assert.InRange(
            Enumerable.Range(0, rows.Length)
                .Average(row => rows[row].Label >= bounds[0][row] && rows[row].Label <= bounds[1][row] ? 1.0 : 0),
            0.75, 0.85);
    }

    [Fact]
    public void RowsOfWeightZero_AreAsIfAbsent()
    {
        Noise.Row[] rows = Noise.Rows(300);
        MlpRegressionTrainer.Options options = Noise.Options();
        options.ExampleWeightColumnName = "Weight";
        float[][] expected = Bounds(_ml.Regression.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(rows)), Noise.View(_ml, 50));
        Noise.Row[] absent = Noise.Rows(20, seed: 9);
        foreach (Noise.Row row in absent)
            (row.Weight, row.Label) = (0, float.NaN);
        float[][] found = Bounds(
            _ml.Regression.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable<Noise.Row>([.. rows, .. absent])), Noise.View(_ml, 50));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void MissingFeatures_HaveIntervals()
    {
        Noise.Row[] rows = Noise.Rows(400);
        for (int row = 0; row < rows.Length; row += 5)
            rows[row].Features[1] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        Assert.All(Bounds(_ml.Regression.Trainers.Mlp(Noise.Options()).Fit(data), data).SelectMany(values => values), value =>
            Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Plain_WithoutValidation_SaysWhereRowsComeFrom()
    {
        var options = new MlpRegressionTrainer.Options(MlpPreset.Plain) { PredictionIntervals = 0.9 };
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => _ml.Regression.Trainers.Mlp(options).Fit(Noise.View(_ml, 100)));
        Assert.Contains("PredictionIntervals is 0.9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EarlyStopping", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewRows_AreNamed_BeforeTraining()
    {
        MlpRegressionTrainer.Options options = Noise.Options();
        options.PredictionIntervals = 0.99;
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => _ml.Regression.Trainers.Mlp(options).Fit(Noise.View(_ml, 100)));
        Assert.Contains("the level 0.99 needs at least 199 held-out rows, and there are 100", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void LevelsOutOfRange_AreRefused(double level)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpRegressionTrainer.Options { PredictionIntervals = level });
        Assert.Throws<ArgumentException>(() => PredictionLevels.Of([]));
        Assert.Throws<ArgumentException>(() => PredictionLevels.Of([0.9, 0.9]));
    }

    private static float[][] Bounds(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        return [[.. scored.GetColumn<float>("Score.Lower")], [.. scored.GetColumn<float>("Score.Upper")]];
    }

    private static bool Holds(Noise.Row row, Interval interval) => row.Label >= interval.Lower && row.Label <= interval.Upper;
}
