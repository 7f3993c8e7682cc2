using System.Runtime.CompilerServices;
using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>One network: fills in what is missing, looks categories up, shows numbers as periodic functions, and goes through its
/// layers.</summary>
internal sealed class Network
{
    private readonly NetworkShape _shape;
    private readonly float[] _missing;
    private readonly float[][] _bases, _tables;
    private readonly WaveBlocks? _waves;
    private readonly AlignedArray? _sparseWeights;
    private readonly WeightPanels[] _weights;
    private readonly AlignedArray[] _biases;

    public Network(WeightsReader reader, NetworkShape shape)
    {
        _shape = shape;
        _missing = reader.ReadFloats(shape.MissingColumns.Length, "values of missing numbers");
        (_bases, _tables) = (new float[shape.CategoryWidths.Length][], new float[shape.CategoryWidths.Length][]);
        for (int category = 0; category < _bases.Length; category++)
        {
            _bases[category] = reader.ReadFloats(shape.CategoryWidths[category], "numbers of an unknown value");
            _tables[category] = reader.ReadFloats(
                (long)shape.CategoryWidths[category] * shape.Layout.ValueCounts[category], "numbers of a category's values");
        }
        if (shape.WaveColumns.Length > 0)
            _waves = ReadWaves(reader, shape);
        int sparseCount = shape.Layout.SparseCount, firstUnits = shape.Layers[0].Units;
        float[] sparseWeights = reader.ReadFloats((long)sparseCount * firstUnits, "weights of sparse slots");
        (_weights, _biases) = (new WeightPanels[shape.Layers.Length], new AlignedArray[shape.Layers.Length]);
        for (int index = 0; index < shape.Layers.Length; index++)
        {
            LayerShape layer = shape.Layers[index];
            _weights[index] = new WeightPanels(
                reader.ReadFloats((long)layer.Units * layer.Inputs, $"weights of layer {index + 1}"), layer.Units, layer.Inputs);
            _biases[index] = new AlignedArray(_weights[index].Width);
            reader.ReadFloats(layer.HasBiases ? layer.Units : 0, $"biases of layer {index + 1}").CopyTo(_biases[index].Span);
        }
        if (sparseCount > 0)
        {
            // Rows as wide as the sums they are added to.
            _sparseWeights = new AlignedArray(checked(sparseCount * _weights[0].Width));
            for (int slot = 0; slot < sparseCount; slot++)
                sparseWeights.AsSpan(slot * firstUnits, firstUnits).CopyTo(_sparseWeights.Span[(slot * _weights[0].Width)..]);
        }
    }

    /// <summary>The widest row that a layer gives.</summary>
    public int LargestWidth => _weights.Max(weights => weights.Width);

    /// <summary>From row to row of the outputs.</summary>
    public int OutputStride => _weights[^1].Width;

    /// <summary>Numbers that the periodic functions need room for.</summary>
    public int ScratchLength => _waves?.ScratchLength ?? 0;

    /// <summary>Copies the parameters of the last layer, which has one unit.</summary>
    public void CopyLastTo(Span<float> weights, ref float bias)
    {
        _weights[^1].CopyFirstTo(weights);
        bias = _biases[^1].First;
    }

    /// <summary>The outputs of rows.</summary>
    /// <param name="rows">What the rows are.</param>
    /// <param name="space">Overwritten.</param>
    /// <param name="withoutLast">Ends with what the last layer gets instead; where there is more than one.</param>
    /// <returns>[rows x <see cref="OutputStride"/>], or what the last layer gets of each row, rounded up to whole panels.</returns>
    public AlignedArray Forward<TLanes>(FeatureRows rows, NetworkSpace space, bool withoutLast = false)
        where TLanes : struct, ILanes<TLanes, float>
    {
        for (int row = 0; row < rows.Count; row++)
            Encode<TLanes>(rows, row, space);
        ref float inputs = ref space.Inputs.First;
        int inputStride = space.InputStride;
        AlignedArray sums = space.First;
        int layerCount = _weights.Length - (withoutLast ? 1 : 0);
        for (int index = 0; index < layerCount; index++)
        {
            WeightPanels weights = _weights[index];
            sums = index % 2 == 0 ? space.First : space.Second;
            bool addsSparse = index == 0 && _sparseWeights is not null;
            if (addsSparse)
                StartSparse<TLanes>(rows, sums);
            ref float start = ref (addsSparse ? sums : _biases[index]).First;
            LayerShape layer = _shape.Layers[index];
            // The maximum of −0 and 0 is 0: of a sum of no terms its sign may differ, and no other function takes both alike.
            Span<ulong> flags = layer.Activation == ActivationKind.Relu && !addsSparse ? space.FlagsOf(layer.Inputs) : [];
            weights.Multiply<TLanes>(
                ref inputs, inputStride, rows.Count, ref start, addsSparse ? weights.Width : 0, ref sums.First, flags);
            ActivationLoop.Apply<TLanes>(layer.Activation, ref sums.First, rows.Count * weights.Width);
            inputs = ref sums.First;
            inputStride = weights.Width;
        }
        return sums;
    }

