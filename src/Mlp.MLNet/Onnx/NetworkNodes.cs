namespace Mlp.MLNet.Onnx;

/// <summary>One network as nodes: what its rows are encoded as, the embedding, if any, and a Gemm and an activation per layer.</summary>
internal static class NetworkNodes
{
    /// <summary>The outputs [rows x outputs].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="network">The network.</param>
    /// <param name="name">What the names of its values begin with.</param>
    /// <param name="inputs">Of the model.</param>
    public static string AddOutputs(IOnnxGraph graph, Network<float> network, string name, InputNodes inputs)
    {
        string? value = inputs.AddEncoded(graph, network, $"{name}/inputs");
        if (network.Embedding is not null)
            value = AddEmbedding(graph, network.Embedding, $"{name}/embedding", value!);
        for (int index = 0; index < network.Layers.Count; index++)
        {
            string layerName = $"{name}/layer{index + 1}";
            string sums = AddLinear(graph, network.Layers[index], layerName, value, index == 0 ? inputs.Sparse : null);
            value = ActivationNodes.Add(graph, network.Layers[index].Activation, layerName, sums);
        }
        return value!;
    }

    /// <summary>z = b + x_s W_s + xWᵀ, with W as it is stored: one row per unit, and of the sparse slots one per slot.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">What the names of its values begin with.</param>
    /// <param name="inputs">x; null for a layer whose rows are sparse slots alone.</param>
    /// <param name="sparse">x_s; null for a layer without.</param>
    private static string AddLinear(IOnnxGraph graph, DenseLayer<float> layer, string name, string? inputs, string? sparse)
    {
        string[] dense = inputs is null
            ? [] : [inputs, graph.AddConstant($"{name}/weights", layer.Weights, layer.UnitCount, layer.InputCount)];
        string[] summands = layer.BiasTensor is null ? [] : [graph.AddConstant($"{name}/biases", layer.Biases, layer.UnitCount)];
        if (sparse is not null)
        {
            string weights = graph.AddConstant(
                $"{name}/sparseWeights", layer.SparseWeights, layer.SparseTensor!.RowCount, layer.UnitCount);
            summands = [graph.AddNode("Gemm", $"{name}/sparse", [sparse, weights, .. summands])];
        }
        return inputs is null
            ? summands[0] : graph.AddNode("Gemm", $"{name}/linear", [.. dense, .. summands], new OnnxAttribute("transB", 1));
    }

    /// <summary>
    /// The inputs, then W · cos(2π(w x + b)) + c of each column. Cosines are those of the turns less the nearest whole number: many turns
    /// times 2π would lose the digits that count.
    /// </summary>
    private static string AddEmbedding(IOnnxGraph graph, PeriodicEmbedding<float> embedding, string name, string inputs)
    {
        (int columns, int frequencies, int outputs) = (embedding.Columns.Count, embedding.FrequencyCount, embedding.OutputsPerColumn);
        // Every column as often as it has frequencies: [rows x columns · frequencies].
        long[] indices = [.. embedding.Columns.SelectMany(column => Enumerable.Repeat((long)column, frequencies))];
        string repeated = graph.AddNode(
            "Gather", $"{name}/repeated", [inputs, graph.AddConstant($"{name}/columns", indices, indices.Length)], OnnxAttribute.Axis(1));
        string products = graph.AddNode(
            "Mul", $"{name}/products", [repeated, graph.AddConstant($"{name}/frequencies", embedding.Frequencies, indices.Length)]);
        string turns = graph.AddNode(
            "Add", $"{name}/turns", [products, graph.AddConstant($"{name}/phases", embedding.Phases, indices.Length)]);
        string fractions = graph.AddNode("Sub", $"{name}/fractions", [turns, graph.AddNode("Round", $"{name}/whole", [turns])]);
        string angles = graph.AddNode("Mul", $"{name}/angles", [fractions, graph.AddConstant($"{name}/turn", [float.Tau])]);
        string cosines = graph.AddNode("Cos", $"{name}/cosines", [angles]);

        // [rows x columns x 1 x frequencies] times [columns x outputs x frequencies], summed over the frequencies.
        string waves = graph.AddNode(
            "Reshape", $"{name}/waves", [cosines, graph.AddConstant($"{name}/wavesShape", (long[])[0, columns, 1, frequencies], 4)]);
        string weighted = graph.AddNode(
            "Mul", $"{name}/weighted", [waves, graph.AddConstant($"{name}/weights", embedding.Weights, columns, outputs, frequencies)]);
        string mixed = graph.AddNode(
            "ReduceSum", $"{name}/mixed", [weighted], new OnnxAttribute("axes", Integers: [3]), new OnnxAttribute("keepdims", 0));
        string numbers = graph.AddNode(
            "Reshape", $"{name}/numbers", [mixed, graph.AddConstant($"{name}/numbersShape", (long[])[0, columns * outputs], 2)]);
        string shifted = graph.AddNode(
            "Add", $"{name}/shifted", [numbers, graph.AddConstant($"{name}/biases", embedding.Biases, columns * outputs)]);
        return graph.AddNode("Concat", name, [inputs, shifted], OnnxAttribute.Axis(1));
    }
}
