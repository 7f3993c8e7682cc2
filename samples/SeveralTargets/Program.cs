// Three numbers at once: alcohol, colour and proline of 178 wines from ten other measurements, by one network.
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile<Wine>(
    Path.Combine(AppContext.BaseDirectory, "data", "wine.csv"), separatorChar: ',', hasHeader: true);
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// A label that is a vector makes it a regression with several targets; Concatenate gives the vector its names.
var pipeline = ml.Transforms.Concatenate("Targets", nameof(Wine.Alcohol), nameof(Wine.Colour), nameof(Wine.Proline))
    .Append(ml.Transforms.Concatenate("Features", nameof(Wine.AcidToProanthocyanins), nameof(Wine.HueAndDilution)))
    .Append(ml.Regression.Trainers.Mlp("Targets"));
Console.WriteLine("Training on three quarters of wine.csv.");
ITransformer model = pipeline.Fit(split.TrainSet);

// ML.NET has no evaluation for vectors; this one stands beside its Evaluate.
Console.WriteLine("On the other quarter, which it has not seen:");
IDataView scored = model.Transform(split.TestSet);
MultiTargetRegressionMetrics metrics = ml.Regression.EvaluateMultiTarget(scored, "Targets");
foreach (TargetMetrics target in metrics.Targets)
    Console.WriteLine(
        $"  {target.Name,-8} R² {target.RSquared:F3}, root mean squared error {target.RootMeanSquaredError:F2}, mean absolute error "
            + $"{target.MeanAbsoluteError:F2}");
Console.WriteLine($"  mean R² {metrics.MeanRSquared:F3}");

Console.WriteLine("Three wines:");
foreach (Prediction row in ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).Take(3))
    Console.WriteLine($"  predicted {Text(row.Score)}; in truth {Text(row.Targets)}");

static string Text(float[] values) => $"{values[0]:F1} % alcohol, colour {values[1]:F1}, proline {values[2]:F0}";

/// <summary>A row of the table: chemical analysis of a wine.</summary>
internal sealed class Wine
{
    [LoadColumn(0)]
    public float Alcohol { get; set; }

    [LoadColumn(1, 8), VectorType(8)]
    public float[] AcidToProanthocyanins { get; set; } = new float[8];

    [LoadColumn(9)]
    public float Colour { get; set; }

    [LoadColumn(10, 11), VectorType(2)]
    public float[] HueAndDilution { get; set; } = new float[2];

    [LoadColumn(12)]
    public float Proline { get; set; }
}

/// <summary>The truth, and what the model says.</summary>
internal sealed class Prediction
{
    public float[] Targets { get; set; } = [];

    public float[] Score { get; set; } = [];
}
