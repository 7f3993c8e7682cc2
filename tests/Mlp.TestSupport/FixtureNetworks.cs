using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>Turns what the fixtures describe into the engine's objects.</summary>
public static class FixtureNetworks
{
    /// <summary>A network with the fixture's parameters.</summary>
    public static Network<T> Create<T>(IReadOnlyList<FixtureLayer> layers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>.Create(
            layers[0].Inputs,
            [.. layers.Select(layer =>
                Layer.Dense(layer.Outputs, ActivationOf(layer.Activation)) with { HasBiases = layer.Bias is not null })]);
        for (int index = 0; index < layers.Count; index++)
        {
            Convert<T>(layers[index].Weights.Data).CopyTo(network.Layers[index].Weights);
            Convert<T>(layers[index].Bias ?? []).CopyTo(network.Layers[index].Biases);
        }
        return network;
    }

    /// <summary>The fixture's values of a tensor of the network.</summary>
    public static double[] Values(IReadOnlyList<FixtureTensors> layers, ParameterTensor tensor) =>
        tensor.IsBias ? layers[tensor.LayerIndex].Bias! : layers[tensor.LayerIndex].Weights.Data;

    /// <summary>The rows, rounded to T.</summary>
    public static DenseRows<T> Rows<T>(FixtureData data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(
            Convert<T>(data.Inputs.Data), Convert<T>(data.Targets.Data), data.Inputs.Shape[1], data.Targets.Shape[1],
            Convert<T>(data.SampleWeights ?? []));

    /// <summary>The outputs of rows given in double.</summary>
    public static T[] Predict<T>(Network<T> network, FixtureMatrix inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputs = new T[inputs.Data.Length / network.InputCount * network.OutputCount];
        network.Predict(Convert<T>(inputs.Data), outputs);
        return outputs;
    }

    /// <summary>Rounded to T.</summary>
    public static T[] Convert<T>(double[] values)
        where T : INumberBase<T> => [.. values.Select(T.CreateChecked)];

    /// <summary>By the fixture's name.</summary>
    public static Loss LossOf(string name) => name switch
    {
        "mean_squared_error" => Loss.SquaredError,
        "half_sum_squared_error" => Loss.HalfSquaredError,
        "mean_absolute_error" => Loss.AbsoluteError,
        "huber" => Loss.Huber(),
        "poisson_nll" => Loss.Poisson,
        "binary_cross_entropy_with_logits" => Loss.BinaryCrossEntropy,
        "softmax_cross_entropy" => Loss.SoftmaxCrossEntropy,
        _ => throw new InvalidDataException($"The loss {name} is unknown."),
    };

    private static Activation ActivationOf(string name) => Enum.Parse<Activation>(name.Replace("_", ""), ignoreCase: true);
}
