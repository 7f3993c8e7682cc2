using System.Collections.Immutable;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet.Tests.Runtime;

public class PermutationFeatureImportanceTests
{
    private readonly MLContext _ml = new(seed: 7);
    private readonly IDataView _data;

    public PermutationFeatureImportanceTests() => _data = Load(Rows());

    private LinearScorer<RegressionRow> Regression => new(_ml, input => new() { Label = input.Label, Score = Sum(input.Features) });

    private LinearScorer<BinaryRow> Binary => new(_ml, input => new()
    {
        Label = input.Label > 1,
        Score = Sum(input.Features) - 1,
        PredictedLabel = Sum(input.Features) > 1,
    });

    private LinearScorer<MulticlassRow> Multiclass => new(_ml, input => new()
    {
        Label = input.Label > 2 ? 2u : input.Label > 0 ? 1u : 0u,
        Score = Softmax([1 - Sum(input.Features), 1, Sum(input.Features) - 1]),
    });

    [Fact]
    public void Regression_ForEachSlot()
    {
        ImmutableArray<RegressionMetricsStatistics> slots
            = _ml.Regression.PermutationFeatureImportance(Regression, _data, permutationCount: 3);
        Assert.All(slots, slot => Assert.Equal(3, slot.RSquared.Count));
        Assert.Equal(
            [
                "0.9423076923076924 0.1709268157176074 0.09868464306628619",
                "2.1378205128205128 0.19643017238518667 0.11340901290355213",
                "1.2678143645967057 0.06735642651462545 0.038888250979870254",
                "2.1378205128205128 0.19643017238518667 0.11340901290355213",
                "-1.7021986650961916 0.15640376505581416 0.0902997558572453",
                "0.391025641025641 0.18677951646581364 0.10783720411064565",
                "0.38301282051282054 0.24130033914930585 0.13931481576339974",
                "0.4273678628071534 0.18401257701385404 0.10623971087322538",
                "0.38301282051282054 0.24130033914930585 0.13931481576339974",
                "-0.3049666274047899 0.19213077651935306 0.11092675554306032",
                "-0.01282051282051283 0.011102889792108196 0.006410256410256415",
                "-0.009615384615384614 0.004807692307692308 0.0027757224480270473",
                "-0.024876728022391232 0.013140104115564127 0.0075864426483006585",
                "-0.009615384615384614 0.004807692307692308 0.0027757224480270473",
                "0.007656065959952903 0.003828032979976415 0.0022101158714561485",
            ],
            Texts(slots, slot =>
                [slot.MeanAbsoluteError, slot.MeanSquaredError, slot.RootMeanSquaredError, slot.LossFunction, slot.RSquared]));
    }

    [Fact]
    public void Binary_ForEachSlot()
    {
        ImmutableArray<BinaryClassificationMetricsStatistics> slots
            = _ml.BinaryClassification.PermutationFeatureImportance(Binary, _data, permutationCount: 2);
        Assert.Equal(
            [
                "-0.5694444444444444 0.13749298523071765 0.09722222222222227",
                "-0.3076923076923077 0 0",
                "-0.5 0 0",
                "-0.625 0.1767766952966369 0.125",
                "-0.24747474747474746 0.035712463696290275 0.02525252525252525",
                "-0.16666666666666669 0.07856742013183857 0.05555555555555552",
                "-0.5833333333333334 0.11785113019775798 0.08333333333333337",
                "-0.729498106060606 0.033324192686600806 0.023563762626262582",
                "-0.1597222222222222 0.009820927516479791 0.006944444444444419",
                "-0.23076923076923078 0.10878565864408424 0.07692307692307691",
                "-0.375 0.1767766952966369 0.125",
                "-0.375 0.1767766952966369 0.125",
                "-0.16666666666666669 0.07856742013183857 0.05555555555555552",
                "-0.16666666666666669 0.07856742013183857 0.05555555555555552",
                "-0.375 0.1767766952966369 0.125",
                "-0.2455357142857143 0.12332278981408243 0.08720238095238098",
                "0 0 0",
                "-0.038461538461538436 0.054392829322042084 0.038461538461538436",
                "0 0 0",
                "-0.125 0.1767766952966369 0.125",
                "-0.04999999999999999 0.07071067811865474 0.04999999999999999",
                "0 0 0",
                "-0.07142857142857145 0.10101525445522111 0.07142857142857145",
                "0 0 0",
            ],
            Texts(slots, slot =>
            [
                slot.AreaUnderRocCurve, slot.Accuracy, slot.PositivePrecision, slot.PositiveRecall, slot.NegativePrecision,
                slot.NegativeRecall, slot.F1Score, slot.AreaUnderPrecisionRecallCurve,
            ]));
    }

