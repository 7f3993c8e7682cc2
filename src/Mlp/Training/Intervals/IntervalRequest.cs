using System.Numerics;
using Mlp.Networks;

namespace Mlp.Training.Intervals;

/// <summary>What intervals are asked for, and of which model.</summary>
/// <param name="Levels">Ascending, each in (0, 1).</param>
/// <param name="Link">Of the model.</param>
/// <param name="Settings">Of its training: seed, threads and cancellation.</param>
internal sealed record IntervalRequest<T>(double[] Levels, OutputLink Link, TrainingSettings Settings)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>That predictions do not leave, in the labels' unit; null for none.</summary>
    public TargetRange<T>? Range { get; init; }

    /// <summary>That the targets went through; null for none.</summary>
    public TargetScaling<T>? Scaling { get; init; }

    /// <summary>Where the features of the rows come from; null for intervals of the same width for all rows.</summary>
    public FeatureAccess<T>? Features { get; init; }
}

/// <summary>The features of the rows that intervals are found from, to train further networks on.</summary>
/// <param name="RowCount">Rows there are.</param>
/// <param name="Inputs">What a network takes.</param>
/// <param name="ToSource">Gives the features other targets, as many rows.</param>
/// <param name="ToModel">Makes a model of networks, with what becomes of raw features before.</param>
internal sealed record FeatureAccess<T>(
    int RowCount, InputDescription Inputs, Func<RowBlocks<T>, IRowSource<T>> ToSource,
    Func<IReadOnlyList<Network<T>>, TargetRange<T>, Model<T>> ToModel)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
