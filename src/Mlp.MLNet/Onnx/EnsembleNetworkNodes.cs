namespace Mlp.MLNet.Onnx;

/// <summary>
/// Several networks of one shape as nodes: every node computes what it stands for of all networks at once, [networks x rows x values]. A
/// runtime spends as long on a node as on some thousand multiplications, and one network after the other has that many times the nodes.
/// </summary>
internal static class EnsembleNetworkNodes
{
    /// <summary>The outputs [networks x rows x outputs].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="networks">At least two.</param>
    /// <param name="name">What the names of its values begin with.</param>
    /// <param name="inputs">Of the model.</param>
    public static string AddOutputs(IOnnxGraph graph, IReadOnlyList<Network<float>> networks, string name, InputNodes inputs)
    {
        (string? value, bool isShared) = inputs.AddEncoded(graph, networks, $"{name}/inputs");
        int padding = 0;
        if (networks[0].Embedding is not null)
            (value, padding) = EnsembleEmbeddingNodes.Add(graph, networks, $"{name}/embedding", value!, isShared);
        for (int index = 0; index < networks[0].Layers.Count; index++)
        {
            string layerName = $"{name}/layer{index + 1}";
            DenseLayer<float>[] layers = [.. networks.Select(network => network.Layers[index])];
            string sums = index == 0
                ? AddLinear(graph, layers, layerName, value, padding, inputs.Sparse) : AddLinear(graph, layers, layerName, value);
            value = ActivationNodes.Add(graph, layers[0].Activation, layerName, sums);
        }
        return value!;
    }

    /// <summary>Numbers of each network, one network after the other.</summary>
    public static float[] Stack(IEnumerable<float[]> parts) => [.. parts.SelectMany(part => part)];

    /// <summary>Repeats values for every network: [rows x values] becomes [networks x rows x values].</summary>
    public static string AddRepeated(IOnnxGraph graph, string name, string values, int networkCount)
    {
        var ones = new float[networkCount];
        Array.Fill(ones, 1);
        return graph.AddNode("Mul", name, [values, graph.AddConstant($"{name}/ones", ones, networkCount, 1, 1)]);
    }

    /// <summary>z = b + x_s W_s + xWᵀ, with Wᵀ [networks x inputs x units].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="layers">One of each network.</param>
    /// <param name="name">What the names of its values begin with.</param>
    /// <param name="inputs">x; null for layers whose rows are sparse slots alone.</param>
    /// <param name="padding">Numbers at the end of x that do not count.</param>
    /// <param name="sparse">x_s; null for layers without.</param>
    private static string AddLinear(
        IOnnxGraph graph, DenseLayer<float>[] layers, string name, string? inputs, int padding = 0, string? sparse = null)
    {
        (int count, int units) = (layers.Length, layers[0].UnitCount);
        var summands = new List<string>();
        if (inputs is not null)
        {
            string weights = graph.AddConstant(
                $"{name}/weights", Stack(layers.Select(layer => Transposed(layer, padding))), count, layers[0].InputCount + padding, units);
            summands.Add(graph.AddNode("MatMul", $"{name}/products", [inputs, weights]));
        }
        if (sparse is not null)
        {
            string weights = graph.AddConstant(
                $"{name}/sparseWeights", Stack(layers.Select(layer => layer.SparseWeights.ToArray())), count,
                layers[0].SparseTensor!.RowCount, units);
            summands.Add(graph.AddNode("MatMul", $"{name}/sparse", [sparse, weights]));
        }
        if (layers[0].BiasTensor is not null)
            summands.Add(graph.AddConstant($"{name}/biases", Stack(layers.Select(layer => layer.Biases.ToArray())), count, 1, units));
        string sum = summands[0];
        for (int index = 1; index < summands.Count; index++)
            sum = graph.AddNode("Add", $"{name}/sum{index}", [sum, summands[index]]);
        return sum;
    }

    /// <summary>Wᵀ, and rows of zeros.</summary>
    private static float[] Transposed(DenseLayer<float> layer, int padding)
    {
        (int units, int inputs) = (layer.UnitCount, layer.InputCount);
        var transposed = new float[(inputs + padding) * units];
        ReadOnlySpan<float> weights = layer.Weights;
        for (int index = 0; index < weights.Length; index++)
            transposed[index % inputs * units + index / inputs] = weights[index];
        return transposed;
    }
}
