// Published in every way by PublishedEngineTests. Trains, saves and predicts in one process; loads and predicts in another.
// train <model>, predict <model>
using Mlp;

if (args is ["train", string path])
{
    // Sixteen features; the target is whether the first is larger than the last.
    float[] features = [.. Enumerable.Range(0, 256 * 16).Select(index => MathF.Sin(index * 0.7f))];
    float[] targets = [.. features.Chunk(16).Select(row => row[0] - row[15] > 0 ? 1f : 0)];
    var network = Network<float>.Create(inputCount: 16, [Layer.Dense(32, Activation.Relu), Layer.Dense(1)], seed: 1);
    Trainer.Fit(network, new DenseRows<float>(features, targets, inputCount: 16), new TrainingSettings
    {
        Loss = Loss.BinaryCrossEntropy,
        Optimizer = new Adam { LearningRate = 0.01 },
        NumberOfEpochs = 50,
        Seed = 1,
    });
    using (FileStream file = File.Create(path))
        ModelFile.Write(file, new Model<float>(network, link: OutputLink.Sigmoid));
}
using (FileStream file = File.OpenRead(args[1]))
{
    using var predictor = new Predictor<float>(ModelFile.Read<float>(file));
    var logits = new float[1];
    predictor.Predict([.. Enumerable.Range(0, 16).Select(index => index * 0.25f)], logits);
    Console.WriteLine($"{logits[0]:R}");
}
Console.WriteLine(Environment.CpuUsage.TotalTime.TotalSeconds);
