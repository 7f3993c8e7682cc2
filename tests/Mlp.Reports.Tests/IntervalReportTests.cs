using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Reports.Tests;

/// <summary>What a report says of prediction intervals.</summary>
public class IntervalReportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Report_ShowsWhatIntervalsHold_WhereThereAreSome(bool isAsked)
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ =>
        {
            float x = random.NextSingle();
            return new Row { Features = [x, random.NextSingle()], Label = x + 0.1f * random.NextSingle() };
        }).ToArray());
        var options = new MlpRegressionTrainer.Options
        {
            HiddenLayerSizes = [8],
            NumberOfEpochs = 4,
            Seed = 1,
        };
        if (isAsked)
            options.PredictionIntervals = [0.5, 0.9];
        ITransformer model = ml.Regression.Trainers.Mlp(options).Fit(data);
        using var page = new StringWriter();
        ml.Model.ReportMlp(model, data, data).Write(page);
        string text = page.ToString();
        Assert.Equal(isAsked, text.Contains("Prediction intervals", StringComparison.Ordinal));
        Assert.Equal(isAsked, text.Contains("Each point is a quarter of the rows", StringComparison.Ordinal));
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
