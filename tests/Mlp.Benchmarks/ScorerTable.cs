using System.Diagnostics;
using Mlp.Scoring;
using Mlp.Tool.Scorers;

namespace Mlp.Benchmarks;

/// <summary>What Mlp.Scoring takes for a row beside the engine, in turn.</summary>
internal static class ScorerTable
{
    private const int RowCount = 960;

    /// <param name="rounds">Turns of each; the least counts.</param>
    public static void Run(int rounds)
    {
        var small = new Model<float>(
            Network<float>.Create(30, [Layer.Dense(64, Activation.Relu), Layer.Dense(32, Activation.Relu), Layer.Dense(1)], seed: 1),
            link: OutputLink.Sigmoid);
        Model<float> large = DefaultPrediction.Create();
        Console.WriteLine("| model | rows at once | engine, µs a row | scorer, µs a row | ratio |\n|---|---|---|---|---|");
        Measure("30-64-32-1, one network", small, rowCount: 1, rounds);
        Measure("28 features with periodic embedding, 128-128, ten networks", large, rowCount: 1, rounds);
        Measure("the same", large, RowCount, rounds);
    }

    private static void Measure(string name, Model<float> model, int rowCount, int rounds)
    {
        using var file = new MemoryStream();
        WeightsFile.Write(file, model, [], []);
        file.Position = 0;
        var scorer = new Scorer(file);
        using var predictor = new Predictor<float>(model, rowCount == 1 ? 1 : Predictor<float>.DefaultMaxRowCount);
        var random = new Random(2);
        float[] features = [.. Enumerable.Range(0, rowCount * model.FeatureCount).Select(_ => random.NextSingle() * 4 - 2)];
        float[] outputs = new float[rowCount];
        int repeats = Math.Max(1, 20_000_000 / (model.Networks.Count * model.Network.Parameters.Length * rowCount));
        double engine = double.PositiveInfinity, own = engine;
        for (int round = 0; round < rounds; round++)
        {
            engine = Math.Min(engine, Time(() => predictor.Predict(features, outputs)));
            own = Math.Min(own, Time(() => Score(scorer, features, outputs)));
        }
        Console.WriteLine(FormattableString.Invariant($"| {name} | {rowCount} | {engine:F2} | {own:F2} | {own / engine:F2} |"));

        double Time(Action work)
        {
            long start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < repeats; repeat++)
                work();
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats / rowCount;
        }
    }

    private static void Score(Scorer scorer, float[] features, float[] outputs)
    {
        ScoringRows rows = scorer.Rent(outputs.Length);
        for (int first = 0; first < outputs.Length; first += rows.MaxRowCount)
        {
            rows.Clear();
            int count = Math.Min(rows.MaxRowCount, outputs.Length - first);
            for (int row = first; row < first + count; row++)
            {
                rows.Add();
                rows.Set(0, features.AsSpan(row * scorer.FeatureCount, scorer.FeatureCount));
            }
            rows.Score();
            for (int row = 0; row < count; row++)
                outputs[first + row] = rows.Outputs(row)[0];
        }
        scorer.Return(rows);
    }
}
