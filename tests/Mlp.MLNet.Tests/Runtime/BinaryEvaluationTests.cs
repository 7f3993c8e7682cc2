using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>ML.NET's metrics for two classes, to the last digit.</summary>
public class BinaryEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(10, 1,
        "0.8 1 1 0.6666666666666666 0.5 1 1 0.75 0.612500830890593 0.15157640320653054 0.7219280948873623 / 2 0 | 2 6 / 0.5 1 "
        + "1 0.75 / 2 2",
        "0.8 1 1 0.6666666666666666 0.5 1 1 0.75 / 2 0 | 2 6 / 0.5 1 1 0.75 / 2 2")]
    [InlineData(200, 2,
        "0.66 0.7438168449197861 0.6931910172818738 0.5526315789473685 0.5 0.6176470588235294 0.7758620689655172 "
        + "0.6818181818181818 0.8475106189411473 0.08359269294205858 0.9248187049730301 / 42 26 | 42 90 / 0.5 "
        + "0.7758620689655172 0.6176470588235294 0.6818181818181818 / 2 42",
        "0.66 0.7438168449197861 0.6931910172818738 0.5526315789473685 0.5 0.6176470588235294 0.7758620689655172 "
        + "0.6818181818181818 / 42 26 | 42 90 / 0.5 0.7758620689655172 0.6176470588235294 0.6818181818181818 / 2 42")]
    [InlineData(3000, 3,
        "0.6386666666666667 0.7449301172945751 0.6619952414337129 0.5339638865004299 0.47116843702579664 0.6160714285714286 "
        + "0.7699167657550535 0.6501004016064257 0.8470005043412078 0.08028643359544414 0.9209394481940656 / 621 387 | 697 1295 "
        + "/ 0.47116843702579664 0.7699167657550535 0.6160714285714286 0.6501004016064257 / 2 697",
        "0.6386666666666667 0.7449301172945751 0.6619952414337129 0.5339638865004299 0.47116843702579664 0.6160714285714286 "
        + "0.7699167657550535 0.6501004016064257 / 621 387 | 697 1295 / 0.47116843702579664 0.7699167657550535 "
        + "0.6160714285714286 0.6501004016064257 / 2 697")]
    public void RandomRows_WithTies(int count, int seed, string calibrated, string nonCalibrated)
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(count, seed));

        Assert.Equal(calibrated, Describe(_ml.BinaryClassification.Evaluate(data)));
        Assert.Equal(nonCalibrated, Describe(_ml.BinaryClassification.EvaluateNonCalibrated(data)));
    }

    [Fact]
    public void FormattedTable()
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(3000, 3));

        Assert.Equal(
            """
            TEST POSITIVE RATIO:	0.3360 (1008.0/(1008.0+1992.0))
            Confusion table
                      ||======================
            PREDICTED || positive | negative | Recall
            TRUTH     ||======================
             positive ||      621 |      387 | 0.6161
             negative ||      697 |    1,295 | 0.6501
                      ||======================
            Precision ||   0.4712 |   0.7699 |

            """,
            Table(_ml.BinaryClassification.Evaluate(data)));
        Assert.Equal(
            """
            TEST POSITIVE RATIO:	0.5000 (1.0/(1.0+1.0))
            Confusion table
                      ||======================
            PREDICTED || positive | negative | Recall
            TRUTH     ||======================
             positive ||        1 |        0 | 1.0000
             negative ||        1 |        0 | 0.0000
                      ||======================
            Precision ||   0.5000 |   0.0000 |

            """,
            Table(Evaluate((true, 1, 0.9f), (false, 1, 0.3f))));
    }

    [Fact]
    public void MoreRowsThanTheSample_GiveTheSameSample()
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(120000, 4));

        Assert.Equal(
            "0.648225 0.7483652174783717 0.6643863066969148 0.5457988573150131 0.4790352434555963 0.6341859825469457 "
            + "0.7818176395144212 0.6552426662667017 0.8418444735344818 0.08319527028649219 0.9182374896752001 / 25363 14630 | "
            + "27583 52424 / 0.4790352434555963 0.7818176395144212 0.6341859825469457 0.6552426662667017 / 2 27583",
            Describe(_ml.BinaryClassification.Evaluate(data)));
    }

    [Fact]
    public void RowsOfTheText_InTheMetricsDocumentation()
    {
        Assert.Equal(
            "1 1 1 1 1 1 1 1 0.2656262462567247 0.7343737537432753 1 / 2 0 | 0 2 / 1 1 1 1 / 2 0",
            Describe(Evaluate((true, 1, 0.9f), (true, 2, 0.8f), (false, -1, 0.3f), (false, -3, 0.05f))));
        Assert.Equal(
            "0 0 0.25 0 0 0 0 0 2.821928127134111 -1.821928127134111 1 / 0 1 | 1 0 / 0 0 0 0 / 2 1",
            Describe(Evaluate((true, -1, 0.1f), (false, 2, 0.8f))));
        Assert.Equal(
            "0.3333333333333333 0.5 0.7916666666666666 0 0 0 0.3333333333333333 1 1 -0.08897368681807862 0.9182958340544896 / "
            + "0 2 | 0 1 / 0 0.3333333333333333 0 1 / 2 0",
            Describe(Evaluate((true, 0, 0.5f), (false, 0, 0.5f), (true, 0, 0.5f))));
        Assert.Equal(
            "1 1 1 1 1 1 1 1 Infinity -Infinity 0.9182958340544896 / 1 0 | 0 2 / 1 1 1 1 / 2 0",
            Describe(Evaluate((true, 1, 1), (false, -1, 0), (false, -1, 1))));
        Assert.Equal("1 1 1 1 1 1 1 1 0 1 1 / 1 0 | 0 1 / 1 1 1 1 / 2 0", Describe(Evaluate((true, 1, 1), (false, -1, 0))));
        Assert.Equal(
            "1 1 1 1 1 1 1 1 -0.5849625007211562 1.584962500721156 1 / 1 0 | 0 1 / 1 1 1 1 / 2 0",
            Describe(Evaluate((true, 1, 1.5f), (false, -1, -0.5f))));
    }

    [Fact]
    public void MissingValues()
    {
        Assert.Equal(
            "1 1 1 1 1 1 1 1 0.4182506353941199 0.5817493646058801 1 / 1 0 | 0 1 / 1 1 1 1 / 2 0",
            Describe(Evaluate((true, float.NaN, 0.9f), (true, 2, 0.8f), (false, -1, 0.3f), (false, float.PositiveInfinity, 0.3f))));
        Assert.Equal(
            "1 1 1 1 1 1 1 1 NaN NaN 0.9182958340544896 / 2 0 | 0 1 / 1 1 1 1 / 2 0",
            Describe(Evaluate((true, 1, float.NaN), (true, 2, 0.8f), (false, -1, 0.3f))));
        Assert.Equal(
            "1 1 1 1 1 1 1 1 NaN 0 1 / 1 0 | 0 1 / 1 1 1 1 / 2 0",
            Describe(Evaluate((true, 1, float.NaN), (false, -1, float.NaN))));
    }

    [Fact]
    public void OneClassOnly_OrNoRows()
    {
        Assert.Equal(
            "ArgumentOutOfRangeException: AUC is not defined when there is no negative class in the data (Parameter "
            + "'NegSample')",
            DataText.Error(() => Evaluate((true, 1, 0.9f), (true, -1, 0.3f))));
        Assert.Equal(
            "ArgumentOutOfRangeException: AUC is not defined when there is no positive class in the data (Parameter "
            + "'PosSample')",
            DataText.Error(() => Evaluate((false, 1, 0.9f))));
        Assert.Equal(
            "ArgumentOutOfRangeException: AUC is not defined when there is no negative class in the data (Parameter "
            + "'NegSample')",
            DataText.Error(() => Evaluate((false, float.NaN, 0.9f), (true, 1, 1))));
        Assert.Equal(
            "ArgumentOutOfRangeException: AUC is not defined when there is no positive class in the data (Parameter "
            + "'PosSample')",
            DataText.Error(() => Evaluate()));
    }

    [Fact]
    public void Labels_OfEveryType()
    {
        float[] labels = [1, 0, -1, 2, float.NaN, 0.5f, 1, 0];
        var rows = labels.Select((label, i) => new Typed
        {
            Single = label,
            Double = label,
            Key = (uint)(i % 3),
            Key3 = (uint)(i % 3),
            Int = i % 2,
            Text = "a",
            Score = (i * 5 % 7) - 3,
            Probability = (i * 5 % 7) / 7f,
        });
        var data = _ml.Data.LoadFromEnumerable(rows.ToArray());
        var metrics = _ml.BinaryClassification;

        Assert.Equal(
            "0.42857142857142855 0.375 0.4625 0.3333333333333333 0.5 0.25 0.4 0.6666666666666666 Infinity -Infinity "
            + "0.9852281360342516 / 1 3 | 1 2 / 0.5 0.4 0.25 0.6666666666666666 / 2 1",
            Describe(metrics.Evaluate(data, "Single")));
        Assert.Equal(
            "0.42857142857142855 0.375 0.4625 0.3333333333333333 0.5 0.25 0.4 0.6666666666666666 Infinity -Infinity "
            + "0.9852281360342516 / 1 3 | 1 2 / 0.5 0.4 0.25 0.6666666666666666 / 2 1",
            Describe(metrics.Evaluate(data, "Double")));
        Assert.Equal(
            "0.8333333333333334 0.7222222222222222 0.8166666666666667 0.8 1 0.6666666666666666 0.75 1 Infinity -Infinity 1 / "
            + "2 1 | 0 3 / 1 0.75 0.6666666666666666 1 / 2 0",
            Describe(metrics.Evaluate(data, "Key")));
        Assert.Equal(
            """
            TEST POSITIVE RATIO:	0.5000 (3.0/(3.0+3.0))
            Confusion table
                      ||======================
            PREDICTED || positive | negative | Recall
            TRUTH     ||======================
             positive ||        2 |        1 | 0.6667
             negative ||        0 |        3 | 1.0000
                      ||======================
            Precision ||   1.0000 |   0.7500 |

            """,
            Table(metrics.Evaluate(data, "Key")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for label column 'Key3': expected Single, Double, Boolean, or a Key "
            + "with cardinality 2, got Key<UInt32, 0-2> (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "Key3")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for label column 'Int': expected Single, Double, Boolean, or a Key "
            + "with cardinality 2, got Int32 (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "Int")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for label column 'Text': expected Single, Double, Boolean, or a Key "
            + "with cardinality 2, got String (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "Text")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for score column 'Double': expected Single, got Double (Parameter "
            + "'schema')",
            DataText.Error(() => metrics.Evaluate(data, "Single", "Double")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for probability column 'Double': expected Single, got Double "
            + "(Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "Single", probabilityColumnName: "Double")));
    }

    [Theory]
    [InlineData("yes", "no",
        "TEST YES RATIO:\t0.4000 (2.0/(2.0+3.0))\nConfusion table\n          ||======================\nPREDICTED ||      yes "
        + "|       no | Recall\nTRUTH     ||======================\n      yes ||        0 |        2 | 0.0000\n       no ||     "
        + "   1 |        2 | 0.6667\n          ||======================\nPrecision ||   0.0000 |   0.5000 |\n")]
    [InlineData("a rather long name", "b",
        "TEST A RATHER LONG NAME RATIO:\t0.4000 (2.0/(2.0+3.0))\nConfusion table\n                      "
        + "||======================\nPREDICTED             ||        0 |        1 | Recall\nTRUTH                 "
        + "||======================\n0. a rather long name ||        0 |        2 | 0.0000\n1.                  b ||        1 | "
        + "       2 | 0.6667\n                      ||======================\nPrecision             ||   0.0000 |   0.5000 |\n")]
    public void KeyValues_NameTheClasses(string first, string second, string expected)
    {
        var rows = Enumerable.Range(0, 5)
            .Select(i => new Named { Label = (uint)(i % 2), Score = i % 3 - 1.5f, Probability = i / 5f })
            .ToArray();
        var definition = SchemaDefinition.Create(typeof(Named));
        VBuffer<ReadOnlyMemory<char>> names = new(2, [first.AsMemory(), second.AsMemory()]);
        definition["Label"].AddAnnotation("KeyValues", names, new VectorDataViewType(TextDataViewType.Instance, 2));
        var data = _ml.Data.LoadFromEnumerable(rows, definition);

        Assert.Equal(expected, Table(_ml.BinaryClassification.Evaluate(data)));
    }

    [Fact]
    public void Errors()
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(10, 1));
        var metrics = _ml.BinaryClassification;

        Assert.Equal("ArgumentNullException: Value cannot be null. (Parameter 'data')", DataText.Error(() => metrics.Evaluate(null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Label' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Score' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, scoreColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Probability' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, probabilityColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'PredictedLabel' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, predictedLabelColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: labelColumnName cannot be null or empty (Parameter 'labelColumnName')",
            DataText.Error(() => metrics.Evaluate(data, "")));
        Assert.Equal(
            "ArgumentOutOfRangeException: score cannot be null or empty (Parameter 'score')",
            DataText.Error(() => metrics.EvaluateNonCalibrated(data, scoreColumnName: "")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Invalid index. Should be non-negative, less than the number of classes. (Parameter "
            + "'predictedClassIndicatorIndex')",
            DataText.Error(() => metrics.Evaluate(data).ConfusionMatrix.GetCountForClassPair(2, 0)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Invalid index. Should be non-negative, less than the number of classes. (Parameter "
            + "'actualClassIndicatorIndex')",
            DataText.Error(() => metrics.Evaluate(data).ConfusionMatrix.GetCountForClassPair(0, -1)));
    }

    /// <summary>With one kind of line break, whatever the platform.</summary>
    internal static string Table(BinaryClassificationMetrics metrics)
        => metrics.ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n");

    internal static string Describe(BinaryClassificationMetrics metrics)
    {
        var values = new List<object>
        {
            metrics.Accuracy, metrics.AreaUnderRocCurve, metrics.AreaUnderPrecisionRecallCurve, metrics.F1Score, metrics.PositivePrecision,
            metrics.PositiveRecall, metrics.NegativePrecision, metrics.NegativeRecall,
        };
        if (metrics is CalibratedBinaryClassificationMetrics calibrated)
            values.AddRange([calibrated.LogLoss, calibrated.LogLossReduction, calibrated.Entropy]);
        var matrix = metrics.ConfusionMatrix;
        string counts = string.Join(" | ", matrix.Counts.Select(row => string.Join(" ", row.Select(count => DataText.Format(count)))));
        string ratios = string.Join(" ", matrix.PerClassPrecision.Concat(matrix.PerClassRecall).Select(ratio => DataText.Format(ratio)));
        return $"{string.Join(" ", values.Select(DataText.Format))} / {counts} / {ratios} / "
            + $"{matrix.NumberOfClasses} {matrix.GetCountForClassPair(0, 1)}";
    }

    /// <summary>Scores on a coarse grid, so that many are equal.</summary>
    internal static Row[] RandomRows(int count, int seed)
    {
        var random = new PlainRandom((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            bool label = random.Next(3) == 0;
            float score = (random.Next(41) - 20 + (label ? 6 : -6)) / 8f;
            return new Row
            {
                Label = label,
                Score = score,
                Probability = 1 / (1 + MathF.Round(MathF.Pow(2, -score) * 64) / 64),
                PredictedLabel = score > 0,
                Weight = random.NextSingle(),
            };
        })];
    }

    private CalibratedBinaryClassificationMetrics Evaluate(params (bool Label, float Score, float Probability)[] rows)
        => _ml.BinaryClassification.Evaluate(_ml.Data.LoadFromEnumerable(
            rows.Select(row => new Row { Label = row.Label, Score = row.Score, Probability = row.Probability }).ToArray()));

    internal sealed class Row
    {
        public bool Label { get; set; }
        public float Score { get; set; }
        public float Probability { get; set; }
        public bool PredictedLabel { get; set; }
        public float Weight { get; set; }
    }

    private sealed class Typed
    {
        public float Single { get; set; }
        public double Double { get; set; }

        [KeyType(2)]
        public uint Key { get; set; }

        [KeyType(3)]
        public uint Key3 { get; set; }
        public int Int { get; set; }
        public string Text { get; set; } = "";
        public float Score { get; set; }
        public float Probability { get; set; }
        public bool PredictedLabel { get; set; }
    }

    private sealed class Named
    {
        [KeyType(2)]
        public uint Label { get; set; }
        public float Score { get; set; }
        public float Probability { get; set; }
        public bool PredictedLabel { get; set; }
    }
}
