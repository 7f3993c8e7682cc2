// How far will the disease progress within a year? 442 patients, ten measurements, a number between 25 and 346.
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile<Patient>(
    Path.Combine(AppContext.BaseDirectory, "data", "diabetes.csv"), separatorChar: ',', hasHeader: true);
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// Features and label are standardised inside; Score comes in the unit of the label.
var trainer = ml.Regression.Trainers.Mlp(nameof(Patient.Progression), nameof(Patient.Measurements));
Console.WriteLine("Training on three quarters of diabetes.csv.");
MlpRegressionTransformer model = trainer.Fit(split.TrainSet);

Console.WriteLine("On the other quarter, which it has not seen:");
IDataView scored = model.Transform(split.TestSet);
RegressionMetrics metrics = ml.Regression.Evaluate(scored, nameof(Patient.Progression));
Console.WriteLine(
    $"  R² {metrics.RSquared:F3}, root mean squared error {metrics.RootMeanSquaredError:F1}, mean absolute error "
        + $"{metrics.MeanAbsoluteError:F1}");

Console.WriteLine("Five patients:");
foreach (Prediction row in ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).Take(5))
    Console.WriteLine($"  expected {row.Score,3:F0}; in truth {row.Progression:F0}");

/// <summary>A row of the table.</summary>
internal sealed class Patient
{
    [LoadColumn(0, 9), VectorType(10)]
    public float[] Measurements { get; set; } = new float[10];

    [LoadColumn(10)]
    public float Progression { get; set; }
}

/// <summary>A row with what the model says of it.</summary>
internal sealed class Prediction
{
    public float Progression { get; set; }

    public float Score { get; set; }
}