    [Fact]
    public void Multiclass_ForEachSlot()
    {
        ImmutableArray<MulticlassClassificationMetricsStatistics> slots
            = _ml.MulticlassClassification.PermutationFeatureImportance(Multiclass, _data, permutationCount: 2);
        Assert.Equal(
            [
                "-0.42222222222222217 0.015713484026367706 0.0111111111111111",
                "-0.3846153846153846 0 0",
                "0.5827012636161721 0.093281883881645 0.06596025265456729",
                "-0.5756035883806412 0.09214565068894244 0.06515681445899806",
                "0 0 0",
                "0.8415223207071545 0.42799520634667004 0.30263831272306607",
                "0.037358196576736336 0.013101847282034174 0.0092644050591969",
                "1.5716778220070222 0.5029613124820861 0.3556473547305692",
                "-0.25555555555555554 0 0",
                "-0.3076923076923077 0 0",
                "0.1482902369698036 0.11602789933278464 0.0820441144250421",
                "-0.14648396674468034 0.11461460507868561 0.08104476447415669",
                "0 0 0",
                "0.19336759252403513 0.19874357736989906 0.14053293127552888",
                "0.08569213226663186 0.01953346968344094 0.013812248873262932",
                "0.22339116219373972 0.31592281128867455 0.22339116219373972",
                "0.04999999999999999 0.07071067811865474 0.04999999999999999",
                "0 0 0",
                "-0.0179973055271207 0.013920359504339654 0.009843180602073176",
                "0.017778086799237064 0.013750800594667 0.009723284347233045",
                "0 0 0",
                "-0.008748422700721126 0.042157169898133846 0.029809620710603835",
                "-0.007076182288976107 0.0034616703686397646 0.0024477705918977133",
                "-0.07388288230755477 0.025295599073046272 0.017886689638727162",
            ],
            Texts(slots, slot =>
            [
                slot.MacroAccuracy, slot.MicroAccuracy, slot.LogLoss, slot.LogLossReduction, slot.TopKAccuracy, .. slot.PerClassLogLoss,
            ]));
    }

    [Theory]
    [InlineData(null, 1, "0.8076923076923077 0.3846153846153846 0.019230769230769218")]
    [InlineData(5, 1, "0.3961538461538462 0.6961538461538461 -0.05384615384615385")]
    [InlineData(5, 4, "0.5836538461538462 0.40865384615384615 -0.04134615384615385")]
    [InlineData(11, 1, "0.5052447552447552 0.5961538461538461 -0.08566433566433568")]
    [InlineData(12, 1, "0.40865384615384615 0.30448717948717946 -0.04967948717948718")]
    [InlineData(13, 1, "0.8076923076923077 0.3846153846153846 0.019230769230769218")]
    [InlineData(null, 0, "0 0 0")]
    public void NumberOfExamples_LimitsThePermutedRowsOnly(int? examples, int permutations, string expected)
        => Assert.Equal(expected, RegressionText(_data, examples, permutations));

    [Fact]
    public void Seed_DecidesThePermutations()
    {
        string first = RegressionText(_data);
        Assert.Equal("0.8076923076923077 0.3846153846153846 0.019230769230769218", first);
        Assert.Equal("1.1538461538461537 0.3653846153846154 0", RegressionText(_data));
        Assert.Equal(first, new PermutationFeatureImportanceTests().RegressionText(_data));
    }

    [Fact]
    public void WeightFilter_LeavesModelsWithoutWeightsAlone()
    {
        ImmutableArray<RegressionMetricsStatistics> slots
            = _ml.Regression.PermutationFeatureImportance(Regression, _data, useFeatureWeightFilter: true);
        Assert.Equal(
            new PermutationFeatureImportanceTests().RegressionText(_data),
            string.Join(" ", slots.Select(slot => DataText.Format(slot.MeanAbsoluteError.Mean))));
    }

