using System.Numerics;
using System.Text.Json;
using Mlp;

/// <summary>The numbers of one article, and its networks rebuilt from them.</summary>
internal sealed class Article : IDisposable
{
    private readonly JsonDocument _document;

    public Article(string name) =>
        _document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "seeds", name + ".json")));

    /// <summary>A part of the article, such as "data", "inputs".</summary>
    public JsonElement this[params string[] path] => path.Aggregate(_document.RootElement, (element, name) => element.GetProperty(name));

    /// <summary>A vector, or the values of a matrix, row-major.</summary>
    public static double[] Values(JsonElement element) =>
        [.. (element.ValueKind == JsonValueKind.Object ? element.GetProperty("data") : element).EnumerateArray()
            .Select(value => value.GetDouble())];

    /// <summary>Indices or counts.</summary>
    public static int[] Integers(JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>A network with the article's weights. Where its last sigmoid or softmax belongs to the loss, outputs are logits
    /// here.</summary>
    public static Network<T> CreateNetwork<T>(JsonElement layers, bool outputsAreLogits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement[] all = [.. layers.EnumerateArray()];
        var network = Network<T>.Create(all[0].GetProperty("inputs").GetInt32(), [.. all.Select((layer, index) =>
        {
            Activation activation = outputsAreLogits && index == all.Length - 1
                ? Activation.Identity
                : Enum.Parse<Activation>(layer.GetProperty("activation").GetString()!, ignoreCase: true);
            DenseLayerDescription description = Layer.Dense(layer.GetProperty("outputs").GetInt32(), activation);
            return description with { HasBiases = layer.GetProperty("bias").ValueKind != JsonValueKind.Null };
        })]);
        foreach ((DenseLayer<T> layer, JsonElement given) in network.Layers.Zip(all))
        {
            Array.ConvertAll(Values(given.GetProperty("weights")), T.CreateChecked).CopyTo(layer.Weights);
            if (layer.BiasTensor is not null)
                Array.ConvertAll(Values(given.GetProperty("bias")), T.CreateChecked).CopyTo(layer.Biases);
        }
        return network;
    }

    /// <summary>The network's outputs.</summary>
    public static double[] Predict(Network<double> network, double[] inputs)
    {
        var outputs = new double[inputs.Length / network.InputCount * network.OutputCount];
        network.Predict(inputs, outputs);
        return outputs;
    }

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    public void Dispose() => _document.Dispose();
}
