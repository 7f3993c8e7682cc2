using Mlp.Models;

namespace Mlp.MLNet.Onnx;

/// <summary>The mean of several networks' predictions in the form of outputs, as a <see cref="Predictor{T}"/> gives it.</summary>
/// <remarks>
/// The predictor adds probabilities in double. In single precision a probability near 0 or 1 loses what its logit knows, so here
/// logarithms of probabilities are added: ln Σ e^l = max + ln Σ e^(l − max).
/// </remarks>
internal static class EnsembleNodes
{
    // As the predictor bounds them.
    private const float LargestLogit = (float)EnsembleOutputs.LargestLogit;

    /// <param name="graph">Gets the nodes.</param>
    /// <param name="link">What the outputs are.</param>
    /// <param name="outputs">Of at least two networks, each [rows x outputs].</param>
    public static string AddMean(IOnnxGraph graph, OutputLink link, IReadOnlyList<string> outputs) => link switch
    {
        OutputLink.Identity => graph.AddNode("Mean", "mean", outputs),
        OutputLink.Exponential => AddLogOfMean(graph, "mean", AddBounds(graph, outputs)),
        OutputLink.Softmax => AddLogOfMean(
            graph, "mean",
            [.. outputs.Select(
                (output, index) => graph.AddNode("LogSoftmax", $"mean/logarithms{index + 1}", [output], OnnxAttribute.Axis(1)))]),
        OutputLink.Sigmoid => AddLogitOfMean(graph, AddBounds(graph, outputs)),
        _ => throw new ArgumentOutOfRangeException(nameof(link), $"OutputLink {(int)link} is not one of the enumeration."),
    };

    /// <summary>ln(Σp / Σ(1 − p)), with ln p = −softplus(−o) and ln(1 − p) = −softplus(o).</summary>
    private static string AddLogitOfMean(IOnnxGraph graph, IReadOnlyList<string> logits)
    {
        var (positive, negative) = (new List<string>(), new List<string>());
        for (int index = 0; index < logits.Count; index++)
        {
            string name = $"mean/network{index + 1}";
            string opposite = graph.AddNode("Neg", $"{name}/opposite", [logits[index]]);
            positive.Add(graph.AddNode("Neg", $"{name}/logPositive", [graph.AddNode("Softplus", $"{name}/softplusOpposite", [opposite])]));
            negative.Add(graph.AddNode("Neg", $"{name}/logNegative", [graph.AddNode("Softplus", $"{name}/softplus", [logits[index]])]));
        }
        return graph.AddNode("Sub", "mean", [AddLogOfSum(graph, "mean/positive", positive), AddLogOfSum(graph, "mean/negative", negative)]);
    }

    private static string AddLogOfMean(IOnnxGraph graph, string name, IReadOnlyList<string> logarithms) => graph.AddNode(
        "Sub", name, [AddLogOfSum(graph, $"{name}/sum", logarithms), graph.AddConstant($"{name}/logCount", [MathF.Log(logarithms.Count)])]);

    private static string AddLogOfSum(IOnnxGraph graph, string name, IReadOnlyList<string> logarithms)
    {
        string max = graph.AddNode("Max", $"{name}/max", logarithms);
        string[] exponentials = [.. logarithms.Select((logarithm, index) => graph.AddNode(
            "Exp", $"{name}/exponential{index + 1}", [graph.AddNode("Sub", $"{name}/shifted{index + 1}", [logarithm, max])]))];
        string sum = graph.AddNode("Sum", $"{name}/sum", exponentials);
        return graph.AddNode("Add", name, [max, graph.AddNode("Log", $"{name}/log", [sum])]);
    }

    private static string[] AddBounds(IOnnxGraph graph, IReadOnlyList<string> outputs)
    {
        string minimum = graph.AddConstant("mean/minimum", [-LargestLogit]), maximum = graph.AddConstant("mean/maximum", [LargestLogit]);
        return [.. outputs.Select((output, index) => graph.AddNode(
            "Min", $"mean/bounded{index + 1}", [graph.AddNode("Max", $"mean/above{index + 1}", [output, minimum]), maximum]))];
    }
}
