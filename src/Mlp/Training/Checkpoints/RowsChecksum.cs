using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.Data;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp.Training.Checkpoints;

/// <summary>Tells rows from others, up to one chance in 2³² each.</summary>
/// <param name="Features">CRC-32C of all features, row-major.</param>
/// <param name="Targets">CRC-32C of all targets, row-major.</param>
/// <param name="ExampleWeights">CRC-32C of all example weights; null when all rows count 1, as they do without weights.</param>
internal readonly record struct RowsChecksum(uint Features, uint Targets, uint? ExampleWeights)
{
    /// <param name="rows">At least one.</param>
    /// <param name="cancellationToken">Ends the work. No callback does: a training that was stopped in its first step would not get past
    /// this.</param>
    public static RowsChecksum Of<T>(IRowSource<T> rows, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Crc32C features = new(), targets = new(), exampleWeights = new();
        int portion = Math.Min(Limits.PortionRowCount, rows.RowCount);
        var indices = new int[portion];
        var batch = new FeatureBatch<T>(FeatureRows.InputsOf(rows), portion);
        T[] targetValues = new T[portion * rows.TargetCount], weights = new T[portion];
        bool isWeighted = false;
        for (int first = 0; first < rows.RowCount; first += portion)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(portion, rows.RowCount - first);
            for (int index = 0; index < count; index++)
                indices[index] = first + index;
            Span<T> targetPart = targetValues.AsSpan(0, count * rows.TargetCount);
            batch.Clear();
            FeatureRows.Read(rows, indices.AsSpan(0, count), batch, targetPart, weights.AsSpan(0, count));
            features.AddValues<T>(batch.Numbers);
            features.Add(MemoryMarshal.AsBytes(batch.Categories));
            features.Add(MemoryMarshal.AsBytes(batch.SparseSlots));
            features.AddValues<T>(batch.SparseValues);
            targets.AddValues<T>(targetPart);
            exampleWeights.AddValues<T>(weights.AsSpan(0, count));
            isWeighted |= weights.AsSpan(0, count).ContainsAnyExcept(T.One);
        }
        return new RowsChecksum(features.Value, targets.Value, isWeighted ? exampleWeights.Value : null);
    }
}
