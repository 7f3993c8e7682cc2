using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp;

/// <summary>The first stage of a network that shows some inputs a second time, as learnt periodic functions.</summary>
/// <remarks>See <see cref="PeriodicEmbeddingDescription"/> for the formula.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PeriodicEmbedding<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterBlock<T> _parameters;
    private readonly ParameterTensor[] _tensors;
    private readonly int[] _columns;

    internal PeriodicEmbedding(
        ParameterBlock<T> parameters, ParameterTensor[] tensors, PeriodicEmbeddingDescription description, int inputCount)
    {
        (_parameters, _tensors, _columns) = (parameters, tensors, [.. description.Columns]);
        (InputCount, FrequencyCount, OutputsPerColumn) = (inputCount, description.Frequencies, description.Outputs);
    }

    /// <summary>Features of a row before the stage.</summary>
    public int InputCount { get; }

    /// <summary>Which inputs are shown a second time, ascending.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <summary>Cosines per column.</summary>
    public int FrequencyCount { get; }

    /// <summary>Numbers that a column adds to the row.</summary>
    public int OutputsPerColumn { get; }

    /// <summary>Numbers of a row after the stage: first the inputs, then those of each column.</summary>
    public int OutputCount => InputCount + _columns.Length * OutputsPerColumn;

    /// <summary>w, row-major, columns x frequencies, in turns per unit of the input. Writing to it changes the network.</summary>
    public Span<T> Frequencies => _parameters[_tensors[0]];

    /// <summary>b, row-major, columns x frequencies, in turns. Writing to it changes the network.</summary>
    public Span<T> Phases => _parameters[_tensors[1]];

    /// <summary>W, row-major, (columns · outputs) x frequencies. Writing to it changes the network.</summary>
    public Span<T> Weights => _parameters[_tensors[2]];

    /// <summary>c, row-major, columns x outputs. Writing to it changes the network.</summary>
    public Span<T> Biases => _parameters[_tensors[3]];

    /// <summary>Cosines of a row.</summary>
    internal int WaveCount => _columns.Length * FrequencyCount;

    /// <summary>Where the parameters lie, from an offset on; they are at the start of the network's.</summary>
    internal static ParameterTensor[] CreateTensors(PeriodicEmbeddingDescription description)
    {
        int columns = description.Columns.Count, frequencies = description.Frequencies, waves = columns * frequencies,
            outputs = columns * description.Outputs;
        return
        [
            new(LayerIndex: -1, IsBias: true, Offset: 0, columns, frequencies) { EmbeddingPart = "frequencies" },
            new(LayerIndex: -1, IsBias: true, Offset: waves, columns, frequencies) { EmbeddingPart = "phases" },
            new(LayerIndex: -1, IsBias: false, Offset: 2 * waves, outputs, frequencies) { EmbeddingPart = "weights" },
            new(LayerIndex: -1, IsBias: true, Offset: 2 * waves + outputs * frequencies, outputs, ColumnCount: 1) { EmbeddingPart =
                "biases" },
        ];
    }

    /// <summary>Parameters of an embedding.</summary>
    internal static long CountParameters(PeriodicEmbeddingDescription description) =>
        (long)description.Columns.Count
        * (2L * description.Frequencies + (long)description.Outputs * description.Frequencies + description.Outputs);

    /// <summary>What such a stage is created from, but for its first values.</summary>
    internal PeriodicEmbeddingDescription Describe() => new(_columns, FrequencyCount, OutputsPerColumn);

    internal void Initialize(double frequencyDeviation, RandomSource random)
    {
        Initializer.Normal(frequencyDeviation).Fill(Frequencies, fanIn: 1, fanOut: FrequencyCount, random);
        Initializer.Uniform(-0.5, 0.5).Fill(Phases, fanIn: 1, fanOut: FrequencyCount, random);
        Initializer.LeCunNormal.Fill(Weights, fanIn: FrequencyCount, fanOut: OutputsPerColumn, random);
        Biases.Clear();
    }

    /// <summary>Copies the inputs and adds the columns' numbers.</summary>
    /// <param name="inputs">[rows x inputs].</param>
    /// <param name="outputs">[rows x outputs], overwritten.</param>
    /// <param name="rowCount">Rows of both.</param>
    /// <param name="waves">Cosines and sines for a backward pass, each [rows x columns x frequencies], overwritten; both empty for
    /// none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Forward(ReadOnlySpan<T> inputs, Span<T> outputs, int rowCount, Waves<T> waves = default)
    {
        ReadOnlySpan<T> biases = Biases;
        for (int row = 0; row < rowCount; row++)
        {
            Span<T> output = outputs.Slice(row * OutputCount, OutputCount);
            inputs.Slice(row * InputCount, InputCount).CopyTo(output);
            biases.CopyTo(output[InputCount..]);
        }
        for (int index = 0; index < _columns.Length; index++)
        {
            VectorLoop.Run<T, ForwardLoop>(
                new ForwardLoop(this, index, inputs[_columns[index]..], outputs[(InputCount + index * OutputsPerColumn)..], rowCount,
                    waves), FrequencyCount);
        }
    }

    /// <summary>From ∂loss/∂outputs to the gradients of the parameters, and of the inputs where wanted.</summary>
    /// <param name="inputs">As in the forward pass.</param>
    /// <param name="delta">∂loss/∂outputs [rows x outputs].</param>
    /// <param name="rowCount">Rows of both.</param>
    /// <param name="waves">As the forward pass left them.</param>
    /// <param name="gradients">∂loss/∂parameters of the whole network; this stage's part is overwritten.</param>
    /// <param name="inputGradients">∂loss/∂inputs [rows x inputs], overwritten; empty when it is not needed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Backward(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> delta, int rowCount, Waves<T> waves, Span<T> gradients, Span<T> inputGradients)
    {
        Span<T> biasGradients = gradients.Slice(_tensors[3].Offset, _tensors[3].Length);
        gradients[..(_tensors[3].Offset + _tensors[3].Length)].Clear();
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> rowDelta = delta.Slice(row * OutputCount, OutputCount);
            Elementwise.AddScaled(T.One, rowDelta[InputCount..], biasGradients);
            if (!inputGradients.IsEmpty)
                rowDelta[..InputCount].CopyTo(inputGradients[(row * InputCount)..]);
        }
        for (int index = 0; index < _columns.Length; index++)
        {
            int column = _columns[index];
            VectorLoop.Run<T, BackwardLoop>(
                new BackwardLoop(
                    this, index, inputs[column..], delta[(InputCount + index * OutputsPerColumn)..], rowCount, waves, gradients,
                    inputGradients.IsEmpty ? [] : inputGradients[column..]),
                FrequencyCount);
        }
    }

    /// <summary>Some frequencies of one column, all rows: e += W cos(2π(w x + b)).</summary>
    private readonly ref struct ForwardLoop : IVectorLoop<T>
    {
        private readonly nuint _inputStride, _outputStride, _waveStride, _frequencyCount, _outputCount, _rowCount;
        private readonly bool _keepsWaves;
        private readonly ref T _inputs, _outputs, _frequencies, _phases, _weights, _cosines, _sines;

        public ForwardLoop(PeriodicEmbedding<T> embedding, int index, ReadOnlySpan<T> inputs, Span<T> outputs, int rowCount, Waves<T> waves)
        {
            (_inputStride, _outputStride, _waveStride) =
                ((nuint)embedding.InputCount, (nuint)embedding.OutputCount, (nuint)embedding.WaveCount);
            (_frequencyCount, _outputCount, _rowCount) =
                ((nuint)embedding.FrequencyCount, (nuint)embedding.OutputsPerColumn, (nuint)rowCount);
            int first = index * embedding.FrequencyCount;
            _inputs = ref MemoryMarshal.GetReference(inputs);
            _outputs = ref MemoryMarshal.GetReference(outputs);
            _frequencies = ref embedding.Frequencies[first];
            _phases = ref embedding.Phases[first];
            _weights = ref embedding.Weights[first * embedding.OutputsPerColumn];
            _keepsWaves = !waves.Cosines.IsEmpty;
            if (_keepsWaves)
            {
                _cosines = ref waves.Cosines[first];
                _sines = ref waves.Sines[first];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes frequencies = TLanes.Load(in _frequencies, offset), phases = TLanes.Load(in _phases, offset);
            for (nuint row = 0; row < _rowCount; row++)
            {
                TLanes x = TLanes.Create(Unsafe.Add(ref _inputs, row * _inputStride));
                TLanes turns = TLanes.MultiplyAdd(frequencies, x, phases);
                TLanes cosines = LaneMath.CosineOfTurns<TLanes, T>(turns, out TLanes sines);
                if (_keepsWaves)
                {
                    TLanes.Store(cosines, ref _cosines, row * _waveStride + offset);
                    TLanes.Store(sines, ref _sines, row * _waveStride + offset);
                }
                for (nuint output = 0; output < _outputCount; output++)
                {
                    Unsafe.Add(ref _outputs, row * _outputStride + output) +=
                        TLanes.Sum(cosines * TLanes.Load(in _weights, output * _frequencyCount + offset));
                }
            }
        }
    }

    /// <summary>Some frequencies of one column, all rows: with u = w x + b, ∂/∂u of cos 2πu is −2π sin 2πu.</summary>
    private readonly ref struct BackwardLoop : IVectorLoop<T>
    {
        private readonly nuint _inputStride, _deltaStride, _waveStride, _frequencyCount, _outputCount, _rowCount;
        private readonly bool _wantsInputGradients;
        private readonly ref T _inputs, _delta, _frequencies, _weights, _cosines, _sines;
        private readonly ref T _frequencyGradients, _phaseGradients, _weightGradients, _inputGradients;

        public BackwardLoop(
            PeriodicEmbedding<T> embedding, int index, ReadOnlySpan<T> inputs, ReadOnlySpan<T> delta, int rowCount, Waves<T> waves,
            Span<T> gradients, Span<T> inputGradients)
        {
            (_inputStride, _deltaStride, _waveStride) =
                ((nuint)embedding.InputCount, (nuint)embedding.OutputCount, (nuint)embedding.WaveCount);
            (_frequencyCount, _outputCount, _rowCount) =
                ((nuint)embedding.FrequencyCount, (nuint)embedding.OutputsPerColumn, (nuint)rowCount);
            int first = index * embedding.FrequencyCount;
            _inputs = ref MemoryMarshal.GetReference(inputs);
            _delta = ref MemoryMarshal.GetReference(delta);
            _frequencies = ref embedding.Frequencies[first];
            _weights = ref embedding.Weights[first * embedding.OutputsPerColumn];
            _cosines = ref waves.Cosines[first];
            _sines = ref waves.Sines[first];
            _frequencyGradients = ref gradients[embedding._tensors[0].Offset + first];
            _phaseGradients = ref gradients[embedding._tensors[1].Offset + first];
            _weightGradients = ref gradients[embedding._tensors[2].Offset + first * embedding.OutputsPerColumn];
            _wantsInputGradients = !inputGradients.IsEmpty;
            _inputGradients = ref MemoryMarshal.GetReference(inputGradients);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes frequencies = TLanes.Load(in _frequencies, offset), factor = LaneMath.Constant<TLanes, T>(-Math.Tau);
            TLanes frequencyGradients = LaneMath.Constant<TLanes, T>(0), phaseGradients = frequencyGradients;
            for (nuint row = 0; row < _rowCount; row++)
            {
                TLanes cosines = TLanes.Load(in _cosines, row * _waveStride + offset), turnDelta = LaneMath.Constant<TLanes, T>(0);
                for (nuint output = 0; output < _outputCount; output++)
                {
                    TLanes delta = TLanes.Create(Unsafe.Add(ref _delta, row * _deltaStride + output));
                    nuint weight = output * _frequencyCount + offset;
                    turnDelta = TLanes.MultiplyAdd(delta, TLanes.Load(in _weights, weight), turnDelta);
                    TLanes.Store(
                        TLanes.MultiplyAdd(delta, cosines, TLanes.Load(in _weightGradients, weight)), ref _weightGradients, weight);
                }
                turnDelta = turnDelta * TLanes.Load(in _sines, row * _waveStride + offset) * factor;
                phaseGradients += turnDelta;
                frequencyGradients = TLanes.MultiplyAdd(
                    turnDelta, TLanes.Create(Unsafe.Add(ref _inputs, row * _inputStride)), frequencyGradients);
                if (_wantsInputGradients)
                    Unsafe.Add(ref _inputGradients, row * _inputStride) += TLanes.Sum(turnDelta * frequencies);
            }
            TLanes.Store(frequencyGradients, ref _frequencyGradients, offset);
            TLanes.Store(phaseGradients, ref _phaseGradients, offset);
        }
    }
}

/// <summary>Cosines and sines of an embedding, each [rows x columns x frequencies], kept for the backward pass.</summary>
internal readonly ref struct Waves<T>(Span<T> cosines, Span<T> sines)
{
    public readonly Span<T> Cosines = cosines, Sines = sines;
}
