using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Training;

/// <summary>A number that is 0 in most rows, of which some other values mean something of their own.</summary>
public sealed class BinnedNumbersTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _messages = [];

    public BinnedNumbersTests() => _ml.Log += (_, entry) => _messages.Add(entry.RawMessage);

    [Fact]
    public void ValuesThatMeanSomethingOfTheirOwn_AreLearnt_AndLoggedAsBins()
    {
        IDataView data = View(), other = View(seed: 2);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(data);
        Assert.Contains(
            _messages, message => message.Contains("1 of 2 features are one value in most rows; their bins are categories, too."));
        double error = _ml.Regression.Evaluate(model.Transform(other), nameof(Row.Number)).RootMeanSquaredError;
        MlpRegressionTrainer.Options without = Options();
        without.NumericEmbedding = new NumericEmbedding { MaximumBins = 0 };
        double errorWithout = _ml.Regression.Evaluate(_ml.Regression.Trainers.Mlp(without).Fit(data).Transform(other), nameof(Row.Number))
            .RootMeanSquaredError;
        Assert.True(error < 0.7 * errorWithout, $"{error} with bins, {errorWithout} without");
    }

    [Fact]
    public void ScoresAreTheSame_OfASavedModel_OfAPredictionEngine_AndOfSparseVectors()
    {
        IDataView data = View();
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options(numberOfEpochs: 2)).Fit(data);
        float[] scores = Moons.Scores(model, data);
        Assert.Equal(scores, Moons.Scores((MlpTransformerBase)ColumnText.SaveAndLoad(_ml, model, data.Schema), data));
        using PredictionEngine<Row, KeyRows.Prediction> engine = _ml.Model.CreatePredictionEngine<Row, KeyRows.Prediction>(model);
        Assert.Equal(scores, Rows().Select(row => engine.Predict(row).Score));
        SparseRow[] sparse = [.. Rows().Select(row => new SparseRow { Features = Sparse(row.Features) })];
        Assert.Equal(scores, Moons.Scores(model, _ml.Data.LoadFromEnumerable(sparse)));
    }

    [Fact]
    public void AnExplanation_HasTheBinsInTheFeature()
    {
        IDataView data = View();
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(data);
        IDataView explained = _ml.Model.ExplainMlp(model, _ml.Data.TakeRows(data, 30));
        float[] scores = [.. explained.GetColumn<float>("ExplainedScore")], baselines = [.. explained.GetColumn<float>("BaselineScore")];
        int row = 0;
        foreach (float[] contributions in explained.GetColumn<float[]>("FeatureContributions"))
        {
            Assert.Equal(2, contributions.Length);
            Assert.Equal(scores[row] - baselines[row], contributions.Sum(), 0.02);
            row++;
        }
    }

    [Fact]
    public void ValidationRows_AndAWarmStart_HaveTheBinsOfTheTraining()
    {
        IDataView data = View(), other = View(seed: 2, missing: true);
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(Options(numberOfEpochs: 2));
        MlpRegressionTransformer model = trainer.Fit(data, other);
        Assert.All(Moons.Scores(model, other), score => Assert.True(float.IsFinite(score)));
        MlpRegressionTransformer further = trainer.Fit(other, null, model.Model);
        Assert.Equal(model.Model.EngineModel.Layout!.Bins.Single().Edges, further.Model.EngineModel.Layout!.Bins.Single().Edges);
    }

    [Fact]
    public void ThePlainPreset_AndNoNumericEmbedding_HaveNone()
    {
        MlpRegressionTrainer.Options plain = Options(numberOfEpochs: 1, MlpPreset.Plain), none = Options(numberOfEpochs: 1);
        none.NumericEmbedding = NumericEmbedding.None;
        foreach (MlpRegressionTrainer.Options options in (MlpRegressionTrainer.Options[])[plain, none])
            Assert.Null(_ml.Regression.Trainers.Mlp(options).Fit(View()).Model.EngineModel.Layout);
    }

    [Fact]
    public void ANegativeNumberOfBins_IsRefused()
    {
        MlpRegressionTrainer.Options options = Options();
        options.NumericEmbedding = new NumericEmbedding { MaximumBins = -1 };
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.Trainers.Mlp(options));
        Assert.StartsWith("MaximumBins of NumericEmbedding is -1; it must be at least 0.", exception.Message);
    }

    private static MlpRegressionTrainer.Options Options(int numberOfEpochs = 30, MlpPreset preset = MlpPreset.Fast) => new(preset)
    {
        LabelColumnName = nameof(Row.Number),
        NumberOfEpochs = numberOfEpochs,
        HiddenLayerSizes = [16],
        Seed = 1,
    };

    private static VBuffer<float> Sparse(float[] values) => values[1] == 0
        ? new VBuffer<float>(2, 1, [values[0]], [0]) : new VBuffer<float>(2, 2, values, [0, 1]);

    private static Row[] Rows(int seed = 1, bool missing = false)
    {
        var random = new Random(seed);
        // As capital gains are: amounts of rules and not of chance.
        float[] amounts = [594, 2174, 3103, 5013, 7298, 7688, 15024], effects = [-3, 2, -3, 3, -2, 3, -3];
        return [.. Enumerable.Range(0, 800).Select(index =>
        {
            int kind = random.Next(20);
            float other = random.NextSingle();
            return new Row
            {
                Features = [other, missing && index % 10 == 0 ? float.NaN : kind < amounts.Length ? amounts[kind] : 0],
                Number = other + (kind < amounts.Length ? effects[kind] : 0),
            };
        })];
    }

    private IDataView View(int seed = 1, bool missing = false) => _ml.Data.LoadFromEnumerable(Rows(seed, missing));

    public sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Number { get; set; }
    }

    public sealed class SparseRow
    {
        [VectorType(2)]
        public VBuffer<float> Features { get; set; }
    }
}
