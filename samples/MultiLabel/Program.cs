// Labels that do not exclude each other: is a handwritten digit even, has it a loop, is it above four? 1,797 digits of 8 x 8 pixels.
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
IDataView table = ml.Data.LoadFromTextFile<Digit>(
    Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"), separatorChar: ',', hasHeader: true);
IDataView data = ml.Data.LoadFromEnumerable(
    ml.Data.CreateEnumerable<Digit>(table, reuseRowObject: false).Select(LabelledDigit.Of).ToList());
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// The label is a vector of Booleans; Concatenate gives it the names of the labels.
var pipeline = ml.Transforms.Concatenate("Labels", nameof(LabelledDigit.Even), nameof(LabelledDigit.Loop), nameof(LabelledDigit.AboveFour))
    .Append(ml.MulticlassClassification.Trainers.MlpMultiLabel("Labels", nameof(LabelledDigit.Pixels)));
Console.WriteLine("Training on three quarters of digits.csv.");
ITransformer model = pipeline.Fit(split.TrainSet);

// ML.NET has no evaluation for several labels; this one stands beside its Evaluate.
Console.WriteLine("On the other quarter, which it has not seen:");
IDataView scored = model.Transform(split.TestSet);
MultiLabelMetrics metrics = ml.MulticlassClassification.EvaluateMultiLabel(scored, "Labels");
foreach (LabelMetrics label in metrics.Labels)
    Console.WriteLine(
        $"  {label.Name,-9} in {label.PositiveCount} rows: precision {label.Precision:F3}, recall {label.Recall:F3}, F1 "
            + $"{label.F1Score:F3}");
Console.WriteLine(
    $"  micro-F1 {metrics.MicroF1Score:F3}, macro-F1 {metrics.MacroF1Score:F3}, all labels right {metrics.SubsetAccuracy:F3}, labels "
        + $"wrong {metrics.HammingLoss:F3}");

Console.WriteLine("Three digits:");
foreach (Prediction row in ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).Take(3))
    Console.WriteLine($"  {row.Name}: even {row.Probability[0]:F2}, loop {row.Probability[1]:F2}, above four {row.Probability[2]:F2}");

/// <summary>A row of the table.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64)]
    public float[] Pixels { get; set; } = new float[64];

    [LoadColumn(64)]
    public string Name { get; set; } = "";
}

/// <summary>A row with three labels.</summary>
internal sealed class LabelledDigit
{
    [VectorType(64)]
    public float[] Pixels { get; set; } = new float[64];

    public string Name { get; set; } = "";

    public bool Even { get; set; }

    public bool Loop { get; set; }

    public bool AboveFour { get; set; }

    public static LabelledDigit Of(Digit digit) => new()
    {
        Pixels = digit.Pixels,
        Name = digit.Name,
        Even = "02468".Contains(digit.Name),
        Loop = "0689".Contains(digit.Name),
        AboveFour = "56789".Contains(digit.Name),
    };
}

/// <summary>What the model says of a row.</summary>
internal sealed class Prediction
{
    public string Name { get; set; } = "";

    public float[] Probability { get; set; } = [];
}
