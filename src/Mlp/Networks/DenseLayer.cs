using System.Numerics;
using Mlp.Activations;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp;

/// <summary>One layer of a network: views of its weights W [units x inputs] and biases b [units].</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterBlock<T> _parameters;
    private readonly ElementwiseFunction<T> _function;

    internal DenseLayer(
        ParameterBlock<T> parameters, ParameterTensor weights, ParameterTensor? biases, Activation activation,
        ParameterTensor? sparseWeights = null)
    {
        SparseTensor = sparseWeights;
        _parameters = parameters;
        _function = ActivationKernel<T>.Of(activation);
        WeightTensor = weights;
        BiasTensor = biases;
        Activation = activation;
    }

    /// <summary>Where W lies in <see cref="Network{T}.Parameters"/>.</summary>
    public ParameterTensor WeightTensor { get; }

    /// <summary>Where b lies in <see cref="Network{T}.Parameters"/>; null for a layer without biases.</summary>
    public ParameterTensor? BiasTensor { get; }

    /// <summary>What is applied to z = xWᵀ + b.</summary>
    public Activation Activation { get; }

    /// <summary>Where the weights of sparse slots lie, [slots x units]; null for a layer without.</summary>
    internal ParameterTensor? SparseTensor { get; }

    /// <summary>Inputs of each unit, sparse slots not counted.</summary>
    public int InputCount => WeightTensor.ColumnCount;

    /// <summary>Outputs.</summary>
    public int UnitCount => WeightTensor.RowCount;

    /// <summary>W, row-major, one row per unit. Writing to it changes the network.</summary>
    public Span<T> Weights => _parameters[WeightTensor];

    /// <summary>The weights of sparse slots, [slots x units]; empty for a layer without.</summary>
    internal Span<T> SparseWeights => SparseTensor is null ? [] : _parameters[SparseTensor];

    /// <summary>b, one value per unit; empty for a layer without biases. Writing to it changes the network.</summary>
    public Span<T> Biases => BiasTensor is null ? [] : _parameters[BiasTensor];

    /// <summary>z = xWᵀ + b, a = f(z).</summary>
    /// <param name="inputs">x [rows x inputs].</param>
    /// <param name="slopes">f′(z) [rows x units], overwritten; empty when it is not needed.</param>
    /// <param name="activations">a [rows x units], overwritten.</param>
    /// <param name="rowCount">Rows of x.</param>
    /// <param name="gemm">Multiplies.</param>
    /// <param name="packed">A copy of W and b to read instead; null for the layer's own.</param>
    internal void Forward(
        ReadOnlySpan<T> inputs, Span<T> slopes, Span<T> activations, int rowCount, Gemm<T> gemm, PackedLayer<T>? packed = null)
    {
        var rows = MatrixView<T>.Rows(inputs, InputCount);
        Span<T> preActivations = slopes.IsEmpty ? activations : slopes;
        if (packed is not null)
            gemm.Multiply(rowCount, rows, packed.Weights, packed.Biases, preActivations, _function, activations);
        else
        {
            gemm.Multiply(
                rowCount, UnitCount, InputCount, rows, MatrixView<T>.Transposed(Weights, InputCount), Biases, preActivations, _function,
                activations);
        }
    }

    /// <summary>As <see cref="Forward"/>, of a layer with sparse slots. The sums go on from those of the slots:
    /// z = b + x_s W_s + xWᵀ.</summary>
    /// <param name="inputs">x [rows x inputs].</param>
    /// <param name="sparse">What the sparse slots of the rows hold.</param>
    /// <param name="slopes">As in <see cref="Forward"/>.</param>
    /// <param name="activations">As in <see cref="Forward"/>.</param>
    /// <param name="rowCount">Rows of x.</param>
    /// <param name="gemm">Multiplies.</param>
    internal void ForwardSparse(
        ReadOnlySpan<T> inputs, in SparseBatch<T> sparse, Span<T> slopes, Span<T> activations, int rowCount, Gemm<T> gemm)
    {
        Span<T> preActivations = slopes.IsEmpty ? activations : slopes;
        ReadOnlySpan<T> biases = Biases, weights = SparseWeights;
        for (int row = 0; row < rowCount; row++)
        {
            Span<T> sums = preActivations.Slice(row * UnitCount, UnitCount);
            if (biases.IsEmpty)
                sums.Clear();
            else
                biases.CopyTo(sums);
            SparseProduct.Add(sparse.SlotsOf(row), sparse.ValuesOf(row), weights, sums);
        }
        if (InputCount > 0)
        {
            gemm.Multiply(
                rowCount, UnitCount, InputCount, MatrixView<T>.Rows(inputs, InputCount), MatrixView<T>.Transposed(Weights, InputCount),
                preActivations, accumulate: true);
        }
        if (slopes.IsEmpty)
            _function.Apply(activations, activations);
        else
            _function.ApplyWithSlopes(slopes, activations);
    }

    /// <summary>a = f(z), in place.</summary>
    internal void Activate(Span<T> values) => _function.Apply(values, values);

    /// <summary>
    /// δ = ∂loss/∂a ⊙ f′(z); ∂loss/∂W = δᵀx; ∂loss/∂b = Σ over rows of δ; ∂loss/∂x = δW.
    /// </summary>
    /// <param name="inputs">x, as in the forward pass.</param>
    /// <param name="slopes">f′(z); empty where it is 1.</param>
    /// <param name="delta">∂loss/∂a [rows x units] on entry, δ on return.</param>
    /// <param name="inputDelta">∂loss/∂x [rows x inputs], overwritten; empty when it is not needed.</param>
    /// <param name="gradients">∂loss/∂parameters of the whole network; this layer's part is overwritten.</param>
    /// <param name="rowCount">Rows of x.</param>
    /// <param name="gemm">Multiplies.</param>
    /// <param name="sparse">What the sparse slots of the rows hold.</param>
    /// <param name="touched">Gets the sparse slots that there are gradients for.</param>
    internal void Backward(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> slopes, Span<T> delta, Span<T> inputDelta, Span<T> gradients, int rowCount, Gemm<T> gemm,
        SparseBatch<T> sparse = default, TouchedRows? touched = null)
    {
        if (!slopes.IsEmpty)
            Elementwise.Multiply(slopes, delta);
        BackwardToParameters(inputs, delta, gradients, rowCount, gemm, sparse, touched);
        BackwardToInputs(delta, inputDelta, rowCount, gemm);
    }

    /// <summary>δ = ∂loss/∂a ⊙ f′(z); ∂loss/∂x = δW. A row's do not depend on the others'.</summary>
    /// <inheritdoc cref="Backward" path="/param"/>
    internal void BackwardToInputs(ReadOnlySpan<T> slopes, Span<T> delta, Span<T> inputDelta, int rowCount, Gemm<T> gemm)
    {
        if (!slopes.IsEmpty)
            Elementwise.Multiply(slopes, delta);
        BackwardToInputs(delta, inputDelta, rowCount, gemm);
    }

    /// <summary>∂loss/∂W = δᵀx; ∂loss/∂b = Σ over rows of δ.</summary>
    /// <inheritdoc cref="Backward" path="/param"/>
    internal void BackwardToParameters(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> delta, Span<T> gradients, int rowCount, Gemm<T> gemm, SparseBatch<T> sparse = default,
        TouchedRows? touched = null)
    {
        if (InputCount > 0)
        {
            gemm.Multiply(
                UnitCount, InputCount, rowCount,
                MatrixView<T>.Transposed(delta, UnitCount), MatrixView<T>.Rows(inputs, InputCount),
                gradients.Slice(WeightTensor.Offset, WeightTensor.Length), accumulate: false);
        }
        if (SparseTensor is not null)
            BackwardSparse(delta, gradients, rowCount, sparse, touched!);
        if (BiasTensor is not null)
            gemm.SumColumns(delta, rowCount, gradients.Slice(BiasTensor.Offset, BiasTensor.Length));
    }

    private void BackwardToInputs(ReadOnlySpan<T> delta, Span<T> inputDelta, int rowCount, Gemm<T> gemm)
    {
        if (!inputDelta.IsEmpty)
        {
            gemm.Multiply(
                rowCount, InputCount, UnitCount,
                MatrixView<T>.Rows(delta, UnitCount), MatrixView<T>.Rows(Weights, InputCount), inputDelta, accumulate: false);
        }
    }

    private void BackwardSparse(ReadOnlySpan<T> delta, Span<T> gradients, int rowCount, SparseBatch<T> sparse, TouchedRows touched)
    {
        int table = touched.TableCount - 1;
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> rowDelta = delta.Slice(row * UnitCount, UnitCount);
            ReadOnlySpan<int> slots = sparse.SlotsOf(row);
            ReadOnlySpan<T> values = sparse.ValuesOf(row);
            for (int index = 0; index < slots.Length; index++)
            {
                bool isFirst = touched.Add(table, slots[index]);
                SparseProduct.AddGradient(
                    values[index], rowDelta, gradients.Slice(SparseTensor!.Offset + slots[index] * UnitCount, UnitCount), isFirst);
            }
        }
    }
}
