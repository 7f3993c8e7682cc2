using Mlp.Losses;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Models of every kind of output, activation and part, with drawn parameters; what they predict is computed by the
/// engine.</summary>
internal static class NetworkCases
{
    private const int InputCount = 6, RowCount = 64;

    /// <summary>Every kind of output.</summary>
    public static IReadOnlyList<Kind> Kinds { get; } =
    [
        new("binary", OutputLink.Sigmoid, 1), new("multiclass", OutputLink.Softmax, 4), new("regression", OutputLink.Identity, 1),
        new("several targets", OutputLink.Identity, 3), new("multi-label", OutputLink.Sigmoid, 3), new("counts", OutputLink.Exponential, 1),
    ];

    private static readonly Part[] Parts =
    [
        new("one network"),
        new("standardised", Scaling: FeatureNormalization.Standard),
        new("robust, temperature or range", Scaling: FeatureNormalization.Robust, IsBounded: true),
        new("embedding", Scaling: FeatureNormalization.Standard, HasEmbedding: true),
        new("3 networks", NetworkCount: 3, Scaling: FeatureNormalization.Standard),
        new("5 networks with everything", NetworkCount: 5, Scaling: FeatureNormalization.Robust, HasEmbedding: true, IsBounded: true),
    ];

    /// <summary>Every kind x activation x part.</summary>
    public static IEnumerable<OnnxCase> Grid()
    {
        foreach (Kind kind in Kinds)
        {
            foreach (Part part in Parts)
            {
                foreach (Activation activation in Enum.GetValues<Activation>())
                    yield return Create(kind, part, activation, [9, 7]);
            }
        }
    }

    /// <summary>What the grid has not.</summary>
    public static IEnumerable<OnnxCase> Rest()
    {
        Part standard = Parts[1], full = Parts[^1];
        foreach (Kind kind in Kinds)
        {
            yield return Create(kind, standard with { Name = "no hidden layer" }, Activation.Identity, []);
            yield return Create(kind, standard with { Name = "no biases" }, Activation.Relu, [9, 7], hasBiases: false);
            yield return Create(kind, standard with { Name = "256 and 256 units" }, Activation.Silu, [256, 256]);
            yield return Create(kind, full with { Name = "no rows" }, Activation.Silu, [9, 7], rowCount: 0);
            yield return Create(kind, full with { Name = "one row" }, Activation.Silu, [9, 7], rowCount: 1);
            // Logits of some hundreds, where probabilities are 0 or 1 to the last digit.
            if (kind.Link is OutputLink.Sigmoid or OutputLink.Softmax)
                yield return Create(kind, full with { Name = "large outputs" }, Activation.Tanh, [9, 7], outputFactor: 100);
            // Of such a row no predicted class can be expected.
            if (kind.Link != OutputLink.Softmax)
                yield return Create(kind, full with { Name = "a row with NaN" }, Activation.Relu, [9, 7], rowCount: 2, first: float.NaN);
        }
    }

