using Mlp.Losses;

namespace Mlp.MLNet.Onnx;

/// <summary>The mean of several networks' predictions in the form of outputs, as a <see cref="Predictor{T}"/> gives it.</summary>
/// <remarks>
/// The predictor adds probabilities in double. In single precision a probability near 0 or 1 loses what its logit knows, so here
/// logarithms of probabilities are added by ReduceLogSumExp: ln Σ e^l = max + ln Σ e^(l − max).
/// </remarks>
internal static class EnsembleNodes
{
    // As the predictor bounds them.
    private const float LargestLogit = (float)LogitBound.Largest;

    /// <param name="graph">Gets the nodes.</param>
    /// <param name="link">What the outputs are.</param>
    /// <param name="outputs">[networks x rows x outputs].</param>
    /// <param name="networkCount">At least two.</param>
    public static string AddMean(IOnnxGraph graph, OutputLink link, string outputs, int networkCount) => link switch
    {
        OutputLink.Identity => AddOverNetworks(graph, "ReduceMean", "mean", outputs),
        OutputLink.Exponential => AddLogOfMean(graph, AddBounds(graph, outputs), networkCount),
        OutputLink.Softmax => AddLogOfMean(
            graph, graph.AddNode("LogSoftmax", "mean/logarithms", [outputs], OnnxAttribute.Axis(2)), networkCount),
        OutputLink.Sigmoid => AddLogitOfMean(graph, AddBounds(graph, outputs)),
        _ => throw new ArgumentOutOfRangeException(nameof(link), $"OutputLink {(int)link} is not one of the enumeration."),
    };

    /// <summary>ln(Σp / Σ(1 − p)), with ln p = −softplus(−o) and ln(1 − p) = −softplus(o).</summary>
    private static string AddLogitOfMean(IOnnxGraph graph, string logits)
    {
        string opposites = graph.AddNode("Neg", "mean/opposites", [logits]);
        return graph.AddNode(
            "Sub", "mean", [AddLogOfSum("mean/positive", opposites), AddLogOfSum("mean/negative", logits)]);

        string AddLogOfSum(string name, string values) => AddOverNetworks(
            graph, "ReduceLogSumExp", name,
            graph.AddNode("Neg", $"{name}/logarithms", [graph.AddNode("Softplus", $"{name}/softplus", [values])]));
    }

    private static string AddLogOfMean(IOnnxGraph graph, string logarithms, int networkCount) => graph.AddNode(
        "Sub", "mean",
        [AddOverNetworks(graph, "ReduceLogSumExp", "mean/sum", logarithms), graph.AddConstant("mean/logCount", [MathF.Log(networkCount)])]);

    /// <summary>[networks x rows x outputs] becomes [rows x outputs].</summary>
    private static string AddOverNetworks(IOnnxGraph graph, string operation, string name, string values) =>
        graph.AddNode(operation, name, [values], new OnnxAttribute("axes", Integers: [0]), new OnnxAttribute("keepdims", 0));

    private static string AddBounds(IOnnxGraph graph, string outputs) => ModelNodes.AddBounds(
        graph, "mean/bounded", outputs, graph.AddConstant("mean/minimum", [-LargestLogit]),
        graph.AddConstant("mean/maximum", [LargestLogit]));
}
