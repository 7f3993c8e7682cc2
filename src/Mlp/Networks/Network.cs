using System.Numerics;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp;

/// <summary>A multilayer perceptron: dense layers, one after another, and their parameters.</summary>
/// <remarks>Predicting is thread-safe as long as no other thread trains the network or writes to its parameters.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T>[] _layers;
    private double[] _outputOffsets = [];

    private Network(InputDescription inputs, PeriodicEmbeddingDescription? embedding, IReadOnlyList<DenseLayerDescription> descriptions)
    {
        Inputs = inputs;
        var tensors = new List<ParameterTensor>();
        long offset = embedding is null ? 0 : PeriodicEmbedding<T>.CountParameters(embedding);
        long width = inputs.EncodedCount + (embedding is null ? 0 : (long)embedding.Columns.Count * embedding.Outputs);
        CheckFits(offset, width, "in the embedding");
        if (embedding is not null)
            tensors.AddRange(PeriodicEmbedding<T>.CreateTensors(embedding));
        var fanIn = (int)width;
        for (int index = 0; index < descriptions.Count; index++)
        {
            int units = descriptions[index].Units;
            long next = offset + (long)units * fanIn + (descriptions[index].HasBiases ? units : 0);
            CheckFits(next, fanIn, $"up to layer {index + 1} ({units} x {fanIn})");
            tensors.Add(new ParameterTensor(index, IsBias: false, (int)offset, units, fanIn));
            if (descriptions[index].HasBiases)
                tensors.Add(new ParameterTensor(index, IsBias: true, (int)(next - units), units, 1));
            (offset, fanIn) = (next, units);
        }
        AddInputTensors(inputs, descriptions[0].Units, offset, tensors);
        Parameters = new ParameterBlock<T>(tensors);
        Embedding = embedding is null ? null : new PeriodicEmbedding<T>(
            Parameters, [.. tensors.Where(tensor => tensor.EmbeddingPart is not null)], embedding, (int)inputs.EncodedCount);
        Encoder = InputEncoder<T>.For(inputs, Parameters);
        _layers = [.. descriptions.Select((description, index) => new DenseLayer<T>(
            Parameters,
            tensors.Single(tensor => tensor.LayerIndex == index && !tensor.IsBias && !tensor.IsTable),
            tensors.SingleOrDefault(tensor => tensor.LayerIndex == index && tensor.IsBias),
            description.Activation,
            tensors.SingleOrDefault(tensor => tensor.LayerIndex == index && tensor.IsTable)))];
    }

    /// <summary>What comes before the layers takes the end of the parameters, tables last.</summary>
    private static void AddInputTensors(InputDescription inputs, int units, long offset, List<ParameterTensor> tensors)
    {
        (List<ParameterTensor> dense, List<ParameterTensor> tables) = InputEncoder<T>.CreateTensors(inputs);
        if (inputs.SparseCount > 0)
            tables.Add(new ParameterTensor(LayerIndex: 0, IsBias: false, Offset: 0, inputs.SparseCount, units) { IsTable = true });
        foreach (ParameterTensor tensor in dense.Concat(tables))
        {
            long length = (long)tensor.RowCount * tensor.ColumnCount;
            CheckFits(offset + length, length, $"up to the {tensor.Name}");
            tensors.Add(tensor with { Offset = (int)offset });
            offset += length;
        }
    }

    private static void CheckFits(long parameterCount, long width, string where)
    {
        if (parameterCount > Limits.ArrayLength || width > Limits.ArrayLength)
        {
            throw new ArgumentOutOfRangeException(
                "descriptions",
                $"The network has more than {parameterCount - 1:N0} parameters {where}; an array holds at most {Limits.ArrayLength:N0}. "
                    + "Use fewer units.");
        }
    }

    /// <summary>Numbers of a row. Categories and sparse slots, which a model's layout may give beside them, are not counted.</summary>
    public int InputCount => Inputs.NumberCount;

    /// <summary>What a row consists of.</summary>
    internal InputDescription Inputs { get; }

    /// <summary>Fills in missing numbers and looks categories up; null where there is neither.</summary>
    internal InputEncoder<T>? Encoder { get; }

    /// <summary>Numbers of a row after <see cref="Encoder"/>.</summary>
    internal int EncodedCount => Encoder?.OutputCount ?? InputCount;

    /// <summary>Outputs of a row: the units of the last layer.</summary>
    public int OutputCount => _layers[^1].UnitCount;

    /// <summary>What the inputs go through before the first layer; null for nothing.</summary>
    public PeriodicEmbedding<T>? Embedding { get; }

    /// <summary>First hidden layer first; the last one gives the outputs.</summary>
    public IReadOnlyList<DenseLayer<T>> Layers => field ??= Array.AsReadOnly(_layers);

    /// <summary>All weights and biases.</summary>
    public ParameterBlock<T> Parameters { get; }

    /// <summary>
    /// Added to the outputs, last and in double: one finite value per output, in its unit; empty for nothing. Default: empty. So a
    /// mean that is large against what the last layer gives costs no digits. <see cref="TargetScaling{T}.FoldInto"/> sets it. No parameter:
    /// training leaves it alone.
    /// </summary>
    /// <exception cref="ArgumentException">The number of values is neither 0 nor <see cref="OutputCount"/>, or one is not
    /// finite.</exception>
    public IReadOnlyList<double> OutputOffsets
    {
        get => _outputOffsets;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count != 0 && (value.Count != OutputCount || !value.All(double.IsFinite)))
            {
                throw new ArgumentException(
                    $"OutputOffsets is [{string.Join(", ", value)}]; it must have one finite value for each of the {OutputCount} "
                        + "outputs, or none.", nameof(OutputOffsets));
            }
            _outputOffsets = [.. value];
        }
    }

    /// <summary>Creates a network and draws its parameters.</summary>
    /// <param name="inputCount">Numbers of a row, at least 1.</param>
    /// <param name="layers">At least one dense layer, the output layer last. One alone is a linear model. A
    /// <see cref="Layer.PeriodicEmbedding"/> may come first.</param>
    /// <param name="seed">The same seed draws the same parameters on every platform.</param>
    /// <exception cref="ArgumentException">There is no layer, a size is below 1, or the parameters do not fit in an array.</exception>
    public static Network<T> Create(int inputCount, IReadOnlyList<Layer> layers, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(layers);
        RangeCheck.AtLeast(1, inputCount);
        return Create(new InputDescription(inputCount), layers, seed);
    }

    /// <inheritdoc cref="Create(int, IReadOnlyList{Layer}, int)"/>
    internal static Network<T> Create(InputDescription inputs, IReadOnlyList<Layer> layers, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(layers);
        inputs.Validate();
        if (layers.Count == 0)
            throw new ArgumentException(
                "The list of layers is empty; a network needs at least its output layer. Add Layer.Dense(units).", nameof(layers));
        var embedding = layers[0] as PeriodicEmbeddingDescription;
        embedding?.Validate(inputs.NumberCount);
        DenseLayerDescription[] descriptions = [.. layers.Skip(embedding is null ? 0 : 1).Select(layer => layer as DenseLayerDescription
            ?? throw new ArgumentException(
                layer is null ? "A layer is null. Use Layer.Dense(units)."
                : "A periodic embedding is not the first of the layers. Put it there.", nameof(layers)))];
        if (descriptions.Length == 0)
            throw new ArgumentException(
                "The list of layers has only an embedding; a network needs at least its output layer. Add Layer.Dense(units).",
                nameof(layers));
        for (int index = 0; index < descriptions.Length; index++)
        {
            if (descriptions[index].Units < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(layers),
                    $"layers[{index + layers.Count - descriptions.Length}] has {descriptions[index].Units} units; every layer needs "
                        + "at least 1.");
            }
        }

        var network = new Network<T>(inputs, embedding, descriptions);
        var random = new RandomSource(seed);
        network.Embedding?.Initialize(embedding!.FrequencyDeviation, random);
        foreach ((DenseLayer<T> layer, DenseLayerDescription description) in network.Layers.Zip(descriptions))
        {
            Initializer weights = (description.WeightInitializer ?? Initializer.Automatic).For(description.Activation);
            int fanIn = layer.InputCount;
            if (layer.SparseTensor is null)
                weights.Fill(layer.Weights, fanIn, layer.UnitCount, random);
            else
            {
                fanIn += inputs.SparseCount;
                FillSparse(layer, weights, inputs, random);
            }
            // Embeddings begin at 0. With weights of 0 behind them, as presets have them in the last layer, which is the first of a linear
            // model, neither would ever move.
            if (layer == network.Layers[0] && inputs.Categories.Count > 0 && !layer.Weights.ContainsAnyExcept(T.Zero))
                Initializer.DefaultFor(description.Activation).Fill(layer.Weights, fanIn, layer.UnitCount, random);
            description.BiasInitializer.Fill(layer.Biases, fanIn, layer.UnitCount, random);
        }
        return network;
    }

    /// <summary>Unit after unit, first the sparse slots and then the others: a dense layer of as many inputs draws the same.</summary>
    private static void FillSparse(DenseLayer<T> layer, Initializer initializer, InputDescription inputs, RandomSource random)
    {
        int fanIn = inputs.SparseCount + layer.InputCount;
        var drawn = new T[inputs.SparseCount];
        Span<T> weights = layer.Weights, sparseWeights = layer.SparseWeights;
        for (int unit = 0; unit < layer.UnitCount; unit++)
        {
            initializer.Fill(drawn.AsSpan(), fanIn, layer.UnitCount, random);
            for (int slot = 0; slot < drawn.Length; slot++)
                sparseWeights[slot * layer.UnitCount + unit] = drawn[slot];
            initializer.Fill(weights.Slice(unit * layer.InputCount, layer.InputCount), fanIn, layer.UnitCount, random);
        }
    }

    /// <summary>A network whose parameters are all 0, of descriptions that are known to be in range.</summary>
    internal static Network<T> CreateBlank(
        InputDescription inputs, PeriodicEmbeddingDescription? embedding, IReadOnlyList<DenseLayerDescription> layers) =>
        new(inputs, embedding, layers);

    /// <summary>Whether another network has the same inputs, embedding, layers and activations: its parameters mean the same.</summary>
    internal bool HasShapeOf(Network<T> other) =>
        Inputs.HasShapeOf(other.Inputs)
        && (Embedding?.Columns ?? []).SequenceEqual(other.Embedding?.Columns ?? [])
        && Parameters.Tensors.SequenceEqual(other.Parameters.Tensors)
        && Layers.Select(layer => layer.Activation).SequenceEqual(other.Layers.Select(layer => layer.Activation));

    /// <summary>What the last layer gives for a batch [rows x OutputCount], without <see cref="OutputOffsets"/>.</summary>
    /// <param name="inputs">As <see cref="Inputs"/> has it.</param>
    /// <param name="rowCount">At most as many as the workspace has room for.</param>
    /// <param name="workspace">Gets every layer's activations and, for training, everything a backward pass needs.</param>
    /// <param name="packed">A copy of the parameters to read instead; null for the network's own.</param>
    /// <param name="withoutLast">Ends with what the last layer gets instead; where there is more than one.</param>
    internal Span<T> Forward(
        scoped in InputBatch<T> inputs, int rowCount, Workspace<T> workspace, PackedParameters<T>? packed = null,
        bool withoutLast = false)
    {
        ReadOnlySpan<T> encoded = inputs.Numbers;
        if (Encoder is not null)
        {
            Encoder.Forward(in inputs, workspace.Encoded(rowCount), rowCount);
            encoded = workspace.Encoded(rowCount);
        }
        return ForwardEncoded(encoded, in inputs.Sparse, rowCount, workspace, packed, withoutLast);
    }

    /// <summary>What the last layer gives for what <see cref="Encoder"/> gave, as <see cref="Forward"/>.</summary>
    /// <param name="encoded">[rows x <see cref="EncodedCount"/>].</param>
    /// <param name="sparse">The sparse slots of the rows.</param>
    /// <param name="rowCount">As in <see cref="Forward"/>.</param>
    /// <param name="workspace">As in <see cref="Forward"/>.</param>
    /// <param name="packed">As in <see cref="Forward"/>.</param>
    /// <param name="withoutLast">As in <see cref="Forward"/>.</param>
    internal Span<T> ForwardEncoded(
        ReadOnlySpan<T> encoded, scoped in SparseBatch<T> sparse, int rowCount, Workspace<T> workspace,
        PackedParameters<T>? packed = null, bool withoutLast = false)
    {
        ReadOnlySpan<T> inputs = encoded;
        if (Embedding is not null)
        {
            if (packed?.Embedding is PackedEmbedding<T> embedding)
                embedding.Forward(inputs, workspace.Embedded(rowCount), rowCount, workspace.EmbeddingScratch);
            else
                Embedding.Forward(inputs, workspace.Embedded(rowCount), rowCount, workspace.Waves);
            inputs = workspace.Embedded(rowCount);
        }
        Span<T> activations = default;
        int layerCount = _layers.Length - (withoutLast ? 1 : 0);
        for (int index = 0; index < layerCount; index++)
        {
            DenseLayer<T> layer = _layers[index];
            activations = workspace.Activations(index, rowCount);
            Span<T> slopes = workspace.Slopes(index, rowCount);
            if (layer.SparseTensor is null)
                layer.Forward(inputs, slopes, activations, rowCount, workspace.Gemm, packed?[index]);
            else
                layer.ForwardSparse(inputs, in sparse, slopes, activations, rowCount, workspace.Gemm);
            if (index < _layers.Length - 1)
                workspace.Dropout?.Apply(index, activations, slopes);
            inputs = activations;
        }
        return activations;
    }

    /// <summary>outputs ← outputs + <see cref="OutputOffsets"/>, each sum in double.</summary>
    /// <param name="outputs">[rows x OutputCount].</param>
    internal void AddOutputOffsets(Span<T> outputs)
    {
        if (_outputOffsets.Length == 0)
            return;
        for (int index = 0; index < outputs.Length; index++)
            outputs[index] = T.CreateTruncating(double.CreateTruncating(outputs[index]) + _outputOffsets[index % _outputOffsets.Length]);
    }

    /// <summary>
    /// The gradient of the loss by every parameter, for the batch of the last <see cref="Forward"/> and ∂loss/∂outputs in the last
    /// layer's delta.
    /// </summary>
    /// <param name="inputs">The batch, as given to the forward pass.</param>
    /// <param name="rowCount">Its rows.</param>
    /// <param name="workspace">As the forward pass left it.</param>
    /// <param name="gradients">Laid out like <see cref="Parameters"/>; overwritten, of tables the rows that the batch has: the workspace
    /// knows which.</param>
    /// <param name="inputGradients">∂loss/∂ what <see cref="ForwardEncoded"/> takes, [rows x <see cref="EncodedCount"/>], overwritten;
    /// empty when not wanted.</param>
    internal void Backward(
        InputBatch<T> inputs, int rowCount, Workspace<T> workspace, Span<T> gradients, Span<T> inputGradients = default)
    {
        Span<T> encodedDelta = Encoder is null ? inputGradients : workspace.EncodedDelta(rowCount);
        ReadOnlySpan<T> encoded = Encoder is null ? inputs.Numbers : workspace.Encoded(rowCount);
        BackwardEncoded(encoded, inputs.Sparse, rowCount, workspace, gradients, encodedDelta);
        Encoder?.Backward(inputs, encodedDelta, rowCount, gradients, workspace.Touched);
    }

    /// <summary>The gradient from what <see cref="Encoder"/> gave, without the gradients of its parameters.</summary>
    internal void BackwardEncoded(
        ReadOnlySpan<T> inputs, SparseBatch<T> sparse, int rowCount, Workspace<T> workspace, Span<T> gradients, Span<T> inputGradients)
    {
        workspace.Touched?.StartBatch();
        ReadOnlySpan<T> firstInputs = Embedding is null ? inputs : workspace.Embedded(rowCount);
        Span<T> firstDelta = Embedding is null ? inputGradients : workspace.EmbeddedDelta(rowCount);
        for (int index = _layers.Length - 1; index >= 0; index--)
        {
            Span<T> inputDelta = index == 0 ? firstDelta : workspace.Delta(index - 1, rowCount);
            ReadOnlySpan<T> layerInputs = index == 0 ? firstInputs : workspace.Activations(index - 1, rowCount);
            _layers[index].Backward(
                layerInputs, workspace.Slopes(index, rowCount), workspace.Delta(index, rowCount), inputDelta, gradients, rowCount,
                workspace.Gemm, index == 0 ? sparse : default, workspace.Touched);
        }
        Embedding?.Backward(inputs, firstDelta, rowCount, workspace.Waves, gradients, inputGradients);
    }

    /// <summary>The part of <see cref="Backward"/> in which rows know nothing of each other: every layer's δ.</summary>
    internal void BackwardRows(int rowCount, Workspace<T> workspace)
    {
        Span<T> firstDelta = Embedding is not null ? workspace.EmbeddedDelta(rowCount)
            : Encoder is not null ? workspace.EncodedDelta(rowCount) : default;
        for (int index = _layers.Length - 1; index >= 0; index--)
        {
            Span<T> inputDelta = index == 0 ? firstDelta : workspace.Delta(index - 1, rowCount);
            _layers[index].BackwardToInputs(
                workspace.Slopes(index, rowCount), workspace.Delta(index, rowCount), inputDelta, rowCount, workspace.Gemm);
        }
    }

    /// <summary>The other part, for some of the rows of <see cref="BackwardRows"/>: their share of the gradients.</summary>
    /// <param name="inputs">Of these rows alone.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="workspace">As <see cref="BackwardRows"/> left it.</param>
    /// <param name="gradients">As in <see cref="Backward"/>.</param>
    internal void SumGradients(InputBatch<T> inputs, int first, int end, Workspace<T> workspace, Span<T> gradients)
    {
        int rowCount = end - first;
        workspace.Touched?.StartBatch();
        ReadOnlySpan<T> encoded = Encoder is null ? inputs.Numbers : Rows(workspace.Encoded(end), EncodedCount);
        ReadOnlySpan<T> layerInputs = Embedding is null ? encoded : Rows(workspace.Embedded(end), Embedding.OutputCount);
        for (int index = 0; index < _layers.Length; index++)
        {
            _layers[index].BackwardToParameters(
                layerInputs, Rows(workspace.Delta(index, end), _layers[index].UnitCount), gradients, rowCount, workspace.Gemm,
                index == 0 ? inputs.Sparse : default, workspace.Touched);
            layerInputs = Rows(workspace.Activations(index, end), _layers[index].UnitCount);
        }
        Span<T> encodedDelta = Encoder is null ? default : Rows(workspace.EncodedDelta(end), EncodedCount);
        if (Embedding is not null)
        {
            var waves = new Waves<T>(
                Rows(workspace.Waves.Cosines[..(end * Embedding.WaveCount)], Embedding.WaveCount),
                Rows(workspace.Waves.Sines[..(end * Embedding.WaveCount)], Embedding.WaveCount));
            Embedding.Backward(
                encoded, Rows(workspace.EmbeddedDelta(end), Embedding.OutputCount), rowCount, waves, gradients, encodedDelta);
        }
        Encoder?.Backward(inputs, encodedDelta, rowCount, gradients, workspace.Touched);

        Span<T> Rows(Span<T> values, int columnCount) => values[(first * columnCount)..];
    }
}
