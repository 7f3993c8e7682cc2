using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>Intervals where a training begins, ends or goes on otherwise than usual.</summary>
public sealed class CoverageTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ResumedTraining_HasTheSameBits()
    {
        IDataView data = Noise.View(_ml, 200);
        float[] expected = Lower(Noise.Options(), data);
        MlpRegressionTrainer.Options options = Noise.Options();
        options.Checkpoint = new Checkpoint(_folder.PathOf("c"));
        options.EpochCallback = report =>
        {
            if (report.NetworkIndex == 4 && report.Epoch == 3)
                throw new OperationCanceledException();
        };
        Assert.Throws<OperationCanceledException>(() => Lower(options, data));
        options.EpochCallback = null;
        Assert.Equal(expected, Lower(options, data));
    }

    [Fact]
    public void WarmStart_HasIntervals()
    {
        IDataView data = Noise.View(_ml, 200);
        MlpRegressionTransformer start = _ml.Regression.Trainers.Mlp(Noise.Options()).Fit(data);
        MlpRegressionTransformer further = _ml.Regression.Trainers.Mlp(Noise.Options()).Fit(data, validationData: null, start.Model);
        float[] lower = [.. further.Transform(data).GetColumn<float>("Score.Lower")];
        Assert.All(Moons.Scores(further, data).Zip(lower), pair => Assert.True(pair.Second <= pair.First));
    }

    [Fact]
    public void CanceledTraining_ReturnsIntervals_AsWideForEveryRow()
    {
        IDataView data = Noise.View(_ml, 200);
        MlpRegressionTrainer.Options options = Noise.Options();
        using var source = new CancellationTokenSource();
        (options.CancellationToken, options.ReturnBestOnCancellation, options.BoundScores) = (source.Token, true, false);
        options.EpochCallback = report =>
        {
            if (report.NetworkIndex == 1 && report.Epoch == 2)
                source.Cancel();
        };
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        IDataView scored = model.Transform(data);
        double[] widths = [.. scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>("Score.Lower"), (score, lower) =>
            Math.Round((double)score - lower, 4))];
        Assert.Single(widths.Distinct());
    }

    [Fact]
    public void Fast_TakesItsHeldOutRows()
    {
        var options = new MlpRegressionTrainer.Options(MlpPreset.Fast)
        {
            HiddenLayerSizes = [16],
            NumberOfEpochs = 8,
            Seed = 1,
            PredictionIntervals = 0.8,
        };
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(Noise.View(_ml, 1000));
        Noise.Row[] rows = Noise.Rows(3000, seed: 3);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[] lower = [.. scored.GetColumn<float>("Score.Lower")], upper = [.. scored.GetColumn<float>("Score.Upper")];
        Assert.InRange(
            Enumerable.Range(0, rows.Length).Average(row => rows[row].Label >= lower[row] && rows[row].Label <= upper[row] ? 1.0 : 0),
            0.74, 0.86);
    }

    private float[] Lower(MlpRegressionTrainer.Options options, IDataView data) =>
        [.. _ml.Regression.Trainers.Mlp(options).Fit(data).Transform(data).GetColumn<float>("Score.Lower")];
}