    private static WaveBlocks ReadWaves(WeightsReader reader, NetworkShape shape)
    {
        long waveCount = (long)shape.WaveColumns.Length * shape.FrequencyCount;
        long outputCount = (long)shape.WaveColumns.Length * shape.WaveOutputCount;
        float[] frequencies = reader.ReadFloats(waveCount, "frequencies"), phases = reader.ReadFloats(waveCount, "phases");
        float[] weights = reader.ReadFloats(waveCount * shape.WaveOutputCount, "weights of periodic functions");
        float[] biases = reader.ReadFloats(outputCount, "biases of periodic functions");
        return new WaveBlocks(
            shape.WaveColumns.Length, shape.FrequencyCount, shape.WaveOutputCount, frequencies, phases, weights, biases);
    }

    /// <summary>A row as the first layer takes it: [numbers | indicators | numbers of categories | periodic functions].</summary>
    private void Encode<TLanes>(FeatureRows rows, int row, NetworkSpace space)
        where TLanes : struct, ILanes<TLanes, float>
    {
        Span<float> inputs = space.Inputs.Span.Slice(row * space.InputStride, _shape.InputCount);
        int numberCount = _shape.Layout.NumberCount;
        rows.NumbersOf(row).CopyTo(inputs);
        for (int index = 0; index < _missing.Length; index++)
        {
            ref float number = ref inputs[_shape.MissingColumns[index]];
            bool isMissing = float.IsNaN(number);
            inputs[numberCount + index] = isMissing ? 1 : 0;
            if (isMissing)
                number = _missing[index];
        }
        int place = numberCount + _missing.Length;
        ReadOnlySpan<int> categories = rows.CategoriesOf(row);
        for (int category = 0; category < categories.Length; category++)
        {
            int value = categories[category];
            ReadOnlySpan<float> start = _bases[category];
            Span<float> embedding = inputs.Slice(place, start.Length);
            start.CopyTo(embedding);
            if (value > 0)
            {
                ReadOnlySpan<float> difference = _tables[category].AsSpan((value - 1) * start.Length, start.Length);
                for (int index = 0; index < embedding.Length; index++)
                    embedding[index] += difference[index];
            }
            place += start.Length;
        }
        _waves?.Compute<TLanes>(inputs, _shape.WaveColumns, inputs[_shape.EncodedCount..], ref space.Scratch.First);
    }

    /// <summary>b + x W of the sparse slots, slot after slot: what the products of the others are added to.</summary>
    private void StartSparse<TLanes>(FeatureRows rows, AlignedArray sums)
        where TLanes : struct, ILanes<TLanes, float>
    {
        int width = _weights[0].Width;
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<int> slots = rows.SlotsOf(row);
            ReadOnlySpan<float> values = rows.ValuesOf(row);
            for (int column = 0; column < width; column += TLanes.Count)
            {
                TLanes sum = TLanes.Load(ref _biases[0].First, (nuint)column);
                for (int index = 0; index < slots.Length; index++)
                {
                    ref float weights = ref Unsafe.Add(ref _sparseWeights!.First, (nint)slots[index] * width + column);
                    sum = TLanes.MultiplyAdd(TLanes.Create(values[index]), TLanes.Load(ref weights, 0), sum);
                }
                TLanes.Store(sum, ref sums.First, (nuint)(row * width + column));
            }
        }
    }
}
