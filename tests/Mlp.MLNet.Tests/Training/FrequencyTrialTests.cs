using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Options;

namespace Mlp.MLNet.Tests.Training;

/// <summary>How fast the cosines of the networks are at first.</summary>
public sealed class FrequencyTrialTests
{
    private const string Trial = "A trial on ";

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _messages = [];

    public FrequencyTrialTests() => _ml.Log += (_, entry) => _messages.Add(entry.RawMessage);

    [Fact]
    public void TheNetworksOfARange_RiseByEqualFactors_AndRefitsHaveThoseOfTheNetworksTheyJoin()
    {
        var range = new FrequencyRange(0.1, 1.6);
        double[] expected = [0.1, 0.2, 0.4, 0.8, 1.6, 0.1, 0.2];
        Assert.All(expected.Index(), pair => Assert.Equal(pair.Item, range.Of(pair.Index, networkCount: 5), 12));
        Assert.Equal(0.1, range.Of(index: 1, networkCount: 1));
    }

    /// <summary>Whether a number is even: a function that only fast cosines can learn.</summary>
    [Fact]
    public void AfterATrial_NetworksDiffer_WhereSteepFunctionsDoNoHarm()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(View(noise: 0));
        Assert.Contains(_messages, message => message.Contains("so the networks begin with 0.1 to 3."));
        double[] deviations = [.. model.Model.Networks.Select(DeviationOfFrequencies)];
        Assert.True(deviations[0] < deviations[1] && deviations[1] < deviations[2], string.Join(", ", deviations));
        Assert.InRange(deviations[2] / deviations[0], 10, 90);
        // Refits are short trainings that go on from the networks they join.
        Assert.True(RefitEpochs(model) < RefitEpochs(_ml.Regression.Trainers.Mlp(Options(refitsContinue: false)).Fit(View(noise: 0))));
    }

    [Fact]
    public void WhereSteepFunctionsDoHarm_AllNetworksBeginSmooth()
    {
        // A sum of many features and noise: what is steep in one of them is learnt by heart.
        IDataView data = View(noise: 0.3, featureCount: 20, smooth: true);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(data);
        Assert.Contains(_messages, message => message.Contains("so the networks begin with 0.1 to 0.1."));
        Assert.All(model.Model.Networks, network => Assert.InRange(DeviationOfFrequencies(network), 0.05, 0.2));
        // Networks that begin alike have fresh refits.
        Assert.Equal(RefitEpochs(_ml.Regression.Trainers.Mlp(Options(refitsContinue: false)).Fit(data)), RefitEpochs(model));
    }

    [Fact]
    public void ADeviationThatIsSet_IsThatOfAllNetworks_WithoutATrial()
    {
        MlpRegressionTrainer.Options options = Options();
        options.NumericEmbedding = new NumericEmbedding { FrequencyDeviation = 2 };
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(View(noise: 0));
        Assert.DoesNotContain(_messages, message => message.Contains(Trial));
        Assert.All(model.Model.Networks, network => Assert.InRange(DeviationOfFrequencies(network), 1, 3.5));
    }

    [Theory]
    [InlineData(MlpPreset.Fast, 1100, null)]
    [InlineData(MlpPreset.Plain, 1100, null)]
    [InlineData(MlpPreset.Default, 900, null)]
    [InlineData(MlpPreset.Default, 1100, 1)]
    public void OneNetwork_FewRows_OrTheTextbooksNetwork_HaveNoTrial(MlpPreset preset, int rowCount, int? networkCount)
    {
        var options = new MlpRegressionTrainer.Options(preset)
        {
            LabelColumnName = nameof(Row.Number),
            Seed = 1,
            NumberOfEpochs = 1,
            NumberOfNetworks = networkCount,
        };
        _ml.Regression.Trainers.Mlp(options).Fit(View(noise: 0, rowCount: rowCount));
        Assert.DoesNotContain(_messages, message => message.Contains(Trial));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ADeviationOutOfRange_IsRefused(double deviation)
    {
        MlpRegressionTrainer.Options options = Options();
        options.NumericEmbedding = new NumericEmbedding { FrequencyDeviation = deviation };
        Assert.StartsWith(
            $"FrequencyDeviation of NumericEmbedding is {deviation}; it must be positive and finite, or null.",
            Assert.Throws<ArgumentOutOfRangeException>("FrequencyDeviation", () => _ml.Regression.Trainers.Mlp(options)).Message);
    }

    [Fact]
    public void TheTrial_IsNoneOfTheReportedNetworks_AndDoesNotDependOnThreads()
    {
        MlpRegressionTrainer.Options options = Options();
        var reported = new HashSet<int>();
        (options.NumberOfThreads, options.EpochCallback) = (1, report => reported.Add(report.NetworkIndex));
        IDataView data = View(noise: 0);
        MlpRegressionTransformer one = _ml.Regression.Trainers.Mlp(options).Fit(data);
        Assert.Equal([0, 1, 2, 3, 4, 5], reported.Order());
        options.NumberOfThreads = 3;
        Assert.Equal(one.Fingerprint, _ml.Regression.Trainers.Mlp(options).Fit(data).Fingerprint);
    }

    private static int RefitEpochs(MlpRegressionTransformer model) =>
        model.Model.History.Count(report => report.ValidationLoss is null);

    private static MlpRegressionTrainer.Options Options(bool? refitsContinue = null) => new()
    {
        RefitsContinue = refitsContinue,
        LabelColumnName = nameof(Row.Number),
        Seed = 1,
        NumberOfNetworks = 6,
        NumberOfEpochs = 12,
        HiddenLayerSizes = [16],
    };

    private static double DeviationOfFrequencies(MlpNetwork network) =>
        Math.Sqrt(network.Embedding!.Frequencies.ToArray().Average(frequency => (double)frequency * frequency));

    private IDataView View(double noise, int featureCount = 1, bool smooth = false, int rowCount = 1_100)
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, rowCount * (featureCount + 1)).Select(_ => 2 * random.NextSingle() - 1)];
        return _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, rowCount).Select(row =>
            {
                float[] features = values[(row * (featureCount + 1))..((row + 1) * (featureCount + 1) - 1)];
                double clean = smooth ? features.Sum() : Math.Sin(20 * features[0]);
                return new Row { Features = features, Number = (float)(clean + noise * values[(row + 1) * (featureCount + 1) - 1]) };
            }),
            SchemaDefinitionOf(featureCount));
    }

    private static SchemaDefinition SchemaDefinitionOf(int featureCount)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        return definition;
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Number { get; set; }
    }
}
