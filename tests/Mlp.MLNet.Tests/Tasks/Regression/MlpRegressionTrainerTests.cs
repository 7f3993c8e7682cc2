using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class MlpRegressionTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public MlpRegressionTrainerTests() => _data = Blobs.View(_ml);

    // Observed over seeds 1 to 10: R² 0.990 to 0.999.
    [Fact]
    public void Fit_LearnsASmoothFunction_InTheUnitOfTheLabel()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression(numberOfEpochs: 150);
        options.HiddenLayerSizes = [32];
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(_data);
        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(_data), "Price");
        Assert.InRange(metrics.RSquared, 0.97, 1);
        Assert.Equal(300, model.Transform(_data).GetColumn<float>("Score").Average(), 60f);
    }

    [Fact]
    public void Standardising_ChangesNothingButTheUnit()
    {
        // Powers of two change no bit of what is trained; the network stays the same but for its last layer.
        Blobs.Row[] rows = Blobs.Rows();
        MlpRegressionTransformer plain = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(Blobs.View(_ml, rows));
        float[] expected = [.. plain.Transform(_data).GetColumn<float>("Score").Select(score => score * 4096)];
        foreach (Blobs.Row row in rows)
            row.Price *= 4096;
        MlpRegressionTransformer stretched = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(Blobs.View(_ml, rows));
        Assert.Equal(expected, stretched.Transform(_data).GetColumn<float>("Score"));
        Assert.Equal(plain.Model.History.Select(report => report.Loss), stretched.Model.History.Select(report => report.Loss));
    }

    [Fact]
    public void WithoutNormalizeLabel_LossesAreInTheUnitOfTheLabel()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        double standardised = _ml.Regression.Trainers.Mlp(options).Fit(_data).Model.History[0].Loss;
        options.NormalizeLabel = false;
        double plain = _ml.Regression.Trainers.Mlp(options).Fit(_data).Model.History[0].Loss;
        Assert.InRange(standardised, 0.1, 10);
        Assert.True(plain > 10_000);
    }

    [Fact]
    public void SeveralTargets_GiveAVector_WithTheirNames()
    {
        IDataView data = _ml.Transforms.Concatenate("Both", "Price", "Weight").Fit(_data).Transform(_data);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression("Both")).Fit(data);
        const string Score =
            "Vector<Single, 2>; ScoreColumnSetId: 1; ScoreColumnKind: 'MultiOutputRegression'; ScoreValueKind: 'Score'; SlotNames: "
                + "['Price' 'Weight']";
        Assert.Equal(Score, ColumnText.Describe(model.Transform(data), "Score"));
        IDataView reloaded = ColumnText.SaveAndLoad(_ml, model, data.Schema).Transform(data);
        Assert.Equal(Score, ColumnText.Describe(reloaded, "Score"));
        Assert.Equal(ColumnText.Values(model.Transform(data), "Score"), ColumnText.Values(reloaded, "Score"));
        // Weight is 1 everywhere, which costs nothing to learn.
        Assert.All(model.Transform(data).GetColumn<float[]>("Score"), row => Assert.InRange(row[1], -1, 3));
    }

    // Observed over seeds 1 to 10: the lower R² of the two is 0.993 to 0.999.
    [Fact]
    public void SeveralTargets_OfDifferentSizes_AreLearntAlike()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression("Targets", numberOfEpochs: 150);
        options.HiddenLayerSizes = [32];
        IDataView scored = _ml.Regression.Trainers.Mlp(options).Fit(_data).Transform(_data);
        Assert.Equal("Vector<Single, 2>; ScoreColumnSetId: 1; ScoreColumnKind: 'MultiOutputRegression'; ScoreValueKind: 'Score'",
            ColumnText.Describe(scored, "Score"));
        MultiTargetRegressionMetrics metrics = _ml.Regression.EvaluateMultiTarget(scored, "Targets");
        Assert.All(metrics.Targets, target => Assert.InRange(target.RSquared, 0.97, 1));
    }

    [Fact]
    public void Shape_OfSeveralTargets_IsAVector()
    {
        IDataView named = _ml.Transforms.Concatenate("Both", "Price", "Weight").Fit(_data).Transform(_data);
        foreach ((string label, string[] annotations) in ((string, string[])[])
            [("Both", ["SlotNames", "ScoreColumnSetId", "ScoreColumnKind", "ScoreValueKind"]),
                ("Targets", ["ScoreColumnSetId", "ScoreColumnKind", "ScoreValueKind"])])
        {
            SchemaShape.Column score = _ml.Regression.Trainers.Mlp(label).GetOutputSchema(Shapes.Of(named)).Last();
            Assert.Equal(
                ("Score", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single), (score.Name, score.Kind, score.ItemType));
            Assert.Equal(annotations, score.Annotations.Select(annotation => annotation.Name));
        }
    }

    [Fact]
    public void Quantiles_AreInOrder()
    {
        float[] low = Scores(0.1), middle = Scores(0.5), high = Scores(0.9);
        Assert.InRange(Enumerable.Range(0, 150).Count(i => low[i] < middle[i] && middle[i] < high[i]), 120, 150);

        float[] Scores(double quantile)
        {
            // Noise that the features do not explain.
            Blobs.Row[] rows = Blobs.Rows();
            for (int i = 0; i < rows.Length; i++)
                rows[i].Price = i * 7919 % 150;
            MlpRegressionTrainer.Options options = Blobs.Regression(numberOfEpochs: 60);
            options.Loss = Loss.Quantile(quantile);
            return [.. _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml, rows)).Transform(_data).GetColumn<float>("Score")];
        }
    }

    [Fact]
    public void Poisson_PredictsRates()
    {
        Blobs.Row[] rows = Blobs.Rows();
        for (int i = 0; i < rows.Length; i++)
            rows[i].Price = i % 3 * 4 + i % 2;
        IDataView data = Blobs.View(_ml, rows);
        MlpRegressionTrainer.Options options = Blobs.Regression(numberOfEpochs: 60);
        options.Loss = Loss.Poisson;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        Assert.Equal(OutputLink.Exponential, model.Model.Link);
        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        // The clusters have means 0.5, 4.5 and 8.5.
        for (int cluster = 0; cluster < 3; cluster++)
            Assert.Equal(cluster * 4 + 0.5, Enumerable.Range(0, 50).Average(i => scores[3 * i + cluster]), 0.5);
        Assert.All(scores, score => Assert.True(score > 0));
    }

    [Fact]
    public void OutputActivation_BoundsScores()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.OutputActivation = Activation.Softplus;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(_data);
        Assert.Equal(Activation.Softplus, model.Model.Layers[^1].Activation);
        Assert.All(model.Transform(_data).GetColumn<float>("Score"), score => Assert.True(score > 0));
    }

    [Theory]
    [InlineData(float.NaN, "is NaN", "Filter or replace missing labels before Fit.")]
    [InlineData(float.PositiveInfinity, "is infinite", "Filter or replace missing labels before Fit.")]
    public void WrongLabels_AreCounted(float label, string problem, string advice) =>
    AssertRefused(Loss.SquaredError, label, problem, advice);

    [Fact]
    public void LabelsThatTheLossCannotTake_AreCounted()
    {
        AssertRefused(
            Loss.Poisson, -1, "is negative", "Filter or replace these labels before Fit, or choose another Loss: Poisson is for counts.");
        AssertRefused(
            Loss.BinaryCrossEntropy, 1.5f, "is outside [0, 1]",
            "Filter or replace these labels before Fit, or choose another Loss: cross-entropy is for fractions.");
    }

    [Fact]
    public void RowsOfAnotherNumberOfTargets_AreRefused()
    {
        Blobs.Row[] rows = Blobs.Rows();
        rows[5].Targets = [1];
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Mlp("Targets").Fit(Blobs.View(_ml, rows)));
        Assert.Equal("Label column 'Targets' is Vector<Single, 2>, but a row has 1 slots. Give every row the same number of targets.",
            exception.Message);
    }

    private void AssertRefused(Loss loss, float label, string problem, string advice)
    {
        Blobs.Row[] rows = Blobs.Rows();
        foreach (Blobs.Row row in rows)
            row.Price = 0.5f;
        rows[16].Price = rows[20].Price = label;
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.Loss = loss;
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml, rows)));
        Assert.Equal($"Label column 'Price' {problem} in 2 of 150 rows, first in row 17. {advice}", exception.Message);
    }
}
