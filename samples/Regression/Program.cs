// How far will the disease progress within a year? 442 patients, ten measurements, a number between 25 and 346.
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile<Patient>(
    Path.Combine(AppContext.BaseDirectory, "data", "diabetes.csv"), separatorChar: ',', hasHeader: true);
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// Features and label are standardised inside; Score comes in the unit of the label. Few rows: a small network, and a penalty.
MlpRegressionTransformer Train(Loss loss) => ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options(MlpPreset.Plain)
{
    LabelColumnName = nameof(Patient.Progression),
    FeatureColumnName = nameof(Patient.Measurements),
    HiddenLayerSizes = [16],
    Activation = Activation.Tanh,
    L2Regularization = 0.05,
    Loss = loss,
}).Fit(split.TrainSet, split.TestSet);

Console.WriteLine("Training on three quarters of diabetes.csv.");
MlpRegressionTransformer model = Train(Loss.SquaredError);
foreach (EpochResult report in model.Model.History.Where(report => report.Epoch is 1 or 10 or 100))
    Console.WriteLine(
        $"  epoch {report.Epoch,3}: loss {report.Loss:F3} standard deviations squared; error on the other quarter "
            + $"{report.ValidationMetric:F1}");

Console.WriteLine("On the other quarter, which it has not learnt from:");
RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Patient.Progression));
Console.WriteLine(
    $"  R² {metrics.RSquared:F3}, root mean squared error {metrics.RootMeanSquaredError:F1}, mean absolute error "
        + $"{metrics.MeanAbsoluteError:F1}");

// A number alone does not say how sure it is. Two more networks estimate the ends of an interval that holds 80 % of the patients.
float[] truth = [.. split.TestSet.GetColumn<float>(nameof(Patient.Progression))];
float[] expected = Scores(model), low = Scores(Train(Loss.Quantile(0.1))), high = Scores(Train(Loss.Quantile(0.9)));
int inside = Enumerable.Range(0, truth.Length).Count(i => low[i] <= truth[i] && truth[i] <= high[i]);
Console.WriteLine($"Between the quantiles 0.1 and 0.9 are {inside} of {truth.Length} patients. The first ones:");
for (int i = 0; i < 5; i++)
    Console.WriteLine($"  expected {expected[i],3:F0}, probably {low[i],3:F0} to {high[i],3:F0}; in truth {truth[i]:F0}");

float[] Scores(MlpRegressionTransformer transformer) => [.. transformer.Transform(split.TestSet).GetColumn<float>("Score")];

/// <summary>A row of the table.</summary>
internal sealed class Patient
{
    [LoadColumn(0, 9), VectorType(10)]
    public float[] Measurements { get; set; } = new float[10];

    [LoadColumn(10)]
    public float Progression { get; set; }
}
