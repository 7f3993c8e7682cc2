using System.Numerics;
using Mlp.Data;

namespace Mlp.Training.Tuning;

/// <summary>What is true of the rows that a fold holds out.</summary>
/// <param name="Targets">[rows x outputs], as networks are trained on them.</param>
/// <param name="ExampleWeights">One per row, positive.</param>
internal sealed record FoldRows<T>(T[] Targets, T[] ExampleWeights)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The validation rows of a training, in their order, without those of weight 0.</summary>
    public static FoldRows<T> Of(IRowSource<T> validation)
    {
        int[]? weighing = WeighingRows.Find(validation, "validation", checkCancellation: null);
        IRowSource<T> rows = weighing is null ? validation : new SelectedRows<T>(validation, weighing);
        var result = new FoldRows<T>(new T[rows.RowCount * rows.TargetCount], new T[rows.RowCount]);
        var batches = new MiniBatches<T>(rows, FeatureRows.PortionOf(rows), random: null);
        batches.StartEpoch();
        for (int row = 0; batches.MoveNext(); row += batches.ExampleWeights.Length)
        {
            batches.Targets.CopyTo(result.Targets.AsSpan(row * rows.TargetCount));
            batches.ExampleWeights.CopyTo(result.ExampleWeights.AsSpan(row));
        }
        return result;
    }
}
