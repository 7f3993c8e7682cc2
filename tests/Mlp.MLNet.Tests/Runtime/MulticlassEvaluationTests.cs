using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>ML.NET's metrics for several classes, to the last digit.</summary>
public class MulticlassEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(20, 1, 0,
        "0.8461538461538461 0.8412698412698413 0.7384189958525945 0.2689642889087271 0 / 0.8506819659960128 "
        + "0.7456105691953281 0.6093756879094645 / 0: null / 3 0 0 | 0 6 1 | 0 1 2")]
    [InlineData(500, 2, 3,
        "0.783068783068783 0.7891534391534392 0.7680387311387045 0.29826700402766426 1 / 0.7277561469656136 "
        + "0.7934331923549233 0.7756294046078782 / 3: 0.783068783068783 0.9576719576719577 1 / 104 2 6 | 29 107 4 | 20 21 85")]
    [InlineData(500, 2, 4,
        "0.783068783068783 0.7891534391534392 0.7680387311387045 0.29826700402766426 1 / 0.7277561469656136 "
        + "0.7934331923549233 0.7756294046078782 / 4: 0.783068783068783 0.9576719576719577 1 1 / 104 2 6 | 29 107 4 | 20 21 85")]
    public void RandomRows_WithTies(int count, int seed, int topK, string expected)
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(count, seed));
        var metrics = _ml.MulticlassClassification.Evaluate(data, topKPredictionCount: topK);

        Assert.Equal(expected, Describe(metrics));
    }

    [Fact]
    public void SlotNames_NameTheClasses()
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(5000, 3));
        var withNames = _ml.Transforms.Concatenate("Score", "First", "Second", "AThirdClass").Fit(data).Transform(data);

        Assert.Equal(
            """

            Confusion table
                      ||========================
            PREDICTED ||     0 |     1 |     2 | Recall
            TRUTH     ||========================
                    0 || 1,143 |    71 |    59 | 0.8979
                    1 ||   204 | 1,010 |    56 | 0.7953
                    2 ||   224 |   149 |   886 | 0.7037
                      ||========================
            Precision ||0.7276 |0.8211 |0.8851 |

            """,
            Table(data));
        Assert.Equal(
            """

            Confusion table
                           ||========================
            PREDICTED      ||     0 |     1 |     2 | Recall
            TRUTH          ||========================
            0.       First || 1,143 |    71 |    59 | 0.8979
            1.      Second ||   204 | 1,010 |    56 | 0.7953
            2. AThirdClass ||   224 |   149 |   886 | 0.7037
                           ||========================
            Precision      ||0.7276 |0.8211 |0.8851 |

            """,
            Table(withNames));

        string Table(IDataView view)
            => _ml.MulticlassClassification.Evaluate(view).ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n");
    }

    [Fact]
    public void LabelsThatAreNoClass()
    {
        var rows = RandomRows(8, 4);
        rows[0].Number = float.NaN;
        rows[1].Number = -1;
        rows[2].Number = 0.5f;
        rows[3].Number = 7;
        rows[4].Number = 3e9f;
        rows[5].Score = [float.NaN, 0, 1];
        rows[6].Score = [0, 0, 0];
        rows[6].Number = 2;
        rows[7].Number = 1;
        var data = _ml.Data.LoadFromEnumerable(rows);

        Assert.Equal(
            "0 0 23.527210057297356 -31.123084230862244 0 / 0 1.5040773893256936 34.53877639128319 / 2: 0 0 / 0 0 0 | 0 0 1 | "
            + "1 0 0",
            Describe(_ml.MulticlassClassification.Evaluate(data, "Number", topKPredictionCount: 2)));
        Assert.Equal(
            "0 0 0 NaN 0 / 0 0 0 / 0: null / 0 0 0 | 0 0 0 | 0 0 0",
            Describe(_ml.MulticlassClassification.Evaluate(_ml.Data.LoadFromEnumerable(Array.Empty<Row>()))));
    }

    [Fact]
    public void Errors()
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(10, 1));
        var metrics = _ml.MulticlassClassification;

        Assert.Equal("ArgumentNullException: Value cannot be null. (Parameter 'data')", DataText.Error(() => metrics.Evaluate(null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Label' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Score' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, scoreColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'PredictedLabel' not found (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, predictedLabelColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for score column 'Number': expected vector of two or more items of "
            + "type Single, got Single (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, scoreColumnName: "Number")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for label column 'Score': expected Single or Key, got Vector<Single,"
            + " 3> (Parameter 'schema')",
            DataText.Error(() => metrics.Evaluate(data, "Score")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be non-negative (Parameter 'topKPredictionCount')",
            DataText.Error(() => metrics.Evaluate(data, topKPredictionCount: -1)));
        Assert.Equal(
            "IndexOutOfRangeException: Index was outside the bounds of the array.",
            DataText.Error(() => metrics.Evaluate(data, topKPredictionCount: 5)));
    }

    internal static string Describe(MulticlassClassificationMetrics metrics)
    {
        object[] values = [metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss, metrics.LogLossReduction, metrics.TopKAccuracy];
        string Join(IEnumerable<double>? numbers)
            => numbers == null ? "null" : string.Join(" ", numbers.Select(number => DataText.Format(number)));
        string counts = string.Join(" | ", metrics.ConfusionMatrix.Counts.Select(Join));
        return $"{string.Join(" ", values.Select(DataText.Format))} / {Join(metrics.PerClassLogLoss)} / {metrics.TopKPredictionCount}: "
            + $"{Join(metrics.TopKAccuracyForAllK)} / {counts}";
    }

    internal static Row[] RandomRows(int count, int seed)
    {
        var random = new PlainRandom((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int label = random.Next(4);
            float[] weights = [1 + random.Next(4), 1 + random.Next(4), 1 + random.Next(4)];
            if (label < 3)
                weights[label] += 2;
            float[] score = [.. weights.Select(weight => weight / weights.Sum())];
            return new Row
            {
                Label = (uint)label,
                Number = label,
                Score = score,
                First = score[0],
                Second = score[1],
                AThirdClass = score[2],
            };
        })];
    }

    internal sealed class Row
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [0, 0, 0];

        [KeyType(3)]
        public uint PredictedLabel { get; set; }
        public float Number { get; set; }
        public float First { get; set; }
        public float Second { get; set; }
        public float AThirdClass { get; set; }
    }
}
