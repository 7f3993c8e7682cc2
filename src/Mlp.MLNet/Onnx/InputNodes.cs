using Mlp.Data;
using Mlp.Networks;

namespace Mlp.MLNet.Onnx;

/// <summary>
/// What the networks of a model read, as nodes: scaled numbers, which of them are missing, an index per category, scaled sparse slots.
/// They are the same for all networks, which make a row of numbers of them.
/// </summary>
internal sealed class InputNodes
{
    private readonly float[]? _middles;
    // Null where the model has none.
    private readonly string? _numbers, _areMissing, _indicators;
    private readonly IReadOnlyList<string> _indices;

    private InputNodes(IOnnxGraph graph, Model<float> model, GraphInputs names)
    {
        string features = names.Features;
        InputDescription inputs = model.Network.Inputs;
        _middles = model.Middles;
        var indices = new List<string>();
        if (model.Layout is { Categories.Length: > 0 } layout)
            indices.AddRange(CategoryNodes.AddIndices(graph, layout.Categories, features));
        string? unscaled = null;
        if (inputs.NumberCount > 0)
        {
            string numbers = unscaled = AddNumbers(graph, model.Layout, features);
            indices.AddRange(CategoryNodes.AddBins(graph, model.Layout?.Bins ?? [], numbers));
            // Missing is what the engine has NaN for after the scaling.
            (_numbers, string raw) = model.Scaling is null ? (numbers, numbers) : ScalingNodes.Add(graph, model.Scaling, numbers);
            if (_middles is not null || inputs.MissingColumns.Count > 0)
                _areMissing = graph.AddNode("IsNaN", "inputs/areMissing", [raw]);
            if (inputs.MissingColumns.Count > 0)
                _indicators = AddIndicators(graph, inputs.MissingColumns, _areMissing!);
            else if (_middles is not null)
                _numbers = AddFilled(graph, "inputs/numbers", _middles, _middles.Length);
        }
        indices.AddRange(CategoryNodes.AddCrosses(graph, model.Layout?.Crosses ?? [], indices, unscaled));
        indices.AddRange(CategoryNodes.AddKeys(graph, model.Layout?.KeyCounts ?? [], names.Keys));
        _indices = indices;
        if (inputs.SparseCount > 0)
            Sparse = AddSparse(graph, model, features);
    }

    /// <summary>[rows x sparse slots]; null for a model without.</summary>
    public string? Sparse { get; }

    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">Its scaling and layout say what features become.</param>
    /// <param name="names">What the graph calls them.</param>
    public static InputNodes Add(IOnnxGraph graph, Model<float> model, GraphInputs names) => new(graph, model, names);

    /// <summary>[numbers | indicators | embeddings], as the encoder of a network gives it; null for rows of sparse slots alone.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="network">Its encoder has what it learnt.</param>
    /// <param name="name">What the names of its values begin with.</param>
    public string? AddEncoded(IOnnxGraph graph, Network<float> network, string name)
    {
        var parts = new List<string>();
        if (_indicators is not null)
            parts.AddRange(AddFilled(graph, $"{name}/numbers", FillingsOf(network), network.InputCount), _indicators);
        else if (_numbers is not null)
            parts.Add(_numbers);
        for (int category = 0; category < _indices.Count; category++)
        {
            parts.Add(CategoryNodes.AddEmbedding(
                graph, $"{name}/category{category + 1}", network.Encoder!.Base(category), network.Encoder.Table(category),
                _indices[category]));
        }
        return parts.Count > 1 ? graph.AddNode("Concat", name, parts, OnnxAttribute.Axis(1)) : parts.SingleOrDefault();
    }

    /// <summary>The encoded inputs of several networks at once: [networks x rows x values], or [rows x values] where all get the
    /// same.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="networks">Their encoders have what they learnt.</param>
    /// <param name="name">What the names of its values begin with.</param>
    public (string? Values, bool IsShared) AddEncoded(IOnnxGraph graph, IReadOnlyList<Network<float>> networks, string name)
    {
        if (_indicators is null && _indices.Count == 0)
            return (_numbers, true);
        int count = networks.Count;
        var parts = new List<string>();
        if (_indicators is not null)
        {
            float[] fillings = EnsembleNetworkNodes.Stack(networks.Select(FillingsOf));
            parts.Add(AddFilled(graph, $"{name}/numbers", fillings, count, 1, fillings.Length / count));
            parts.Add(EnsembleNetworkNodes.AddRepeated(graph, $"{name}/indicators", _indicators, count));
        }
        else if (_numbers is not null)
            parts.Add(EnsembleNetworkNodes.AddRepeated(graph, $"{name}/numbers", _numbers, count));
        for (int category = 0; category < _indices.Count; category++)
            parts.Add(CategoryNodes.AddEmbeddings(graph, $"{name}/category{category + 1}", networks, category, _indices[category]));
        return (parts.Count > 1 ? graph.AddNode("Concat", name, parts, OnnxAttribute.Axis(2)) : parts[0], false);
    }

    private static string AddNumbers(IOnnxGraph graph, FeatureLayout? layout, string features) => layout is null or { IsIdentity: true }
        ? features : AddColumns(graph, "inputs/selected", "inputs/slots", layout.NumberSlots, features);

    private static string AddIndicators(IOnnxGraph graph, IReadOnlyList<int> columns, string areMissing) => graph.AddNode(
        "Cast", "inputs/indicators", [AddColumns(graph, "inputs/learntMissing", "inputs/learntColumns", columns, areMissing)],
        new OnnxAttribute("to", (long)OnnxElement.Single));

    /// <summary>A missing value counts as 0, as in the engine's encoder.</summary>
    private static string AddSparse(IOnnxGraph graph, Model<float> model, string features)
    {
        string slots = AddColumns(graph, "sparse/selected", "sparse/slots", model.Layout!.SparseSlots, features);
        string filled = graph.AddNode(
            "Where", "sparse/filled",
            [graph.AddNode("IsNaN", "sparse/areMissing", [slots]), graph.AddConstant("sparse/missing", [0f]), slots]);
        return model.SparseScaling is null ? filled : ScalingNodes.AddSparse(graph, model.SparseScaling, filled);
    }

    private static string AddColumns(IOnnxGraph graph, string name, string indexName, IReadOnlyList<int> columns, string values)
    {
        long[] indices = [.. columns.Select(column => (long)column)];
        return graph.AddNode("Gather", name, [values, graph.AddConstant(indexName, indices, indices.Length)], OnnxAttribute.Axis(1));
    }

    /// <summary>The numbers, and where they are missing what stands for them.</summary>
    private string AddFilled(IOnnxGraph graph, string name, float[] fillings, params ReadOnlySpan<long> dimensions) =>
        graph.AddNode("Where", name, [_areMissing!, graph.AddConstant($"{name}/fillings", fillings, dimensions), _numbers!]);

    /// <summary>What stands for each number that is missing: the learnt value, otherwise its middle, and NaN where there is
    /// neither.</summary>
    private float[] FillingsOf(Network<float> network)
    {
        var fillings = new float[network.InputCount];
        if (_middles is null)
            Array.Fill(fillings, float.NaN);
        else
            _middles.CopyTo(fillings, 0);
        ReadOnlySpan<float> learnt = network.Encoder!.MissingValues;
        for (int index = 0; index < learnt.Length; index++)
            fillings[network.Inputs.MissingColumns[index]] = learnt[index];
        return fillings;
    }
}
