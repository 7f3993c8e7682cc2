// Published in every way by PublishedPipelineTests. Trains, saves and predicts in one process; loads and predicts in another.
// train <table> <model>, predict <model>
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
if (args is ["train", string table, string path])
{
    IDataView rows = ml.Data.LoadFromTextFile<Tumor>(table, separatorChar: ',', hasHeader: true);
    var pipeline = ml.Transforms.Concatenate("Features", nameof(Tumor.Measurements))
        .Append(ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(MlpPreset.Fast)));
    var trained = pipeline.Fit(rows);
    double accuracy = ml.BinaryClassification.Evaluate(trained.Transform(rows)).Accuracy;
    if (accuracy < 0.9)
        throw new InvalidOperationException($"The accuracy is {accuracy} on the rows it was trained on.");
    ml.Model.Save(trained, rows.Schema, path);
    using (FileStream file = File.Create(Path.ChangeExtension(path, ".onnx")))
        trained.LastTransformer.Model.SaveAsOnnx(file);
    Predict(trained);
}
else
{
    Predict(ml.Model.Load(args[1], out _));
}

void Predict(ITransformer model)
{
    using var engine = ml.Model.CreatePredictionEngine<Tumor, Answer>(model);
    Answer answer = engine.Predict(new Tumor { Measurements = [.. Enumerable.Range(0, 30).Select(index => index * 0.25f)] });
    Console.WriteLine($"{answer.PredictedLabel} {answer.Probability:R}");
    Console.WriteLine(Environment.CpuUsage.TotalTime.TotalSeconds);
}

public class Tumor
{
    [LoadColumn(0, 29), VectorType(30)] public float[] Measurements { get; set; } = [];
    [LoadColumn(30)] public bool Label { get; set; }
}

public class Answer
{
    public bool PredictedLabel { get; set; }
    public float Probability { get; set; }
}
