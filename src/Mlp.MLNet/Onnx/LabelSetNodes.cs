using Mlp.Models.Intervals;

namespace Mlp.MLNet.Onnx;

/// <summary>Sets of classes as nodes: those whose probability reaches a threshold, and the most probable one.</summary>
internal static class LabelSetNodes
{
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="sets">Of the model.</param>
    /// <param name="probabilities">[rows x classes].</param>
    /// <param name="name">Of the result, [rows x classes] of Boolean.</param>
    /// <remarks>p ≥ t is "not p &lt; t" of numbers; a NaN is in no set.</remarks>
    public static void Add(IOnnxGraph graph, LabelSets sets, string probabilities, string name)
    {
        string largest = graph.AddNode(
            "ReduceMax", $"{name}/largest", [probabilities], new OnnxAttribute("axes", Integers: [1]), new OnnxAttribute("keepdims", 1));
        // The least of both bounds: what reaches it is in the set.
        string least = graph.AddNode(
            "Min", $"{name}/least", [largest, graph.AddConstant($"{name}/threshold", [sets.Threshold], 1, 1)]);
        string isBelow = graph.AddNode("Less", $"{name}/isBelow", [probabilities, least]);
        string isMissing = graph.AddNode("IsNaN", $"{name}/isMissing", [probabilities]);
        graph.AddNode("Not", name, [graph.AddNode("Or", $"{name}/isOut", [isBelow, isMissing])]);
    }
}
