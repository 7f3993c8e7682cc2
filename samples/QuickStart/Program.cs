// Is a tumour benign? 569 tumours, 30 measurements of each. Trains, evaluates and saves a model; `predict model.zip` asks it again.
using Microsoft.ML;
using Microsoft.ML.Data;
using QuickStart;

var ml = new MLContext(seed: 1);
string path = Path.Combine(AppContext.BaseDirectory, "data", "breast_cancer.csv");
IDataView data = ml.Data.LoadFromTextFile<Tumour>(path, separatorChar: ',', hasHeader: true);

if (args is [])
{
    DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
    var pipeline = ml.Transforms.Concatenate("Features", nameof(Tumour.Measurements)).Append(ml.BinaryClassification.Trainers.Mlp());
    ITransformer model = pipeline.Fit(split.TrainSet);

    CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine($"accuracy {metrics.Accuracy:F3}, AUC {metrics.AreaUnderRocCurve:F3}, F1 {metrics.F1Score:F3}, "
        + $"log-loss {metrics.LogLoss:F3} bits");
    Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

    ml.Model.SaveAtomically(model, data.Schema, "model.zip");
    Console.WriteLine("Saved model.zip. Ask it: dotnet run --project samples/QuickStart -- predict model.zip");
    return 0;
}

if (args is ["predict", string modelPath] && File.Exists(modelPath))
{
    var engine = ml.Model.CreatePredictionEngine<Tumour, Diagnosis>(ml.Model.Load(modelPath, out _));
    foreach (Tumour tumour in ml.Data.CreateEnumerable<Tumour>(data, reuseRowObject: false).Where((_, row) => row % 100 == 0))
    {
        Diagnosis diagnosis = engine.Predict(tumour);
        Console.WriteLine($"benign: {diagnosis.PredictedLabel,-5} (probability {diagnosis.Probability:F4}), in truth {tumour.IsBenign}");
    }
    return 0;
}

Console.Error.WriteLine($"Expected no argument, or predict and the path of a model that exists. Found: {string.Join(' ', args)}");
return 2;
