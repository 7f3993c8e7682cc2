using Mlp.Data;
using Mlp.Networks;
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

    /// <summary>Five numbers: two have curves, and two, one of them among these, have bins; two are a pair.</summary>
    public static Model<float> WithBinsAndCurves(float? limit)
    {
        var inputs = new InputDescription(5)
        {
            Categories = [new CategoryDescription(2, 2), new CategoryDescription(4, 3), new CategoryDescription(6, 2)],
        };
        Layer[] layers = [Layer.PeriodicEmbedding([0, 1, 4]), Layer.Dense(20, Activation.Relu), Layer.Dense(3)];
        Network<float>[] networks = [.. Enumerable.Range(1, 2).Select(seed => Network<float>.Create(inputs, layers, seed))];
        var random = new Random(2);
        foreach (Network<float> network in networks)
        {
            for (int category = 0; category < 3; category++)
            {
                foreach (ref float value in network.Encoder!.Table(category))
                    value = random.NextSingle();
                foreach (ref float value in network.Encoder.Base(category))
                    value = random.NextSingle();
            }
        }
        var scaling = new FeatureScaling<float>([0, 1, 0, -1, 0], [1, 2, 1, 1, 0.5f], limit)
        {
            Curves = [new(1, [-1, -0.25f, 0, 0.5f], [-2, 0, 1, 1.5f]), new(4, [-0.125f, 0.125f], [1, -1])],
        };
        return new Model<float>(networks, scaling, OutputLink.Softmax)
        {
            Layout = new FeatureLayout
            {
                SlotCount = 5,
                NumberSlots = [0, 1, 2, 3, 4],
                Bins = [new(1, [0]), new(3, [-0.5, 0.125, 0.75])],
                // Of types that both libraries have.
                Crosses = [new(new(-1, new(0, [0.25]), ValueCount: 2), new(-1, new(3, [-0.5, 0.5]), ValueCount: 3))],
            },
            Middles = [0, 0.5f, 0, 0, 0],
        };
    }

    public static byte[] FileOf(Model<float> model, params string[][] tables)
    {
        using var stream = new MemoryStream();
        WeightsFile.Write(stream, model, tables, [[1, 2]]);
        return stream.ToArray();
    }

    public static Scorer ScorerOf(Model<float> model) => new(new MemoryStream(FileOf(model)));
}