    [Fact]
    public void MissingLabels_TakeTheirPartInThePermutation()
    {
        Row[] rows = Rows();
        rows[3].Label = float.NaN;
        Assert.Equal("0.5 0.375 -0.020833333333333343", RegressionText(Load(rows)));
    }

    [Fact]
    public void NoRowsOrNoSlots_GiveNothing()
    {
        Assert.Empty(_ml.Regression.PermutationFeatureImportance(Regression, Load([])));
        IDataView variable = _ml.Data.LoadFromEnumerable([new VariableRow { Features = [1, 2, 3], Label = 1 }]);
        Assert.Empty(_ml.Regression.PermutationFeatureImportance(Regression, variable));
    }

    [Fact]
    public void Log_TellsHowFarItIs()
    {
        var messages = new List<string>();
        _ml.Log += (_, message) =>
        {
            if (message.Source?.Contains("GetImportanceMetrics") == true && message.Kind != ChannelMessageKind.Trace)
                messages.Add($"{message.Kind} {message.RawMessage}");
        };
        _ml.Regression.PermutationFeatureImportance(Regression, _data);
        _ml.Regression.PermutationFeatureImportance(Regression, Load([]));
        Assert.Equal(
            [
                "Info Number of slots: 3",
                "Info Detected 13 examples for evaluation.",
                "Info Number of slots: 3",
                "Warning Detected no examples for evaluation.",
            ],
            messages);
    }

    [Fact]
    public void Names_AreThoseOfTheSlots()
    {
        IDataView named = Named(_data, "First", "", "Third");
        ITransformer model = new TransformerChain<ITransformer>(
            _ml.Transforms.CopyColumns("Copy", "Label").Fit(_data),
            Regression.AsBuiltIn(),
            _ml.Transforms.CopyColumns("Copy", "Score").Fit(Regression.Transform(_data)));
        ImmutableDictionary<string, RegressionMetricsStatistics> chain = _ml.Regression.PermutationFeatureImportance(model, named);
        Assert.Equal(
            "First=0.9807692307692307 Slot 1=0.423076923076923 Third=-0.038461538461538464",
            Text(chain, slot => slot.MeanAbsoluteError));
        Assert.Equal(
            "First=-0.5895170789163722 Slot 1=-0.3253828032979976 Third=-0.007656065959952829",
            Text(_ml.Regression.PermutationFeatureImportance(Regression.AsBuiltIn(), named), slot => slot.RSquared));
        Assert.Equal("First=-0.4027777777777778 Slot 1=-0.11111111111111116 Third=0", Text(
            _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(Binary.AsBuiltIn(), named), slot => slot.AreaUnderRocCurve));
        Assert.Equal("First=0.14522182383978743 Slot 1=0.10434655747114319 Third=-0.014268196563599345", Text(
            _ml.MulticlassClassification.PermutationFeatureImportance(Multiclass.AsBuiltIn(), named), slot => slot.LogLoss));
    }

