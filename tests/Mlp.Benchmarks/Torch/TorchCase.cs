namespace Mlp.Benchmarks.Torch;

/// <summary>A network in a safetensors file, rows for it, and what the one who wrote it predicts for them. A line of JSON.</summary>
/// <param name="File">Name of the file, beside the JSON.</param>
/// <param name="Activation">Of the hidden layers: a name of <see cref="Mlp.Activation"/>.</param>
/// <param name="Type">Of the numbers in the file: "F32", ...</param>
/// <param name="Sizes">Inputs, units of the layers.</param>
/// <param name="HasBiases">Whether the layers have biases.</param>
/// <param name="Features">Row-major, rows x inputs.</param>
/// <param name="Outputs">Row-major, rows x outputs.</param>
internal sealed record TorchCase(
    string File, string Activation, string Type, int[] Sizes, bool HasBiases, double[] Features, double[] Outputs);
