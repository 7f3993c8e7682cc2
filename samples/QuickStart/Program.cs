using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using QuickStart;

const string Usage = """
    usage: dotnet run --project samples/QuickStart [-- [--data file.csv]]                 train, evaluate, write model.zip
           dotnet run --project samples/QuickStart -- predict model.zip [--data file.csv] predict with a saved model
    """;
string ownData = Path.Combine(AppContext.BaseDirectory, "data", "breast_cancer.csv");

try
{
    List<string> arguments = [.. args];
    string data = TakeDataOption(arguments) ?? ownData;
    switch (arguments)
    {
        case []:
            CheckData(data);
            Train(data, "model.zip");
            return 0;
        case ["predict", string model]:
            CheckData(data);
            Predict(data, model);
            return 0;
        default:
            throw new ArgumentException($"Do not know what to do with: {string.Join(' ', args)}\n{Usage}");
    }
}
catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException or FormatException
    or InvalidOperationException or TargetInvocationException)
{
    Console.Error.WriteLine(Reason(exception).Message);
    return 2;
}

static void Train(string dataPath, string modelPath)
{
    var ml = new MLContext(seed: 1);
    IDataView data = ml.Data.LoadFromTextFile<Tumour>(dataPath, separatorChar: ',', hasHeader: true);
    DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
    Console.WriteLine($"Training on four fifths of {Path.GetFileName(dataPath)}.");

    var pipeline = ml.Transforms.Concatenate("Features", nameof(Tumour.Measurements)).Append(ml.BinaryClassification.Trainers.Mlp());
    var model = pipeline.Fit(split.TrainSet);
    MlpModelParameters trained = model.LastTransformer.Model;
    Console.WriteLine($"  {trained.Networks.Count} networks, whose predictions are averaged, after {trained.History.Count} epochs in all");

    Console.WriteLine("On the other fifth, which it has not seen:");
    CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine(
        $"  accuracy {metrics.Accuracy:F3}, AUC {metrics.AreaUnderRocCurve:F3}, F1 {metrics.F1Score:F3}, log-loss "
            + $"{metrics.LogLoss:F3} bits");
    Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

    ml.Model.SaveAtomically(model, data.Schema, modelPath);
    Console.WriteLine($"Saved {Path.GetFullPath(modelPath)}. A new process predicts with it:");
    Console.WriteLine($"  dotnet run --project samples/QuickStart -- predict {modelPath}");
}

// Nothing here says what kind of model it is: the file does, and Mlp.MLNet.dll lies beside the program.
static void Predict(string dataPath, string modelPath)
{
    const int RowCount = 5;
    var ml = new MLContext();
    ITransformer model = ml.Model.Load(modelPath, out _);
    var engine = ml.Model.CreatePredictionEngine<Tumour, Diagnosis>(model);
    IDataView data = ml.Data.LoadFromTextFile<Tumour>(dataPath, separatorChar: ',', hasHeader: true);
    List<Tumour> tumours = [.. ml.Data.CreateEnumerable<Tumour>(data, reuseRowObject: false)];
    Console.WriteLine($"Rows of {Path.GetFileName(dataPath)}, by the model in {Path.GetFileName(modelPath)}:");
    for (int i = 0; i < Math.Min(RowCount, tumours.Count); i++)
    {
        int row = i * tumours.Count / RowCount;
        Diagnosis diagnosis = engine.Predict(tumours[row]);
        Console.WriteLine(
            $"  row {row + 1,3}: {Name(diagnosis.PredictedLabel)} (probability of benign {diagnosis.Probability:F4}); in truth "
                + $"{Name(tumours[row].IsBenign)}");
    }
}

// ML.NET wraps what goes wrong inside a file, so the exception that names the fault is some way in.
static Exception Reason(Exception exception)
{
    for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
    {
        if (inner is FormatException)
            return inner;
    }
    return exception.GetBaseException();
}

static string Name(bool isBenign) => isBenign ? "benign" : "malignant";

static string? TakeDataOption(List<string> arguments)
{
    int at = arguments.IndexOf("--data");
    if (at < 0)
        return null;
    if (at + 1 == arguments.Count)
        throw new ArgumentException($"--data needs the path of a CSV file.\n{Usage}");
    string path = arguments[at + 1];
    arguments.RemoveRange(at, 2);
    return path;
}

// Any table could be read by position; only one with these columns makes sense here.
void CheckData(string path)
{
    if (!File.Exists(path))
        throw new FileNotFoundException($"Could not find the data file '{path}'. Give the path of a CSV file after --data.");
    string expected = File.ReadLines(ownData).First();
    if (File.ReadLines(path).FirstOrDefault() != expected)
        throw new FormatException($"The data file '{path}' has other columns than expected. Its first line must be:\n{expected}");
}
