namespace Mlp.MLNet.Onnx;

/// <summary>The periodic embeddings of several networks at once.</summary>
/// <remarks>
/// Columns go in groups, [networks x groups x rows x columns · frequencies]: a product with a matrix of blocks mixes the cosines of a
/// group. One column by itself is too little for a product, and all of them in one matrix would be mostly zeros. The last group may be
/// filled up with columns that are 0 and weigh nothing.
/// </remarks>
internal sealed class EnsembleEmbeddingNodes
{
    // Cosines of a group, about: a few vectors.
    private const int GroupWidth = 64;

    private readonly PeriodicEmbedding<float>[] _embeddings;
    private readonly int _columnCount, _frequencyCount, _outputCount, _groupSize, _groupCount;

    private EnsembleEmbeddingNodes(PeriodicEmbedding<float>[] embeddings)
    {
        _embeddings = embeddings;
        PeriodicEmbedding<float> first = embeddings[0];
        (_columnCount, _frequencyCount, _outputCount) = (first.Columns.Count, first.FrequencyCount, first.OutputsPerColumn);
        _groupSize = Math.Clamp(GroupWidth / _frequencyCount, 1, _columnCount);
        _groupCount = (_columnCount + _groupSize - 1) / _groupSize;
    }

    /// <summary>The inputs and what the embeddings make of them, [networks x rows x values], and how many values at their end do not
    /// count.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="networks">At least two, with an embedding.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="inputs">[networks x rows x values].</param>
    /// <param name="isShared">Whether they are the same for all networks, [rows x values].</param>
    public static (string Values, int Padding) Add(
        IOnnxGraph graph, IReadOnlyList<Network<float>> networks, string name, string inputs, bool isShared)
    {
        var nodes = new EnsembleEmbeddingNodes([.. networks.Select(network => network.Embedding!)]);
        string own = isShared ? EnsembleNetworkNodes.AddRepeated(graph, $"{name}/inputs", inputs, networks.Count) : inputs;
        string rows = isShared ? inputs : graph.AddNode(
            "Unsqueeze", $"{name}/rows", [inputs], new OnnxAttribute("axes", Integers: [1]));
        string numbers = nodes.AddNumbers(graph, name, rows);
        int padding = (nodes._groupCount * nodes._groupSize - nodes._columnCount) * nodes._outputCount;
        return (graph.AddNode("Concat", name, [own, numbers], OnnxAttribute.Axis(2)), padding);
    }

    /// <summary>W · cos(2π(w x + b)) + c, as <see cref="NetworkNodes"/> has it.</summary>
    private string AddNumbers(IOnnxGraph graph, string name, string rows)
    {
        int inputCount = _embeddings[0].InputCount, width = _groupSize * _frequencyCount, numbers = _groupSize * _outputCount;
        string selection = graph.AddConstant($"{name}/selection", Selection(inputCount), _groupCount, inputCount, width);
        string repeated = graph.AddNode("MatMul", $"{name}/repeated", [rows, selection]);
        string products = graph.AddNode(
            "Mul", $"{name}/products", [repeated, Constant("frequencies", ByColumn(embedding => embedding.Frequencies), 1, width)]);
        string turns = graph.AddNode(
            "Add", $"{name}/turns", [products, Constant("phases", ByColumn(embedding => embedding.Phases), 1, width)]);
        string fractions = graph.AddNode("Sub", $"{name}/fractions", [turns, graph.AddNode("Round", $"{name}/whole", [turns])]);
        string angles = graph.AddNode("Mul", $"{name}/angles", [fractions, graph.AddConstant($"{name}/turn", [float.Tau])]);
        string cosines = graph.AddNode("Cos", $"{name}/cosines", [angles]);
        string mixed = graph.AddNode("MatMul", $"{name}/mixed", [cosines, Constant("weights", Blocks(), width, numbers)]);
        string shifted = graph.AddNode(
            "Add", $"{name}/shifted", [mixed, Constant("biases", ByColumn(embedding => embedding.Biases), 1, numbers)]);
        string byRow = graph.AddNode("Transpose", $"{name}/byRow", [shifted], new OnnxAttribute("perm", Integers: [0, 2, 1, 3]));
        string shape = graph.AddConstant($"{name}/numbersShape", (long[])[0, 0, _groupCount * numbers], 3);
        return graph.AddNode("Reshape", $"{name}/numbers", [byRow, shape]);

        string Constant(string part, float[] values, int rowCount, int columnCount) =>
            graph.AddConstant($"{name}/{part}", values, _embeddings.Length, _groupCount, rowCount, columnCount);
    }

    /// <summary>Ones that repeat each column as often as it has frequencies, [groups x inputs x width]: a product with it is a gathering
    /// that runtimes do quickly.</summary>
    private float[] Selection(int inputCount)
    {
        int width = _groupSize * _frequencyCount;
        var selection = new float[_groupCount * inputCount * width];
        for (int index = 0; index < _columnCount; index++)
        {
            (int group, int place) = Math.DivRem(index, _groupSize);
            int row = group * inputCount + _embeddings[0].Columns[index];
            selection.AsSpan(row * width + place * _frequencyCount, _frequencyCount).Fill(1);
        }
        return selection;
    }

    /// <summary>Values of each column, and zeros for what fills the last group up, network after network.</summary>
    private float[] ByColumn(Func<PeriodicEmbedding<float>, Span<float>> values) =>
        EnsembleNetworkNodes.Stack(_embeddings.Select(embedding =>
        {
            Span<float> own = values(embedding);
            var padded = new float[own.Length / _columnCount * _groupCount * _groupSize];
            own.CopyTo(padded);
            return padded;
        }));

    /// <summary>W of the columns of a group as blocks on a diagonal, [networks x groups x width x numbers].</summary>
    private float[] Blocks()
    {
        int width = _groupSize * _frequencyCount, numbers = _groupSize * _outputCount;
        var blocks = new float[_embeddings.Length * _groupCount * width * numbers];
        for (int network = 0; network < _embeddings.Length; network++)
        {
            ReadOnlySpan<float> weights = _embeddings[network].Weights;
            for (int index = 0; index < weights.Length; index++)
            {
                (int row, int frequency) = Math.DivRem(index, _frequencyCount);
                (int column, int output) = Math.DivRem(row, _outputCount);
                (int group, int place) = Math.DivRem(column, _groupSize);
                int block = (network * _groupCount + group) * width + place * _frequencyCount + frequency;
                blocks[block * numbers + place * _outputCount + output] = weights[index];
            }
        }
        return blocks;
    }
}