    [Fact]
    public void Names_MustBeThereAndDiffer()
    {
        Assert.Equal(
            "InvalidOperationException: Invalid call to 'GetValue'",
            DataText.Error(() => _ml.Regression.PermutationFeatureImportance(Regression.AsBuiltIn(), _data)));
        IDataView twice = Named(_data, "A", "B", "A");
        Assert.Equal(
            "ArgumentException: An item with the same key has already been added. Key: A",
            DataText.Error(() => _ml.Regression.PermutationFeatureImportance(Regression.AsBuiltIn(), twice)));
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        RegressionCatalog catalog = _ml.Regression;
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'data')",
            DataText.Error(() => catalog.PermutationFeatureImportance(Regression, null!)));
        Assert.Equal(
            "NullReferenceException: Object reference not set to an instance of an object.",
            DataText.Error(() => catalog.PermutationFeatureImportance((ISingleFeaturePredictionTransformer<object>)null!, _data)));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'model')",
            DataText.Error(() => catalog.PermutationFeatureImportance((ITransformer)null!, _data)));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'data')",
            DataText.Error(() => catalog.PermutationFeatureImportance(Regression.AsBuiltIn(), null!)));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'catalog')",
            DataText.Error(() => ((RegressionCatalog)null!).PermutationFeatureImportance(Regression, _data)));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'catalog')",
            DataText.Error(() => ((RegressionCatalog)null!).PermutationFeatureImportance(Regression.AsBuiltIn(), _data)));
        Assert.Equal(
            "InvalidOperationException: Provide how many examples to use (positive number) or set to null to use whole dataset.",
            DataText.Error(() => catalog.PermutationFeatureImportance(Regression, _data, numberOfExamplesToUse: 0)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Nope column 'Label' not found (Parameter 'schema')",
            DataText.Error(() => catalog.PermutationFeatureImportance(Regression, _data, labelColumnName: "Nope")));
        Assert.Equal(
            "ArgumentNullException: The model provided does not have a compatible predictor (Parameter 'lastTransformer')",
            DataText.Error(() => catalog.PermutationFeatureImportance(
            _ml.Transforms.CopyColumns("Copy", "Label").Fit(_data), _data)));

        // Only the runtime's own interface makes a compatible predictor.
        Assert.Equal(
            "ArgumentNullException: The model provided does not have a compatible predictor (Parameter 'lastTransformer')",
            DataText.Error(() => catalog.PermutationFeatureImportance((ITransformer)Regression, _data)));
        var wrapped = Assert.Throws<TargetInvocationException>(
            () => catalog.PermutationFeatureImportance(Regression.AsBuiltIn(), _data, numberOfExamplesToUse: 0));
        Assert.Equal(
            "InvalidOperationException: Provide how many examples to use (positive number) or set to null to use whole dataset.",
            DataText.Error(() => throw wrapped.InnerException!));
    }

    private static float Sum(float[] features) => (2 * features[0]) - features[1] + (0.125f * features[2]);

    private static float[] Softmax(float[] logits)
    {
        float[] powers = [.. logits.Select(MathF.Exp)];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static Row[] Rows() =>
    [
        .. Enumerable.Range(0, 12).Select(i => new Row
        {
            Features = new VBuffer<float>(3, [i * i % 7 / 4f, i * 5 % 11 / 8f, i % 3]),
            Label = (i * i % 7 / 2f) - (i * 5 % 11 / 8f) + (i % 2 / 4f),
        }),
        new() { Features = new VBuffer<float>(3, 1, [1.5f], [0]), Label = 3.5f },
    ];

    /// <summary>Mean, standard deviation and standard error of each metric of each slot.</summary>
    private static IEnumerable<string> Texts<T>(ImmutableArray<T> slots, Func<T, MetricStatistics[]> metrics)
        => slots.SelectMany(metrics).Select(metric => string.Join(
            " ", DataText.Format(metric.Mean), DataText.Format(metric.StandardDeviation), DataText.Format(metric.StandardError)));

    private static string Text<T>(ImmutableDictionary<string, T> slots, Func<T, MetricStatistics> metric)
        => string.Join(" ", slots.OrderBy(slot => slot.Key, StringComparer.Ordinal).Select(
            slot => $"{slot.Key}={DataText.Format(metric(slot.Value).Mean)}"));

    private string RegressionText(IDataView data, int? examples = null, int permutations = 1)
        => string.Join(" ", _ml.Regression
            .PermutationFeatureImportance(Regression, data, numberOfExamplesToUse: examples, permutationCount: permutations)
            .Select(slot => DataText.Format(slot.MeanAbsoluteError.Mean)));

    private IDataView Load(Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private IDataView Named(IDataView data, params string[] names)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, 3),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(3, [.. names.Select(name => name.AsMemory())]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", data.Schema["Features"].Type, annotations.ToAnnotations());
        builder.AddColumn("Label", NumberDataViewType.Single);
        return _ml.Data.LoadFromEnumerable(_ml.Data.CreateEnumerable<Row>(data, false), builder.ToSchema());
    }

    private sealed class Row
    {
        [VectorType(3)]
        public VBuffer<float> Features { get; set; }

        public float Label { get; set; }
    }

    private sealed class VariableRow
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class RegressionRow
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }

    private sealed class BinaryRow
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class MulticlassRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        [KeyType(3)]
        public uint PredictedLabel { get; set; }
    }
}
