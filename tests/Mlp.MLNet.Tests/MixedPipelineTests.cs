using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Mlp.MLNet.Tests;

/// <summary>Random pipelines of the steps by which people turn a table into features, over rows as people have them.</summary>
public class MixedPipelineTests
{
    private const int CaseCount = 40;

    private readonly MLContext _ml = new(seed: 1);

    [Trait("Speed", "Slow")]
    [Fact]
    public void AnyPipeline_GivesFinitePredictions_TheSameByEveryWay()
    {
        int refusedCount = 0;
        for (int seed = 0; seed < CaseCount; seed++)
        {
            var random = new Random(seed);
            Row[] rows = Rows(random);
            IDataView data = _ml.Data.LoadFromEnumerable(rows);
            IEstimator<ITransformer> steps = Steps(random, out bool hasFeatures);
            if (!hasFeatures)
            {
                refusedCount++;
                continue;
            }
            // Keys beside the features, which may be those that are slots, too.
            string[] keys = [.. new[] { "ColourKey", "PlaceKey" }.Where(_ => random.Next(3) == 0)];
            foreach (string key in keys)
                steps = steps.Append(_ml.Transforms.Conversion.MapValueToKey(key, key[..^3]));
            ITransformer model = steps.Append(Trainer(random, keys)).Fit(data);
            // Rows with values that no row of the training had.
            IDataView others = _ml.Data.LoadFromEnumerable(Rows(new Random(seed + 1000)));
            float[] scores = Scores(model.Transform(others));
            Assert.All(scores, score => Assert.True(float.IsFinite(score), $"Case {seed}: {score}"));
            AssertSameByEveryWay(model, data, others, scores);
            AssertExplained(model, _ml.Data.TakeRows(others, 4), random.Next(2) == 0 ? null : data, scores, keys, seed);
        }
        Assert.InRange(refusedCount, 0, CaseCount / 4);
    }

    [Theory]
    [InlineData("0,3,2,5")]
    [InlineData("4,2,0,1")]
    [InlineData("0,9")]
    [InlineData("-1,2")]
    [InlineData("3,3")]
    [InlineData("0,1,2,3,4,9")]
    public void RangesThatMakeNoSense_AreNumbers(string ranges)
    {
        // Numbers, not flags: what no range can be.
        IDataView data = Annotated([.. ranges.Split(',').Select(int.Parse)], featureCount: 6, flags: false);
        var model = _ml.Regression.Trainers.Mlp(Few()).Fit(data);
        Assert.All(Scores(model.Transform(data)), score => Assert.True(float.IsFinite(score)));
        Assert.Equal(6, model.Model.InputCount);
    }

