using Mlp.Models.Intervals;

namespace Mlp.MLNet.Onnx;

/// <summary>Prediction intervals as nodes: lower = p − q₁ s₁, upper = p + q₂ s₂, within bounds.</summary>
internal static class IntervalNodes
{
    private static readonly string[] Sides = ["lower", "upper"];

    /// <summary>Adds both bounds, [rows x targets · levels] each.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="intervals">Of the model.</param>
    /// <param name="predictions">p: [rows x targets].</param>
    /// <param name="inputs">What the networks of the model read.</param>
    /// <param name="names">Of the two results.</param>
    public static void Add(
        IOnnxGraph graph, IntervalModel<float> intervals, string predictions, InputNodes inputs, IReadOnlyList<string> names)
    {
        (int targetCount, int levelCount) = (intervals.TargetCount, intervals.Levels.Length);
        long[] targets = [.. Enumerable.Range(0, targetCount).SelectMany(target => Enumerable.Repeat((long)target, levelCount))];
        string middle = AddGather(graph, "intervals/middle", predictions, targets);
        string? scales = intervals.Scales is null ? null : AddScales(graph, intervals.Scales, inputs);
        string[] bins = [.. Enumerable.Range(0, intervals.BinCount == 1 ? 0 : targetCount)
            .Select(target => AddBin(graph, intervals, target, predictions))];
        for (int side = 0; side < Sides.Length; side++)
        {
            string name = $"intervals/{Sides[side]}";
            string width = AddWidths(graph, intervals, name, side, bins);
            if (scales is not null)
            {
                string own = AddGather(graph, $"{name}/scales", scales, [.. targets.Select(target => 2 * target + side)]);
                width = graph.AddNode("Mul", $"{name}/scaled", [width, own]);
            }
            bool isBounded = intervals.Minima.Any(float.IsFinite) || intervals.Maxima.Any(float.IsFinite);
            string bound = graph.AddNode(side == 0 ? "Sub" : "Add", isBounded ? $"{name}/unbounded" : names[side], [middle, width]);
            if (isBounded)
            {
                ModelNodes.AddBounds(
                    graph, names[side], bound, AddRepeated($"{name}/minima", intervals.Minima),
                    AddRepeated($"{name}/maxima", intervals.Maxima));
            }
        }

        string AddRepeated(string name, float[] values) =>
            graph.AddConstant(name, [.. targets.Select(target => values[target])], targets.Length);
    }

    /// <summary>[rows x targets · 2].</summary>
    private static string AddScales(IOnnxGraph graph, Model<float> model, InputNodes inputs)
    {
        string mean = model.Networks.Count == 1
            ? NetworkNodes.AddOutputs(graph, model.Network, "scales", inputs)
            : graph.AddNode(
                "ReduceMean", "scales/mean", [EnsembleNetworkNodes.AddOutputs(graph, model.Networks, "scales", inputs)],
                new OnnxAttribute("axes", Integers: [0]), new OnnxAttribute("keepdims", 0));
        return ModelNodes.AddBounds(
            graph, "scales/bounded", mean, graph.AddConstant("scales/minima", model.Range!.Minima, model.Range.Minima.Length),
            graph.AddConstant("scales/maxima", model.Range.Maxima, model.Range.Maxima.Length));
    }

    /// <summary>How many of the edges each prediction of a target is beyond: [rows].</summary>
    private static string AddBin(IOnnxGraph graph, IntervalModel<float> intervals, int target, string predictions)
    {
        string name = $"intervals/target{target}";
        int edgeCount = intervals.BinCount - 1;
        string own = AddGather(graph, name, predictions, [target]);
        string edges = graph.AddConstant($"{name}/edges", intervals.Edges.AsSpan(target * edgeCount, edgeCount), 1, edgeCount);
        string beyond = graph.AddNode(
            "Cast", $"{name}/beyond", [graph.AddNode("Greater", $"{name}/isBeyond", [own, edges])],
            new OnnxAttribute("to", (long)OnnxElement.Single));
        string count = graph.AddNode(
            "ReduceSum", $"{name}/count", [beyond], new OnnxAttribute("axes", Integers: [1]), new OnnxAttribute("keepdims", 0));
        return graph.AddNode("Cast", $"{name}/bin", [count], new OnnxAttribute("to", (long)OnnxElement.Int64));
    }

    /// <summary>q of a side: [rows x targets · levels], or [1 x targets · levels] where it is the same for all rows.</summary>
    private static string AddWidths(IOnnxGraph graph, IntervalModel<float> intervals, string name, int side, string[] bins)
    {
        int levelCount = intervals.Levels.Length;
        float[] own = [.. intervals.Multipliers.Where((_, index) => index % 2 == side)];
        if (bins.Length == 0)
            return graph.AddConstant($"{name}/widths", own, 1, own.Length);
        int length = intervals.BinCount * levelCount;
        string[] parts = [.. bins.Select((bin, target) => graph.AddNode(
            "Gather", $"{name}/widths{target}",
            [graph.AddConstant($"{name}/table{target}", own.AsSpan(target * length, length), intervals.BinCount, levelCount), bin],
            OnnxAttribute.Axis(0)))];
        return parts.Length == 1 ? parts[0] : graph.AddNode("Concat", $"{name}/widths", parts, OnnxAttribute.Axis(1));
    }

    private static string AddGather(IOnnxGraph graph, string name, string values, long[] columns) => graph.AddNode(
        "Gather", name, [values, graph.AddConstant($"{name}/columns", columns, columns.Length)], OnnxAttribute.Axis(1));
}
