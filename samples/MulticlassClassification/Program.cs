// Which digit is it? 1,797 handwritten digits of 8 x 8 grey pixels, ten classes.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile<Digit>(
    Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"), separatorChar: ',', hasHeader: true);
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// The classes become keys, as for every multiclass trainer of ML.NET; at the end the predicted key becomes a name again.
var pipeline = ml.Transforms.Conversion.MapValueToKey(
    "Label", nameof(Digit.Name), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
    .Append(ml.MulticlassClassification.Trainers.Mlp(featureColumnName: nameof(Digit.Pixels)))
    .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
Console.WriteLine("Training on three quarters of digits.csv.");
var model = pipeline.Fit(split.TrainSet);

Console.WriteLine("On the other quarter, which it has not seen:");
IDataView scored = model.Transform(split.TestSet);
MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);
Console.WriteLine($"  micro-accuracy {metrics.MicroAccuracy:F4}, macro-accuracy {metrics.MacroAccuracy:F4}, log-loss {metrics.LogLoss:F4}");
Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

// Score has one probability per class; its slots are named after the classes.
VBuffer<ReadOnlyMemory<char>> names = default;
scored.Schema["Score"].GetSlotNames(ref names);
ReadOnlyMemory<char>[] classes = [.. names.DenseValues()];
Console.WriteLine("The rows it is least sure of:");
foreach (Prediction row in ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).OrderBy(row => row.Score.Max()).Take(3))
{
    IEnumerable<string> best = row.Score.Select((score, index) => (score, index)).OrderByDescending(pair => pair.score).Take(3)
        .Select(pair => $"{classes[pair.index]} with {pair.score:F2}");
    Console.WriteLine($"  in truth {row.Name}, predicted {row.Predicted}: {string.Join(", ", best)}");
}

/// <summary>A row of the table.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64)]
    public float[] Pixels { get; set; } = new float[64];

    [LoadColumn(64)]
    public string Name { get; set; } = "";
}

/// <summary>A row with what the model says of it.</summary>
internal sealed class Prediction
{
    public string Name { get; set; } = "";

    public string Predicted { get; set; } = "";

    public float[] Score { get; set; } = [];
}
