using Mlp.Networks;
using Mlp.Reports.Content;

namespace Mlp.Reports.Figures;

/// <summary>A column of units.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Units">How many there are.</param>
/// <param name="Activation">Applied by them, in words; empty for none.</param>
/// <param name="ParameterCount">What is learnt for them: weights and biases before them, embeddings.</param>
internal sealed record NetworkStage(string Name, int Units, string Activation, int ParameterCount)
{
    public static IReadOnlyList<NetworkStage> Of(ReportContent content)
    {
        Network<double> network = content.Model.Network;
        InputDescription inputs = network.Inputs;
        // Categories, but no features of their own.
        int derivedCount = content.Model.Layout is { } layout ? layout.Bins.Length + layout.Crosses.Length : 0;
        var stages = new List<NetworkStage>
        {
            new("features", inputs.NumberCount + inputs.Categories.Count - derivedCount + inputs.SparseCount, "", 0),
        };
        if (network.Encoder is not null)
        {
            stages.Add(new(
                "encoded", network.EncodedCount + inputs.SparseCount, "",
                network.Parameters.Tensors.Where(tensor => tensor.Input is not null).Sum(tensor => tensor.Length)));
        }
        if (network.Embedding is { } embedding)
            stages.Add(
                new("embedding", embedding.OutputCount, "cosines", (int)PeriodicEmbedding<double>.CountParameters(embedding.Describe())));
        for (int index = 0; index < network.Layers.Count; index++)
        {
            DenseLayer<double> layer = network.Layers[index];
            bool isLast = index == network.Layers.Count - 1;
            string activation = layer.Activation == Mlp.Activation.Identity ? "" : layer.Activation.ToString().ToLowerInvariant();
            int parameterCount = layer.WeightTensor.Length + (layer.BiasTensor?.Length ?? 0)
                + (layer.SparseTensor?.Length ?? 0);
            stages.Add(new(isLast ? "outputs" : $"layer {index + 1}", layer.UnitCount, activation, parameterCount));
        }
        return stages;
    }
}
