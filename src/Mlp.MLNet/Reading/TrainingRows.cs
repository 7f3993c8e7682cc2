using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mlp.Data;

namespace Mlp.MLNet.Reading;

/// <summary>Rows to train on or to validate with, in memory.</summary>
/// <param name="Features">At least one row; not infinite.</param>
/// <param name="Targets">As many rows: one target for a scalar label; a class as its index.</param>
/// <param name="ExampleWeights">As many rows of one value, positive and finite; null when all rows count the same.</param>
internal sealed record TrainingRows(FeatureTable<float> Features, RowBlocks<float> Targets, RowBlocks<float>? ExampleWeights)
{
    /// <summary>At least 1.</summary>
    public int RowCount => Features.RowCount;

    /// <summary>The rows of the data that weigh 0 and are not among these, counted from 1, ascending.</summary>
    public IReadOnlyList<int> LeftOut { get; init; } = [];

    /// <summary>"all 1,200 rows", for messages.</summary>
    public string Every => RowProblems.EveryOf(RowCount, leavesOut: LeftOut.Count > 0);

    /// <summary>Where in the data a row comes from, counted from 1.</summary>
    public int NumberOf(int index)
    {
        int number = index + 1;
        foreach (int leftOut in LeftOut)
        {
            if (leftOut > number)
                break;
            number++;
        }
        return number;
    }

    public RowTable<float> ToRowSource() => new(Features, Targets, ExampleWeights);

    /// <summary>These rows with their class as one target per class.</summary>
    public ClassRows<float> ToClassRows(int classCount) => new(ToRowSource(), classCount);

    /// <summary>The target of all rows, if they have one target each and it is the same.</summary>
    public float? OnlyTarget()
    {
        float first = Targets[0][0];
        return Targets.Blocks.Any(block => block.Span.ContainsAnyExcept(first)) ? null : first;
    }

    /// <summary>The index of a row with a target that is too large to be scaled; null when there is none.</summary>
    public int? RowWithTooLargeTarget()
    {
        for (int row = 0; row < Targets.RowCount; row++)
        {
            if (TargetScaling<float>.IndexOfTooLarge(Targets[row]) >= 0)
                return row;
        }
        return null;
    }

    /// <summary>What a task has to know of the targets.</summary>
    public TargetSummary SummarizeTargets() => new(
        OnlyTarget(), RowWithTooLargeTarget() is int row
            ? (NumberOf(row), Targets[row][TargetScaling<float>.IndexOfTooLarge(Targets[row])]) : null,
        Every);

    /// <summary>The class of each row, where targets are classes.</summary>
    public int[] ClassIndices() => [.. Enumerable.Range(0, RowCount).Select(row => (int)Targets[row][0])];

    /// <summary>What each class counts.</summary>
    public double[] WeightsOfClasses(ClassWeights weights, int classCount) => weights.For<float>(ClassIndices(), classCount, Weights());

    /// <summary>These rows with their weights multiplied by those of their classes.</summary>
    public TrainingRows Weight(double[] weightsOfClasses) =>
        this with { ExampleWeights = new RowBlocks<float>(ClassWeights.Apply<float>(weightsOfClasses, ClassIndices(), Weights()), 1) };

    /// <summary>Scales rows in place.</summary>
    /// <param name="features">Null for nothing.</param>
    /// <param name="sparse">Of the sparse slots; null for nothing.</param>
    /// <param name="middles">What numbers that are missing become, in scaled units, but for those that the network learns; null for
    /// nothing.</param>
    /// <param name="learnt">Those that it learns, ascending.</param>
    /// <param name="targets">Null for nothing.</param>
    /// <param name="checkCancellation">Called before every block of rows; what it throws ends the work.</param>
    public void Scale(
        FeatureScaling<float>? features, FeatureScaling<float>? sparse, float[]? middles, IReadOnlyList<int> learnt,
        TargetScaling<float>? targets, Action checkCancellation)
    {
        foreach (Memory<float> block in Features.Numbers?.Blocks ?? [])
        {
            checkCancellation();
            features?.Apply(block.Span);
            MissingNumbers.Fill<float>(block.Span, middles, learnt);
        }
        if (sparse is not null && Features.Sparse is { } rows)
        {
            checkCancellation();
            for (int row = 0; row < rows.RowCount; row++)
                sparse.ApplyTo(rows.SlotsOf(row), rows.ValuesOf(row));
        }
        foreach (Memory<float> block in Targets.Blocks)
        {
            checkCancellation();
            targets?.Apply(block.Span);
        }
    }

    /// <summary>Tells these rows from others, in 16 hexadecimal digits.</summary>
    /// <param name="validation">Belong to them; null for none.</param>
    public string Fingerprint(TrainingRows? validation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TrainingRows? rows in (TrainingRows?[])[this, validation])
        {
            foreach (RowBlocks<float>? part in (RowBlocks<float>?[])[rows?.Features.Numbers, rows?.Targets, rows?.ExampleWeights])
            {
                foreach (Memory<float> block in part?.Blocks ?? [])
                    hash.AppendData(MemoryMarshal.AsBytes(block.Span));
            }
            for (int row = 0; row < (rows?.RowCount ?? 0); row++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(rows!.Features.CategoriesOf(row)));
                if (rows.Features.Sparse is not { } sparse)
                    continue;
                hash.AppendData(MemoryMarshal.AsBytes(sparse.SlotsOf(row)));
                hash.AppendData(MemoryMarshal.AsBytes(sparse.ValuesOf(row)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private float[] Weights() => ExampleWeights is null ? [] : [.. Enumerable.Range(0, RowCount).Select(row => ExampleWeights[row][0])];
}
