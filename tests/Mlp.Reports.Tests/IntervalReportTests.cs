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

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Report_ShowsWhatSetsOfClassesHold_WhereThereAreSome(int classCount)
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ =>
        {
            float x = random.NextSingle();
            double noisy = x + 0.3 * random.NextDouble();
            return new Row { Features = [x, random.NextSingle()], Flag = noisy > 0.6, Kind = noisy > 0.9 ? "c" : noisy > 0.4 ? "b" : "a" };
        }).ToArray());
        foreach (double? level in new double?[] { 0.8, null })
        {
            IEstimator<ITransformer> trainer = classCount == 2
                ? ml.BinaryClassification.Trainers.Mlp(Small(new MlpBinaryTrainer.Options
                {
                    LabelColumnName = nameof(Row.Flag),
                    PredictionSets = level,
                }))
                : ml.Transforms.Conversion.MapValueToKey(nameof(Row.Kind)).Append(ml.MulticlassClassification.Trainers.Mlp(
                    Small(new MlpMulticlassTrainer.Options { LabelColumnName = nameof(Row.Kind), PredictionSets = level })));
            using var page = new StringWriter();
            ml.Model.ReportMlp(trainer.Fit(data), data, data, classCount == 2 ? nameof(Row.Flag) : nameof(Row.Kind)).Write(page);
            string text = page.ToString();
            Assert.Equal(level is not null, text.Contains("Sets of the level 80", StringComparison.Ordinal));
            Assert.Equal(level is not null, text.Contains("Mean size", StringComparison.Ordinal));
        }
    }

    private static TOptions Small<TOptions>(TOptions options)
        where TOptions : MlpOptions
    {
        (options.HiddenLayerSizes, options.NumberOfEpochs, options.Seed) = ([8], 4, 1);
        return options;
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public bool Flag { get; set; }

        public string Kind { get; set; } = "";
    }
}