    [Fact]
    public void ASlotOutsideEveryRange_IsANumber_AndAConstantCategoryIsBearable()
    {
        IDataView data = Annotated([1, 3], featureCount: 6, flags: true);
        var model = _ml.Regression.Trainers.Mlp(Few()).Fit(data);
        Assert.All(Scores(model.Transform(data)), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Threads_ChangeNoBit()
    {
        Row[] rows = Rows(new Random(7));
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView features = _ml.Transforms.Categorical.OneHotEncoding("Colour")
            .Append(_ml.Transforms.Text.FeaturizeText("Text"))
            .Append(_ml.Transforms.Concatenate("Features", "Size", "Colour", "Text", "Other")).Fit(data).Transform(data);
        Assert.Equal(Fingerprint(threadCount: 1), Fingerprint(threadCount: 3));

        string Fingerprint(int threadCount)
        {
            MlpRegressionTrainer.Options options = Few();
            options.NumberOfNetworks = 3;
            options.NumberOfThreads = threadCount;
            return _ml.Regression.Trainers.Mlp(options).Fit(features).Model.Fingerprint;
        }
    }

    [Fact]
    public void AnUnknownValue_GivesAnAverage()
    {
        // Two values far apart; the unknown one lies between them.
        var random = new Random(3);
        Row[] rows = [.. Enumerable.Range(0, 600).Select(row => new Row
        {
            Colour = row % 2 == 0 ? "red" : "blue",
            Label = (row % 2 == 0 ? 10 : 20) + random.NextSingle(),
        })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer model = _ml.Transforms.Categorical.OneHotEncoding("Colour").Append(_ml.Transforms.Concatenate("Features", "Colour"))
            .Append(_ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options(MlpPreset.Fast) { Seed = 1 })).Fit(data);
        float[] scores = Scores(model.Transform(_ml.Data.LoadFromEnumerable(
            [new Row { Colour = "red" }, new Row { Colour = "blue" }, new Row { Colour = "green" }])));
        Assert.Equal(10.5, scores[0], 0.5);
        Assert.Equal(20.5, scores[1], 0.5);
        Assert.InRange(scores[2], 11.5f, 19.5f);
    }

    private IEstimator<ITransformer> Steps(Random random, out bool hasFeatures)
    {
        var parts = new List<string>();
        IEstimator<ITransformer> steps = _ml.Transforms.CopyColumns("Copy", "Label");
        int[] order = [0, 1, 2, 3, 4, 5];
        random.Shuffle(order);
        foreach (int kind in order.Where(_ => random.Next(3) > 0))
        {
            (IEstimator<ITransformer>? step, string part) = kind switch
            {
                0 => ((IEstimator<ITransformer>?)null, "Size"),
                1 => (null, "Other"),
                2 => (_ml.Transforms.Categorical.OneHotEncoding("ColourSlots", "Colour", RandomKind(random)), "ColourSlots"),
                3 => (_ml.Transforms.Categorical.OneHotHashEncoding("PlaceSlots", "Place", numberOfBits: random.Next(1, 11)), "PlaceSlots"),
                4 => (_ml.Transforms.Text.FeaturizeText("Words", "Text"), "Words"),
                _ => (_ml.Transforms.Conversion.MapValueToKey("Key", "Colour")
                    .Append(_ml.Transforms.Conversion.MapKeyToVector("KeySlots", "Key")), "KeySlots"),
            };
            if (step is not null)
                steps = steps.Append(step);
            parts.Insert(random.Next(parts.Count + 1), part);
        }
        hasFeatures = parts.Count > 0;
        if (hasFeatures)
            steps = steps.Append(_ml.Transforms.Concatenate("Features", [.. parts]));
        return steps;
    }

    private static OneHotEncodingEstimator.OutputKind RandomKind(Random random) => random.Next(3) switch
    {
        0 => OneHotEncodingEstimator.OutputKind.Indicator,
        1 => OneHotEncodingEstimator.OutputKind.Bag,
        _ => OneHotEncodingEstimator.OutputKind.Binary,
    };

    private IEstimator<ITransformer> Trainer(Random random, string[] keys)
    {
        MlpRegressionTrainer.Options options = Few((MlpPreset)random.Next(3));
        options.CategoricalColumnNames = keys.Length == 0 ? null : keys;
        if (random.Next(3) == 0 && keys.Length == 0)
            options.CategoricalEmbedding = CategoricalEmbedding.None;
        if (random.Next(3) == 0)
            options.CategoricalEmbedding = new CategoricalEmbedding { MaximumWidth = random.Next(1, 20), UnknownRate = 0.2 };
        if (random.Next(4) == 0)
            options.NormalizeFeatures = false;
        return _ml.Regression.Trainers.Mlp(options);
    }

    private static MlpRegressionTrainer.Options Few(MlpPreset preset = MlpPreset.Fast) => new(preset)
    {
        HiddenLayerSizes = [8],
        NumberOfEpochs = 2,
        NumberOfNetworks = 2,
        Seed = 1,
    };

    /// <summary>The bits of a saved and loaded model, and of single rows, are those of batches.</summary>
    private void AssertSameByEveryWay(ITransformer model, IDataView data, IDataView rows, float[] scores)
    {
        using var zip = new MemoryStream();
        _ml.Model.Save(model, data.Schema, zip);
        zip.Position = 0;
        Assert.Equal(scores, Scores(_ml.Model.Load(zip, out _).Transform(rows)));
        PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(model);
        Assert.Equal(
            scores.Take(20), _ml.Data.CreateEnumerable<Row>(rows, reuseRowObject: false).Take(20).Select(row => engine.Predict(row).Score));
    }

    /// <summary>What features and keys contribute adds up to the scores.</summary>
    private void AssertExplained(ITransformer model, IDataView rows, IDataView? background, float[] scores, string[] keys, int seed)
    {
        IDataView explained = _ml.Model.ExplainMlp(model, rows, background);
        float[][] contributions = [.. explained.GetColumn<float[]>("FeatureContributions")];
        float[] baselines = [.. explained.GetColumn<float>("BaselineScore")];
        int slotCount = ((VectorDataViewType)explained.Schema["Features"].Type).Size;
        for (int row = 0; row < contributions.Length; row++)
        {
            Assert.Equal(slotCount + keys.Length, contributions[row].Length);
            double size = contributions[row].Sum(Math.Abs);
            Assert.True(
                Math.Abs(scores[row] - baselines[row] - contributions[row].Sum()) <= 1e-3 * (1 + size),
                $"Case {seed}, row {row}: from {baselines[row]} to {scores[row]} by {contributions[row].Sum()}");
        }
    }

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    private static Row[] Rows(Random random)
    {
        int colourCount = random.Next(1, 30), rowCount = random.Next(20, 120);
        return [.. Enumerable.Range(0, rowCount).Select(row => new Row
        {
            Size = random.Next(6) == 0 ? float.NaN : 100 * random.NextSingle(),
            Other = [random.Next(9) == 0 ? float.NaN : random.NextSingle(), 0, random.Next(2), float.NaN],
            Colour = random.Next(8) == 0 ? "" : $"colour {random.Next(colourCount)}",
            Place = random.Next(8) == 0 ? "" : $"place {random.Next(5000)}",
            Text = string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => $"word{(int)Math.Exp(7 * random.NextDouble())}")),
            Label = random.NextSingle() + row % 3,
        })];
    }

    private IDataView Annotated(int[] ranges, int featureCount, bool flags)
    {
        var random = new Random(5);
        Numbers[] rows = [.. Enumerable.Range(0, 40).Select(_ => new Numbers
        {
            Features = [.. Enumerable.Range(0, featureCount).Select(slot => flags && slot is >= 1 and <= 3 ? slot == 2 ? 1f : 0f
                : random.NextSingle())],
            Label = random.NextSingle(),
        })];
        var schema = SchemaDefinition.Create(typeof(Numbers));
        schema[nameof(Numbers.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        var type = new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2);
        schema[nameof(Numbers.Features)].AddAnnotation("CategoricalSlotRanges", new VBuffer<int>(ranges.Length, ranges), type);
        return _ml.Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class Row
    {
        public float Size { get; set; }

        [VectorType(4)]
        public float[] Other { get; set; } = new float[4];

        public string Colour { get; set; } = "";

        public string Place { get; set; } = "";

        public string Text { get; set; } = "";

        public float Label { get; set; }
    }

    private sealed class Numbers
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
