using System.Numerics;
using Mlp.Models.Intervals;
using Mlp.Training.Ensembles;

namespace Mlp.Training.Intervals;

/// <summary>Finds intervals around predictions, from rows that the networks were not trained on.</summary>
internal static class IntervalTraining
{
    /// <summary>Finds the scales of rows and the widths in units of them.</summary>
    /// <param name="heldOut">What networks say of rows that they did not see; null where there are none: intervals without bounds.</param>
    /// <param name="targetCount">Targets of a row.</param>
    /// <param name="request">What is asked for.</param>
    /// <returns>The intervals in the labels' unit. Repeatable like a training.</returns>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public static IntervalModel<T> Fit<T>(HeldOutRows<T>? heldOut, int targetCount, IntervalRequest<T> request)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] minima, T[] maxima) = BoundsOf(targetCount, request);
        double[] levels = request.Levels;
        if (heldOut is null)
        {
            T[] unbounded = [.. Enumerable.Repeat(T.PositiveInfinity, targetCount * levels.Length * 2)];
            return new IntervalModel<T>(levels, targetCount, [], unbounded, minima, maxima, scales: null);
        }
        int binCount = IntervalTable.BinCountFor(heldOut.RowCount, levels[^1]);
        var rows = IntervalRows.Of(heldOut, request.Link, ScaledRange(request), binCount);
        ScaleTraining.Result<T>? scales = request.Features is null
            ? null : ScaleTraining.Fit(rows, heldOut.RowIndices, request.Features, levels[^1], request.Settings);
        double[] scalesOfRows = scales?.HeldOut ?? [.. Enumerable.Repeat(1.0, rows.RowCount * targetCount * 2)];
        var (edges, multipliers) = (new List<T>(), new List<T>());
        for (int target = 0; target < targetCount; target++)
        {
            (double unit, double offset) = request.Scaling is { } scaling
                ? (scaling.Deviations[target], scaling.Offsets[target]) : (1, 0);
            edges.AddRange(rows.Edges[target].Select(edge =>
                edge == double.MaxValue ? T.BitDecrement(T.PositiveInfinity) : T.CreateTruncating(edge * unit + offset)));
            multipliers.AddRange(IntervalTable.MultipliersOf(rows, scalesOfRows, target, levels)
                .Select(multiplier => T.CreateTruncating(multiplier * unit)));
        }
        return new IntervalModel<T>(
            levels, targetCount, [.. edges], [.. multipliers], minima, maxima, scales is { Networks.Count: > 0 } ? ToModel(scales) : null);

        Model<T> ToModel(ScaleTraining.Result<T> found) => request.Features!.ToModel(
            found.Networks, new TargetRange<T>(
                [.. Enumerable.Repeat(T.CreateTruncating(IntervalModel<T>.LeastScale), 2 * targetCount)],
                [.. Enumerable.Repeat(T.CreateTruncating(found.Largest), 2 * targetCount)]));
    }

    /// <summary>What a label cannot leave: the range of the predictions, or of the link.</summary>
    private static (T[] Minima, T[] Maxima) BoundsOf<T>(int targetCount, IntervalRequest<T> request)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (request.Range is { } range)
            return (range.Minima.ToArray(), range.Maxima.ToArray());
        (T lowest, T highest) = request.Link switch
        {
            OutputLink.Sigmoid => (T.Zero, T.One),
            OutputLink.Exponential => (T.Zero, T.PositiveInfinity),
            _ => (T.NegativeInfinity, T.PositiveInfinity),
        };
        return ([.. Enumerable.Repeat(lowest, targetCount)], [.. Enumerable.Repeat(highest, targetCount)]);
    }

    private static TargetRange<T>? ScaledRange<T>(IntervalRequest<T> request)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (request.Range is not { } range)
            return null;
        T[] minima = range.Minima.ToArray(), maxima = range.Maxima.ToArray();
        request.Scaling?.Apply(minima);
        request.Scaling?.Apply(maxima);
        return new TargetRange<T>(minima, maxima);
    }
}
