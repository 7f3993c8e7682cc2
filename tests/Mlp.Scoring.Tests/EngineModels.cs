using Mlp.Tool.Scorers;

namespace Mlp.Scoring.Tests;

/// <summary>Models with drawn weights, and their files.</summary>
internal static class EngineModels
{
    /// <param name="inputs">Features.</param>
    /// <param name="networks">Networks.</param>
    /// <param name="hidden">Units of hidden layers.</param>
    /// <param name="activation">Of these.</param>
    /// <param name="link">Of the model.</param>
    /// <param name="outputs">Values of a row.</param>
    /// <param name="hasWaves">Whether numbers are shown as periodic functions.</param>
    public static Model<float> Create(
        int inputs, int networks, int[] hidden, Activation activation, OutputLink link, int outputs, bool hasWaves)
    {
        var random = new Random(1);
        List<Layer> layers = [.. hidden.Select(units => Layer.Dense(units, activation)), Layer.Dense(outputs)];
        if (hasWaves)
            layers.Insert(0, Layer.PeriodicEmbedding([.. Enumerable.Range(0, inputs)], frequencies: 13));
        var scaling = new FeatureScaling<float>(Draw(), Draw(), limit: 3f);
        return new Model<float>(
            [.. Enumerable.Range(1, networks).Select(seed => Network<float>.Create(inputs, layers, seed))], scaling, link);

        float[] Draw() => [.. Enumerable.Range(0, inputs).Select(_ => random.NextSingle())];
    }

    public static byte[] FileOf(Model<float> model, params string[][] tables)
    {
        using var stream = new MemoryStream();
        WeightsFile.Write(stream, model, tables, [[1, 2]]);
        return stream.ToArray();
    }

    public static Scorer ScorerOf(Model<float> model) => new(new MemoryStream(FileOf(model)));
}
