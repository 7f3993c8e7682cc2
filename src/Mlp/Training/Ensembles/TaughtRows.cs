using System.Numerics;
using Mlp.Data;
using Mlp.Losses;
using Mlp.Networks;

namespace Mlp.Training.Ensembles;

/// <summary>Rows of which the first have targets between their labels and what a network said of them before it is trained on.</summary>
/// <remarks>
/// A network that sees rows again and again learns their labels by heart; one that is told what it said of them keeps what it knows, and
/// nothing more. Source: Li and Hoiem 2018, "Learning without forgetting"; of rows that are replayed, Buzzega et al. 2020, "Dark
/// experience".
/// </remarks>
internal sealed class TaughtRows<T> : IFeatureRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IRowSource<T> _rows;
    // Of the first rows: what is added to the label's part.
    private readonly T[] _added;
    private readonly T _labelPart;
    private readonly int _count;

    /// <param name="rows">With their labels.</param>
    /// <param name="network">Says what it knows of the first rows; not changed.</param>
    /// <param name="count">How many these are, at least 1.</param>
    /// <param name="labelPart">What their labels count, in [0, 1]; what the network said counts the rest.</param>
    /// <param name="settings">Of the training, which will spread labels over all classes: what the network said is spread already.</param>
    public TaughtRows(IRowSource<T> rows, Network<T> network, int count, double labelPart, TrainingSettings settings)
    {
        (_rows, _count, _labelPart) = (rows, count, T.CreateTruncating(labelPart));
        _added = HeldOutOutputs<T>.Compute(
            network, new SelectedRows<T>(rows, [.. Enumerable.Range(0, count)]), settings.BeforeStep).Outputs;
        settings.Loss.Link.Apply<T>(_added, TargetCount);
        LabelSmoothing smoothing = settings.SmoothingFor(TargetCount);
        double factor = settings.LabelSmoothing == 0 ? 1 : smoothing.Factor, shift = settings.LabelSmoothing == 0 ? 0 : smoothing.Shift;
        for (int index = 0; index < _added.Length; index++)
            _added[index] = T.CreateTruncating((1 - labelPart) * (double.CreateTruncating(_added[index]) - shift) / factor);
    }

    /// <inheritdoc/>
    public int RowCount => _rows.RowCount;

    /// <inheritdoc/>
    public int InputCount => _rows.InputCount;

    /// <inheritdoc/>
    public int TargetCount => _rows.TargetCount;

    public InputDescription Inputs => FeatureRows.InputsOf(_rows);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        _rows.Read(rowIndices, inputs, targets, exampleWeights);
        Teach(rowIndices, targets);
    }

    public void Read(ReadOnlySpan<int> rowIndices, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights)
    {
        FeatureRows.Read(_rows, rowIndices, features, targets, exampleWeights);
        Teach(rowIndices, targets);
    }

    /// <inheritdoc/>
    public void ReadExampleWeights(ReadOnlySpan<int> rowIndices, Span<T> exampleWeights) =>
        _rows.ReadExampleWeights(rowIndices, exampleWeights);

    private void Teach(ReadOnlySpan<int> rowIndices, Span<T> targets)
    {
        for (int row = 0; row < rowIndices.Length; row++)
        {
            if (rowIndices[row] >= _count)
                continue;
            Span<T> target = targets.Slice(row * TargetCount, TargetCount);
            ReadOnlySpan<T> added = _added.AsSpan(rowIndices[row] * TargetCount, TargetCount);
            for (int index = 0; index < target.Length; index++)
                target[index] = _labelPart * target[index] + added[index];
        }
    }
}
