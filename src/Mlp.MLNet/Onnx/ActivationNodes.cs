using Mlp.Activations;

namespace Mlp.MLNet.Onnx;

/// <summary>The activations by standard operators.</summary>
internal static class ActivationNodes
{
    // Klambauer et al. 2017; the operator's own defaults are rounded differently.
    private const float SeluAlpha = (float)Selu<float>.Alpha, SeluScale = (float)Selu<float>.Scale;

    private const float LeakyReluSlope = 0.01f;

    /// <summary>f(z), elementwise.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="activation">The function f.</param>
    /// <param name="name">What the names of its values begin with.</param>
    /// <param name="z">The pre-activations.</param>
    public static string Add(IOnnxGraph graph, Activation activation, string name, string z)
    {
        string result = $"{name}/activations";
        return activation switch
        {
            Activation.Identity => z,
            Activation.Sigmoid => graph.AddNode("Sigmoid", result, [z]),
            Activation.Tanh => graph.AddNode("Tanh", result, [z]),
            Activation.Relu => graph.AddNode("Relu", result, [z]),
            Activation.LeakyRelu => graph.AddNode("LeakyRelu", result, [z], new OnnxAttribute("alpha", Number: LeakyReluSlope)),
            Activation.Elu => graph.AddNode("Elu", result, [z], new OnnxAttribute("alpha", Number: 1f)),
            Activation.Selu => graph.AddNode(
                "Selu", result, [z], new OnnxAttribute("alpha", Number: SeluAlpha), new OnnxAttribute("gamma", Number: SeluScale)),
            Activation.Gelu => AddGelu(graph, name, result, z),
            Activation.Silu => graph.AddNode("Mul", result, [z, graph.AddNode("Sigmoid", $"{name}/sigmoid", [z])]),
            Activation.Mish => graph.AddNode(
                "Mul", result, [z, graph.AddNode("Tanh", $"{name}/tanh", [graph.AddNode("Softplus", $"{name}/softplus", [z])])]),
            Activation.Softplus => graph.AddNode("Softplus", result, [z]),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), $"Activation {(int)activation} is not one of the enumeration."),
        };
    }

    /// <summary>z Φ(z) = z (1 + erf(z / √2)) / 2.</summary>
    private static string AddGelu(IOnnxGraph graph, string name, string result, string z)
    {
        string error = graph.AddNode(
            "Erf", $"{name}/erf",
            [graph.AddNode("Mul", $"{name}/argument", [z, graph.AddConstant($"{name}/inverseRoot2", [0.70710678118654752440f])])]);
        string half = graph.AddConstant($"{name}/half", [0.5f]);
        string distribution = graph.AddNode(
            "Mul", $"{name}/distribution",
            [graph.AddNode("Add", $"{name}/onePlusErf", [error, graph.AddConstant($"{name}/one", [1f])]), half]);
        return graph.AddNode("Mul", result, [z, distribution]);
    }
}
