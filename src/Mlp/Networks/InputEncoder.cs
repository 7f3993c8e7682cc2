using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Networks;

/// <summary>
/// The first stage of a network whose rows have missing numbers or categories: fills in what is missing, tells that it was, and looks up
/// what stands for a category's value.
/// </summary>
/// <remarks>
/// A row becomes [numbers | indicators | embeddings]. A number that may be missing is m where it is NaN, with an indicator of 1 beside it,
/// and 0 otherwise. A category's value v is e(v) = base + table[v − 1], and e(0) = base: what is not known, or seldom seen, is like the
/// others. All of m, bases and tables are learnt, from 0 on.
/// </remarks>
internal sealed class InputEncoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly InputDescription _inputs;
    private readonly ParameterBlock<T> _parameters;
    private readonly ParameterTensor? _missing;
    private readonly ParameterTensor[] _bases, _tables;
    private readonly int[] _missingColumns, _offsets;

    private InputEncoder(InputDescription inputs, ParameterBlock<T> parameters)
    {
        (_inputs, _parameters) = (inputs, parameters);
        ParameterTensor[] own = [.. parameters.Tensors.Where(tensor => tensor.Input is not null)];
        _missing = own.FirstOrDefault(tensor => tensor.Input!.Value.Category < 0);
        _bases = [.. own.Where(tensor => tensor.Input!.Value.Category >= 0 && !tensor.IsTable)];
        _tables = [.. own.Where(tensor => tensor.IsTable)];
        _missingColumns = [.. inputs.MissingColumns];
        _offsets = new int[inputs.Categories.Count];
        OutputCount = inputs.NumberCount + inputs.MissingColumns.Count;
        for (int category = 0; category < _offsets.Length; category++)
            (_offsets[category], OutputCount) = (OutputCount, OutputCount + inputs.Categories[category].Width);
    }

    /// <summary>Numbers of a row after the stage.</summary>
    public int OutputCount { get; }

    /// <summary>m, one value per number that may be missing.</summary>
    public Span<T> MissingValues => _missing is null ? [] : _parameters[_missing];

    /// <summary>What stands for a value of a category that is not known.</summary>
    public Span<T> Base(int category) => _parameters[_bases[category]];

    /// <summary>Where a category's embedding begins among the outputs.</summary>
    public int OffsetOf(int category) => _offsets[category];

    /// <summary>What each value of a category differs by from that, [values x width].</summary>
    public Span<T> Table(int category) => _parameters[_tables[category]];

    /// <summary>Null where there is nothing to do.</summary>
    public static InputEncoder<T>? For(InputDescription inputs, ParameterBlock<T> parameters) =>
        inputs.MissingColumns.Count == 0 && inputs.Categories.Count == 0 ? null : new InputEncoder<T>(inputs, parameters);

    /// <summary>The parameters of such a stage: first those without tables, then the tables; offsets from 0 on.</summary>
    public static (List<ParameterTensor> Dense, List<ParameterTensor> Tables) CreateTensors(InputDescription inputs)
    {
        var (dense, tables) = (new List<ParameterTensor>(), new List<ParameterTensor>());
        if (inputs.MissingColumns.Count > 0)
        {
            dense.Add(new ParameterTensor(LayerIndex: -1, IsBias: true, Offset: 0, inputs.MissingColumns.Count, ColumnCount: 1)
            {
                Input = new InputPart(Category: -1)
            });
        }
        for (int category = 0; category < inputs.Categories.Count; category++)
        {
            CategoryDescription description = inputs.Categories[category];
            var part = new InputPart(category);
            dense.Add(new ParameterTensor(LayerIndex: -1, IsBias: true, Offset: 0, description.Width, ColumnCount: 1) { Input = part });
            tables.Add(new ParameterTensor(LayerIndex: -1, IsBias: false, Offset: 0, description.ValueCount, description.Width)
            {
                Input = part,
                IsTable = true,
            });
        }
        return (dense, tables);
    }

    /// <param name="inputs">Categories not above their number of values.</param>
    /// <param name="outputs">[rows x outputs], overwritten.</param>
    /// <param name="rowCount">Rows of both.</param>
    public void Forward(in InputBatch<T> inputs, Span<T> outputs, int rowCount)
    {
        int numberCount = _inputs.NumberCount;
        ReadOnlySpan<T> missing = MissingValues;
        for (int row = 0; row < rowCount; row++)
        {
            Span<T> output = outputs.Slice(row * OutputCount, OutputCount);
            inputs.Numbers.Slice(row * numberCount, numberCount).CopyTo(output);
            for (int index = 0; index < missing.Length; index++)
            {
                ref T number = ref output[_missingColumns[index]];
                bool isMissing = T.IsNaN(number);
                output[numberCount + index] = isMissing ? T.One : T.Zero;
                if (isMissing)
                    number = missing[index];
            }
        }
        for (int category = 0; category < _offsets.Length; category++)
            LookUp(category, inputs.Categories, outputs, rowCount);
    }

    /// <summary>From ∂loss/∂outputs to the gradients of the parameters.</summary>
    /// <param name="inputs">As in the forward pass.</param>
    /// <param name="delta">∂loss/∂outputs [rows x outputs].</param>
    /// <param name="rowCount">Rows of both.</param>
    /// <param name="gradients">∂loss/∂parameters of the whole network; this stage's part is overwritten, of tables the rows that the batch
    /// has.</param>
    /// <param name="touched">Gets those rows.</param>
    public void Backward(InputBatch<T> inputs, ReadOnlySpan<T> delta, int rowCount, Span<T> gradients, TouchedRows? touched)
    {
        int numberCount = _inputs.NumberCount;
        Span<T> missing = _missing is null ? [] : gradients.Slice(_missing.Offset, _missing.Length);
        missing.Clear();
        for (int index = 0; index < missing.Length; index++)
        {
            int column = _missingColumns[index];
            for (int row = 0; row < rowCount; row++)
            {
                if (T.IsNaN(inputs.Numbers[row * numberCount + column]))
                    missing[index] += delta[row * OutputCount + column];
            }
        }
        for (int category = 0; category < _offsets.Length; category++)
            AddGradients(category, inputs.Categories, delta, rowCount, gradients, touched!);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookUp(int category, ReadOnlySpan<int> values, Span<T> outputs, int rowCount)
    {
        int categoryCount = _offsets.Length, offset = _offsets[category];
        ReadOnlySpan<T> start = Base(category), table = Table(category);
        for (int row = 0; row < rowCount; row++)
        {
            int value = values[row * categoryCount + category];
            Span<T> embedding = outputs.Slice(row * OutputCount + offset, start.Length);
            if (value == 0)
            {
                start.CopyTo(embedding);
                continue;
            }
            // Eight numbers unless the user asks for more: the start of a vector loop would cost more than these additions.
            ReadOnlySpan<T> difference = table.Slice((value - 1) * start.Length, start.Length);
            for (int index = 0; index < embedding.Length; index++)
                embedding[index] = start[index] + difference[index];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradients(
        int category, ReadOnlySpan<int> values, ReadOnlySpan<T> delta, int rowCount, Span<T> gradients, TouchedRows touched)
    {
        int categoryCount = _offsets.Length, offset = _offsets[category];
        ParameterTensor table = _tables[category];
        Span<T> start = gradients.Slice(_bases[category].Offset, _bases[category].Length);
        start.Clear();
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> part = delta.Slice(row * OutputCount + offset, start.Length);
            for (int index = 0; index < part.Length; index++)
                start[index] += part[index];
            int value = values[row * categoryCount + category];
            if (value == 0)
                continue;
            Span<T> gradient = gradients.Slice(table.Offset + (value - 1) * part.Length, part.Length);
            if (touched.Add(category, value - 1))
            {
                part.CopyTo(gradient);
                continue;
            }
            for (int index = 0; index < part.Length; index++)
                gradient[index] += part[index];
        }
    }
}

/// <summary>What a tensor of an <see cref="InputEncoder{T}"/> belongs to.</summary>
/// <param name="Category">Zero-based; −1 for the values of missing numbers.</param>
internal readonly record struct InputPart(int Category);
