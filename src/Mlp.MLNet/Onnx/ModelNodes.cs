using Mlp.Losses;

namespace Mlp.MLNet.Onnx;

/// <summary>A model as a graph: scaling, networks, the mean of their predictions, temperature and range.</summary>
/// <remarks>Operators of version 12 of the standard set, in single precision, in forms that neither overflow nor cancel.</remarks>
internal static class ModelNodes
{
    // As the smooth clip of FeatureScaling: far beyond the limit, where the square of the ratio overflows.
    private const float FarRatio = 1e9f;

    /// <summary>What <see cref="Predictor{T}"/> gives: outputs before the model's link, [rows x outputs].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">Raw features [rows x inputs].</param>
    public static string AddOutputs(IOnnxGraph graph, Model<float> model, string features)
    {
        string scaled = model.Scaling is null ? features : AddScaling(graph, model.Scaling, features);
        string[] outputs = [.. model.Networks.Select((network, index) =>
            NetworkNodes.AddOutputs(graph, network, model.Networks.Count == 1 ? "network" : $"network{index + 1}", scaled))];
        string output = outputs.Length == 1 ? outputs[0] : EnsembleNodes.AddMean(graph, model.Link, outputs);
        if (model.Temperature != 1 && model.Link is OutputLink.Sigmoid or OutputLink.Softmax)
            output = graph.AddNode("Div", "tempered", [output, graph.AddConstant("temperature", [(float)model.Temperature])]);
        if (model.MeanOutputOffsets() is { Length: > 0 } offsets)
            output = AddOffsets(graph, offsets, output);
        return model.Range is null ? output : AddRange(graph, model.Range, output);
    }

    /// <summary>What the outputs stand for, as <see cref="OutputLinks"/> has it.</summary>
    /// <param name="graph">Gets the node.</param>
    /// <param name="link">Of the model.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="output">[rows x outputs].</param>
    public static string AddLink(IOnnxGraph graph, OutputLink link, string name, string output) => link switch
    {
        OutputLink.Identity => graph.AddNode("Identity", name, [output]),
        OutputLink.Sigmoid => graph.AddNode("Sigmoid", name, [output]),
        OutputLink.Softmax => graph.AddNode("Softmax", name, [output], OnnxAttribute.Axis(1)),
        OutputLink.Exponential => graph.AddNode("Exp", name, [output]),
        _ => throw new ArgumentOutOfRangeException(nameof(link), $"OutputLink {(int)link} is not one of the enumeration."),
    };

    /// <summary>z = (x − offset) · factor; with a limit c, z / √(1 + (z / c)²).</summary>
    private static string AddScaling(IOnnxGraph graph, FeatureScaling<float> scaling, string features)
    {
        int count = scaling.Offsets.Length;
        string centred = graph.AddNode("Sub", "scaling/centred", [features, graph.AddConstant("scaling/offsets", scaling.Offsets, count)]);
        string scaled = graph.AddNode("Mul", "scaling/scaled", [centred, graph.AddConstant("scaling/factors", scaling.Factors, count)]);
        if (scaling.Limit is not float limit)
            return scaled;
        string limitName = graph.AddConstant("scaling/limit", [limit]);
        string ratio = AddBounds(
            graph, "scaling/ratio", graph.AddNode("Div", "scaling/ratio/unbounded", [scaled, limitName]),
            graph.AddConstant("scaling/ratio/minimum", [-FarRatio]), graph.AddConstant("scaling/ratio/maximum", [FarRatio]));
        string square = graph.AddNode("Mul", "scaling/square", [ratio, ratio]);
        string root = graph.AddNode(
            "Sqrt", "scaling/root", [graph.AddNode("Add", "scaling/sum", [square, graph.AddConstant("scaling/one", [1f])])]);
        return graph.AddNode("Div", "scaling/clipped", [graph.AddNode("Mul", "scaling/unclipped", [ratio, limitName]), root]);
    }

    /// <summary>In two parts, of which the sum of the first with the output keeps the digits that the second alone would cost.</summary>
    private static string AddOffsets(IOnnxGraph graph, double[] offsets, string output)
    {
        float[] high = [.. offsets.Select(offset => (float)offset)], low = [.. offsets.Zip(high, (offset, part) => (float)(offset - part))];
        string near = graph.AddNode("Add", "offset/low", [output, graph.AddConstant("offset/lowParts", low, low.Length)]);
        return graph.AddNode("Add", "offset/shifted", [near, graph.AddConstant("offset/highParts", high, high.Length)]);
    }

    private static string AddRange(IOnnxGraph graph, TargetRange<float> range, string output) => AddBounds(
        graph, "range/bounded", output,
        graph.AddConstant("range/minima", range.Minima, range.Minima.Length),
        graph.AddConstant("range/maxima", range.Maxima, range.Maxima.Length));

    /// <summary>By Max and Min, which leave NaN alone; Clip may not, and takes one bound for all columns.</summary>
    private static string AddBounds(IOnnxGraph graph, string name, string value, string minimum, string maximum) =>
        graph.AddNode("Min", name, [graph.AddNode("Max", $"{name}/above", [value, minimum]), maximum]);
}
