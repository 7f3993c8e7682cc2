using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;
using Mlp.Data;
using Mlp.MLNet.Training;

namespace Mlp.MLNet.Tests.Training;

/// <summary>Two columns of few values that mean something together: a day of a month.</summary>
public sealed class CrossedColumnsTests
{
    private const string Kept = "they are kept", Dropped = "they are dropped";

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _messages = [];

    public CrossedColumnsTests() => _ml.Log += (_, entry) => _messages.Add(entry.RawMessage);

    [Fact]
    public void APairOfColumns_IsLearntAsACategory_WhereATrialIsBetter()
    {
        IDataView data = View(), other = View(seed: 2);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(data);
        Assert.Contains(_messages, message => message.Contains("(month and day)") && message.Contains(Kept));
        CrossedCategory pair = Assert.Single(LayoutOf(model)!.Crosses);
        Assert.Equal(6 * 10, pair.ValueCount);
        MlpRegressionTransformer without = _ml.Regression.Trainers.Mlp(Options(most: 0)).Fit(data);
        Assert.Null(LayoutOf(without));
        (double error, double errorWithout) = (ErrorOf(model, other), ErrorOf(without, other));
        Assert.True(error < 0.8 * errorWithout, $"{error} with the pair, {errorWithout} without");
    }

    [Fact]
    public void WhereATrialIsNotBetter_ThereIsNone()
    {
        // A smooth function of both: cells add nothing to what the network learns by itself.
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options(numberOfEpochs: 40)).Fit(View(isSmooth: true));
        Assert.Contains(_messages, message => message.Contains(Dropped));
        Assert.Null(LayoutOf(model));
    }

    [Theory]
    [InlineData(MlpPreset.Fast, 1500)]
    [InlineData(MlpPreset.Plain, 1500)]
    [InlineData(MlpPreset.Default, 900)]
    public void OneNetwork_AndFewRows_HaveNone(MlpPreset preset, int rowCount)
    {
        MlpRegressionTrainer.Options options = Options(preset: preset, numberOfEpochs: 1);
        Assert.Null(LayoutOf(_ml.Regression.Trainers.Mlp(options).Fit(View(rowCount: rowCount))));
        Assert.DoesNotContain(_messages, message => message.Contains("pairs of columns"));
    }

    [Fact]
    public void ScoresAreTheSame_OfASavedModel_OfAPredictionEngine_AndInOnnx()
    {
        IDataView data = View(missing: true);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options(numberOfEpochs: 6)).Fit(data);
        Assert.NotEmpty(LayoutOf(model)!.Crosses);
        float[] scores = Moons.Scores(model, data);
        Assert.Equal(scores, Moons.Scores((MlpTransformerBase)ColumnText.SaveAndLoad(_ml, model, data.Schema), data));
        using PredictionEngine<Row, KeyRows.Prediction> engine = _ml.Model.CreatePredictionEngine<Row, KeyRows.Prediction>(model);
        Assert.Equal(scores.Take(200), Rows(missing: true).Take(200).Select(row => engine.Predict(row).Score));
        using var stream = new MemoryStream();
        model.Model.SaveAsOnnx(stream);
        using var session = new InferenceSession(stream.ToArray());
        float[] values = [.. Rows(missing: true).SelectMany(row => row.Features)];
        using var features = OrtValue.CreateTensorValueFromMemory(values, [values.Length / 4, 4]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results =
            session.Run(run, new Dictionary<string, OrtValue> { ["Features"] = features }, ["Score"]);
        float[] found = results[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.All(scores.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void AnExplanation_HalvesThePairBetweenItsColumns()
    {
        IDataView data = View();
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(data);
        IDataView explained = _ml.Model.ExplainMlp(model, _ml.Data.TakeRows(data, 40));
        float[] scores = [.. explained.GetColumn<float>("ExplainedScore")], baselines = [.. explained.GetColumn<float>("BaselineScore")];
        double[] sizes = new double[4];
        foreach ((int row, float[] contributions) in explained.GetColumn<float[]>("FeatureContributions").Index())
        {
            Assert.Equal(scores[row] - baselines[row], contributions.Sum(), 0.05);
            for (int feature = 0; feature < sizes.Length; feature++)
                sizes[feature] += Math.Abs(contributions[feature]);
        }
        Assert.True(Math.Min(sizes[0], sizes[1]) > 3 * sizes[3], string.Join(", ", sizes));
    }

    [Fact]
    public void ValidationRows_AndAWarmStart_HaveThePairsOfTheTraining()
    {
        IDataView data = View(), other = View(seed: 2);
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(Options(numberOfEpochs: 6));
        MlpRegressionTransformer model = trainer.Fit(data, other);
        CrossedCategory pair = Assert.Single(LayoutOf(model)!.Crosses);
        MlpRegressionTransformer further = trainer.Fit(other, null, model.Model);
        Assert.Equal(pair.First.Bins!.Edges, Assert.Single(LayoutOf(further)!.Crosses).First.Bins!.Edges);
    }

    [Fact]
    public void ASearch_BeginsWithThePairsThatFitHas()
    {
        IDataView data = View();
        (double with, double without) = (DefaultLossOf(most: null), DefaultLossOf(most: 0));
        Assert.True(with < 0.8 * without, $"{with} with the pair, {without} without");

        double DefaultLossOf(int? most)
        {
            MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(Options(most, numberOfEpochs: 10));
            return _ml.Regression.Tune(data, trainer: trainer, settings: new() { NumberOfTrials = 1 }).DefaultLoss;
        }
    }

    [Fact]
    public void TheModelOfASearch_HasThemInEveryPlace()
    {
        IDataView data = View();
        MlpRegressionTrainer.Options ofPlaces = Options(numberOfEpochs: 6);
        ofPlaces.NumberOfNetworks = 2;
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(Options(numberOfEpochs: 6));
        using IChannel channel = trainer.StartChannel("Search");
        PreparedRows rows = trainer.PrepareRows(data, validationData: null, new TrainingLog(channel));
        Model<float>[] places = [.. Enumerable.Range(1, 2).Select(seed => trainer.TrainPlace(
            rows, ofPlaces, seed, threadCount: 1, checkpoint: null, CancellationToken.None))];
        MlpRegressionTransformer model = trainer.JoinPlaces(rows, places, temperature: 1);
        Assert.Equal(6 * 10, Assert.Single(LayoutOf(model)!.Crosses).ValueCount);
        Assert.Equal(
            Moons.Scores(model, data), Moons.Scores((MlpTransformerBase)ColumnText.SaveAndLoad(_ml, model, data.Schema), data));
    }

    [Fact]
    public void BitsDoNotDependOnThreads()
    {
        MlpRegressionTrainer.Options options = Options(numberOfEpochs: 4);
        IDataView data = View();
        string[] fingerprints = [.. new[] { 1, 3 }.Select(threads =>
        {
            options.NumberOfThreads = threads;
            return _ml.Regression.Trainers.Mlp(options).Fit(data).Fingerprint;
        })];
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    [Fact]
    public void ANegativeNumber_IsRefused() => Assert.StartsWith(
        "MaximumCrosses of CategoricalEmbedding is -1; it must be at least 0.",
        Assert.Throws<ArgumentOutOfRangeException>("MaximumCrosses", () => _ml.Regression.Trainers.Mlp(Options(most: -1))).Message);

    private static FeatureLayout? LayoutOf(MlpRegressionTransformer model) => model.Model.EngineModel.Layout;

    private static MlpRegressionTrainer.Options Options(
        int? most = null, MlpPreset preset = MlpPreset.Default, int numberOfEpochs = 12) => new(preset)
        {
            LabelColumnName = nameof(Row.Number),
            NumberOfEpochs = numberOfEpochs,
            NumberOfNetworks = preset == MlpPreset.Default ? 4 : null,
            HiddenLayerSizes = [24],
            CategoricalEmbedding = most is int count ? new CategoricalEmbedding { MaximumCrosses = count } : null,
            Seed = 1,
        };

    private double ErrorOf(MlpRegressionTransformer model, IDataView data) =>
        _ml.Regression.Evaluate(model.Transform(data), nameof(Row.Number)).RootMeanSquaredError;

    private static Row[] Rows(int seed = 1, bool isSmooth = false, bool missing = false, int rowCount = 2_500)
    {
        var ofCells = new Random(7);
        double[] effects = [.. Enumerable.Range(0, 60).Select(_ => ofCells.Next(2) == 0 ? -1.0 : 1)];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rowCount).Select(index =>
        {
            (int month, int day, float other) = (random.Next(6), random.Next(10), random.NextSingle());
            double effect = isSmooth ? 0.2 * month * day : effects[month * 10 + day];
            return new Row
            {
                Features = [month, missing && index % 9 == 0 ? float.NaN : day, other, random.NextSingle()],
                Number = (float)(effect + other + (isSmooth ? 6 : 0.2) * random.NextDouble()),
            };
        })];
    }

    private IDataView View(int seed = 1, bool isSmooth = false, bool missing = false, int rowCount = 2_500)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        string[] names = ["month", "day", "other", "noise"];
        schema[nameof(Row.Features)].AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(4, [.. names.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, 4));
        return _ml.Data.LoadFromEnumerable(Rows(seed, isSmooth, missing, rowCount), schema);
    }

    public sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public float Number { get; set; }
    }
}