    private static OnnxCase Create(
        Kind kind, Part part, Activation activation, int[] hidden, bool hasBiases = true, int rowCount = RowCount, float outputFactor = 1,
        float? first = null)
    {
        var random = new Random(HashCode(kind.Name, part.Name, activation));
        float[] training = Draw(random, hasUnits: part.Scaling is not null), features = training[..(rowCount * InputCount)];
        if (first is float value)
            features[0] = value;
        Layer[] layers =
        [
            .. part.HasEmbedding ? (Layer[])[Layer.PeriodicEmbedding([0, 2, 5], frequencies: 4, outputs: 2)] : [],
            .. hidden.Select(
                units => Layer.Dense(units, activation) with { HasBiases = hasBiases, BiasInitializer = Initializer.Normal(0.5) }),
            Layer.Dense(kind.OutputCount) with { HasBiases = hasBiases, BiasInitializer = Initializer.Normal(0.5) },
        ];
        Network<float>[] networks =
            [.. Enumerable.Range(0, part.NetworkCount).Select(_ => Network<float>.Create(InputCount, layers, random.Next()))];
        foreach (Network<float> network in networks)
        {
            foreach (ref float weight in network.Layers[^1].Weights)
                weight *= outputFactor;
        }
        var rows = new RowBlocks<float>(training, InputCount);
        FeatureScaling<float>? scaling = part.Scaling switch
        {
            FeatureNormalization.Standard => FeatureScaling<float>.Standardize(rows),
            FeatureNormalization.Robust => FeatureScaling<float>.Robust(rows),
            _ => null,
        };
        bool hasRange = part.IsBounded && kind.Link == OutputLink.Identity;
        float[] minima = [-0.5f, -0.25f, -1], maxima = [0.25f, 0.5f, 0.75f];
        var model = new Model<float>(networks, scaling, kind.Link)
        {
            Temperature = part.IsBounded ? 0.8 : 1,
            Range = hasRange ? new TargetRange<float>(minima.AsSpan(0, kind.OutputCount), maxima.AsSpan(0, kind.OutputCount)) : null,
        };
        MlpModelParameters parameters = ToParameters(model);
        using var file = new MemoryStream();
        parameters.SaveAsOnnx(file);
        return new OnnxCase(
            kind.Name, part.Name, activation.ToString(), file.ToArray(), rowCount, [new("Features", InputCount, features)],
            Predict(parameters, features, rowCount));
    }

    /// <summary>Numbers around 0; with units, one column is in another one, and a few numbers are far away.</summary>
    private static float[] Draw(Random random, bool hasUnits)
    {
        float[] features = [.. Enumerable.Range(0, RowCount * InputCount)
            .Select(_ => random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f)];
        if (!hasUnits)
            return features;
        for (int index = 3; index < features.Length; index += InputCount)
            features[index] = 50 + 20 * features[index];
        features[InputCount + 3] = -4_000;
        features[2 * InputCount + 1] = 30;
        return features;
    }

    /// <summary>As a program without ML.NET hands a model over.</summary>
    public static MlpModelParameters ToParameters(Model<float> model)
    {
        using var file = new MemoryStream();
        ModelFile.Write(file, model);
        file.Position = 0;
        return MlpModelParameters.Load(file);
    }

    /// <summary>What a runtime has to give.</summary>
    public static OnnxValues[] Predict(MlpModelParameters model, float[] features, int rowCount)
    {
        int outputCount = model.OutputCount;
        var outputs = new float[rowCount * outputCount];
        using var predictor = new Predictor<float>(model.EngineModel);
        predictor.Predict(features, outputs);
        float[] predictions = [.. outputs];
        model.Link.Apply<float>(predictions, outputCount);
        var expected = new OnnxExpectations(model, features);
        if (model.Link == OutputLink.Sigmoid)
        {
            // In double, as the transformer computes probabilities.
            float[] probabilities = [.. outputs.Select(output => (float)(1 / (1 + Math.Exp(-output))))];
            return
            [
                expected.Logits("Score", outputs), expected.Predictions("Probability", probabilities),
                expected.Flags("PredictedLabel", [.. outputs.Select(output => output > 0)], outputs),
            ];
        }
        if (model.Link != OutputLink.Softmax)
            return [expected.Predictions("Score", predictions)];
        long[] classes = [.. predictions.Chunk(outputCount).Select(row => (long)Array.IndexOf(row, row.Max()))];
        return
        [
            expected.Predictions("Score", predictions), expected.Classes("PredictedLabelIndex", classes, predictions),
            expected.Classes("PredictedLabel", classes.Select(index => index + 1).ToArray(), predictions),
        ];
    }

    // string.GetHashCode differs from run to run.
    private static int HashCode(string kind, string part, Activation activation) =>
        $"{kind}/{part}/{activation}".Aggregate(17, (hash, character) => unchecked(hash * 31 + character));

    /// <summary>A kind of output.</summary>
    public sealed record Kind(string Name, OutputLink Link, int OutputCount);

    private sealed record Part(
        string Name, int NetworkCount = 1, FeatureNormalization? Scaling = null, bool HasEmbedding = false, bool IsBounded = false);
}
