using Mlp.Losses;

namespace Mlp.MLNet.Onnx;

/// <summary>A model as a graph: features, networks, the mean of their predictions, temperature and range.</summary>
/// <remarks>Operators of version 12 of the standard set, in single precision, in forms that neither overflow nor cancel.</remarks>
internal static class ModelNodes
{
    /// <summary>What <see cref="Predictor{T}"/> gives: outputs before the model's link, [rows x outputs].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="names">What the graph calls the model's inputs; features are raw.</param>
    public static string AddOutputs(IOnnxGraph graph, Model<float> model, GraphInputs names) =>
        AddOutputs(graph, model, InputNodes.Add(graph, model, names));

    /// <inheritdoc cref="AddOutputs(IOnnxGraph, Model{float}, GraphInputs)"/>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">What its networks read.</param>
    public static string AddOutputs(IOnnxGraph graph, Model<float> model, InputNodes inputs)
    {
        string output = model.Networks.Count == 1
            ? NetworkNodes.AddOutputs(graph, model.Network, "network", inputs)
            : EnsembleNodes.AddMean(
                graph, model.Link, EnsembleNetworkNodes.AddOutputs(graph, model.Networks, "networks", inputs), model.Networks.Count);
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
    public static string AddBounds(IOnnxGraph graph, string name, string value, string minimum, string maximum) =>
        graph.AddNode("Min", name, [graph.AddNode("Max", $"{name}/above", [value, minimum]), maximum]);
}
