using System.Numerics;
using Mlp.Losses;
using Mlp.Numerics;

namespace Mlp.Networks;

/// <summary>The loss of a batch and its gradient by every parameter: the one piece of code that training and every check run
/// through.</summary>
internal sealed class Backpropagation<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly LossKernel<T> _loss;
    private readonly LossReduction _reduction;
    private readonly AlignedBuffer<T> _gradients, _rowLosses;

    /// <param name="network">Gives the sizes.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <param name="maxRowCount">Rows of the largest batch.</param>
    /// <param name="threadCount">Threads that share the products.</param>
    /// <param name="dropout">Null for none.</param>
    /// <param name="hasGradients">Whether <see cref="Compute"/> will be called, and not <see cref="ComputeLoss"/> alone.</param>
    public Backpropagation(
        Network<T> network, Loss loss, LossReduction reduction, int maxRowCount, int threadCount, Dropout<T>? dropout = null,
            bool hasGradients = true)
    {
        loss.Validate(network.OutputCount);
        _network = network;
        _loss = loss.CreateKernel<T>();
        _reduction = reduction;
        Workspace = new Workspace<T>(network, maxRowCount, threadCount, forTraining: true, dropout);
        _gradients = new AlignedBuffer<T>(hasGradients ? network.Parameters.Length : 0);
        _rowLosses = new AlignedBuffer<T>(maxRowCount);
    }

    /// <summary>The threads that share its products.</summary>
    public ThreadTeam Team => Workspace.Team;

    /// <summary>What the last batch left of its way forward and back.</summary>
    public Workspace<T> Workspace { get; }

    /// <summary>∂loss/∂parameters of the last batch, laid out like the network's parameters. Of tables only the rows that
    /// <see cref="Workspace{T}.Touched"/> names belong to the last batch.</summary>
    public Span<T> Gradients => _gradients.Span;

    /// <summary>lossᵢ of the last batch, without example weights.</summary>
    public ReadOnlySpan<T> RowLosses(int rowCount) => _rowLosses.Span[..rowCount];

    /// <summary>The outputs of the last batch.</summary>
    public ReadOnlySpan<T> Outputs(int rowCount) => Workspace.Activations(_network.Layers.Count - 1, rowCount);

    /// <summary>Forward and backward pass.</summary>
    /// <param name="inputs">As the network has it.</param>
    /// <param name="targets">[rows x outputs].</param>
    /// <param name="exampleWeights">One per row.</param>
    /// <param name="inputGradients">As in <see cref="Network{T}.Backward"/>.</param>
    public BatchLoss Compute(
        InputBatch<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights, Span<T> inputGradients = default)
    {
        BatchLoss loss = ComputeLoss(inputs, targets, exampleWeights);
        _network.Backward(inputs, exampleWeights.Length, Workspace, Gradients, inputGradients);
        return loss;
    }

    /// <summary>Forward pass, and the backward pass as far as rows know nothing of each other; <see cref="SumGradients"/>
    /// follows.</summary>
    /// <param name="inputs">Of a part of a batch.</param>
    /// <param name="targets">[rows x outputs].</param>
    /// <param name="exampleWeights">One per row.</param>
    /// <param name="divisor">What the losses of the whole batch are divided by.</param>
    public void ComputeRows(InputBatch<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights, double divisor)
    {
        ComputeLoss(inputs, targets, exampleWeights, divisor);
        _network.BackwardRows(exampleWeights.Length, Workspace);
    }

    /// <summary>The gradient of some of the rows of <see cref="ComputeRows"/>, and Σ wᵢ lossᵢ of them.</summary>
    /// <param name="inputs">Of these rows.</param>
    /// <param name="exampleWeights">Of these rows.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="gradients">As <see cref="Gradients"/>.</param>
    public double SumGradients(InputBatch<T> inputs, ReadOnlySpan<T> exampleWeights, int first, Span<T> gradients)
    {
        _network.SumGradients(inputs, first, first + exampleWeights.Length, Workspace, gradients);
        return WeighLosses(_rowLosses.Span.Slice(first, exampleWeights.Length), exampleWeights).LossSum;
    }

    /// <summary>Forward pass only; the last layer's delta is set for a backward pass.</summary>
    /// <param name="inputs">As the network has it.</param>
    /// <param name="targets">[rows x outputs].</param>
    /// <param name="exampleWeights">One per row.</param>
    /// <param name="divisor">Of a part of a batch what the losses of the whole are divided by; null for a whole one.</param>
    public BatchLoss ComputeLoss(
        InputBatch<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights, double? divisor = null)
    {
        int rowCount = exampleWeights.Length;
        Span<T> outputs = _network.Forward(inputs, rowCount, Workspace);
        _network.AddOutputOffsets(outputs);
        Span<T> delta = Workspace.Delta(_network.Layers.Count - 1, rowCount), rowLosses = _rowLosses.Span[..rowCount];
        _loss.Evaluate(outputs, targets, rowLosses, delta);
        return WeightRows(rowLosses, exampleWeights, delta, divisor);
    }

    public void Dispose() => Workspace.Dispose();

    /// <summary>Turns ∂lossᵢ/∂o into ∂loss/∂o: times wᵢ, and for the mean divided by Σ w. A batch whose weights are all 0 has loss
    /// 0.</summary>
    private BatchLoss WeightRows(ReadOnlySpan<T> rowLosses, ReadOnlySpan<T> exampleWeights, Span<T> delta, double? givenDivisor)
    {
        (double lossSum, double weightSum) = WeighLosses(rowLosses, exampleWeights);
        double divisor = givenDivisor ?? (_reduction == LossReduction.Mean && weightSum > 0 ? weightSum : 1);
        int outputCount = _network.OutputCount;
        // Rows of the same weight in a row (all of them, mostly) are scaled in one go.
        for (int row = 0, next; row < rowLosses.Length; row = next)
        {
            for (next = row + 1; next < rowLosses.Length && exampleWeights[next] == exampleWeights[row];)
                next++;
            Span<T> rowDelta = delta[(row * outputCount)..(next * outputCount)];
            T factor = T.CreateTruncating(double.CreateTruncating(exampleWeights[row]) / divisor);
            if (factor == T.Zero)
                rowDelta.Clear();
            else if (factor != T.One)
                Elementwise.Shrink(factor, rowDelta);
        }
        return new BatchLoss(lossSum, weightSum, lossSum / divisor);
    }

    /// <summary>Σ wᵢ lossᵢ and Σ wᵢ.</summary>
    private static (double LossSum, double WeightSum) WeighLosses(ReadOnlySpan<T> rowLosses, ReadOnlySpan<T> exampleWeights)
    {
        double lossSum = 0, weightSum = 0;
        for (int row = 0; row < rowLosses.Length; row++)
        {
            // A row of weight 0 is not there: 0 · ∞ must not make the loss NaN.
            if (exampleWeights[row] != T.Zero)
                lossSum += double.CreateTruncating(exampleWeights[row]) * double.CreateTruncating(rowLosses[row]);
            weightSum += double.CreateTruncating(exampleWeights[row]);
        }
        return (lossSum, weightSum);
    }
}

/// <summary>The loss of a batch and what it was made of.</summary>
/// <param name="LossSum">Σ wᵢ lossᵢ.</param>
/// <param name="WeightSum">Σ wᵢ.</param>
/// <param name="Loss">Their quotient for <see cref="LossReduction.Mean"/>, the first of them for <see cref="LossReduction.Sum"/>.</param>
internal readonly record struct BatchLoss(double LossSum, double WeightSum, double Loss);
