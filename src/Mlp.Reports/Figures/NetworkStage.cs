using Mlp.Reports.Content;

namespace Mlp.Reports.Figures;

/// <summary>A column of units.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Units">How many there are.</param>
/// <param name="Activation">Applied by them, in words; empty for none.</param>
/// <param name="ParameterCount">Weights and biases before them.</param>
internal sealed record NetworkStage(string Name, int Units, string Activation, int ParameterCount)
{
    public static IReadOnlyList<NetworkStage> Of(ReportContent content)
    {
        Network<double> network = content.Model.Network;
        var stages = new List<NetworkStage> { new("features", network.InputCount, "", 0) };
        if (network.Embedding is { } embedding)
            stages.Add(
                new("embedding", embedding.OutputCount, "cosines", (int)PeriodicEmbedding<double>.CountParameters(embedding.Describe())));
        for (int index = 0; index < network.Layers.Count; index++)
        {
            DenseLayer<double> layer = network.Layers[index];
            bool isLast = index == network.Layers.Count - 1;
            string activation = layer.Activation == Mlp.Activation.Identity ? "" : layer.Activation.ToString().ToLowerInvariant();
            int parameterCount = layer.WeightTensor.Length + (layer.BiasTensor?.Length ?? 0);
            stages.Add(new(isLast ? "outputs" : $"layer {index + 1}", layer.UnitCount, activation, parameterCount));
        }
        return stages;
    }
}
