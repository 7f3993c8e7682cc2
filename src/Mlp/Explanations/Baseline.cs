using System.Numerics;

namespace Mlp.Explanations;

/// <summary>The row at which explanations begin, of a model that may read keys beside its features.</summary>
/// <param name="Features">One value per feature, not scaled.</param>
/// <param name="KeyShares">Of each key column what share of some rows has each of its values, from the first one on; the others have one
/// that is not known. Empty where no key is known.</param>
internal sealed record Baseline<T>(T[] Features, IReadOnlyList<double[]> KeyShares)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The centre of a model's scaling, and keys that are not known.</summary>
    public static Baseline<T> CentreOf(Model<T> model) => new(IntegratedGradients<T>.CentreOf(model), []);

    /// <summary>The mean of every feature, and of each key column the shares of its values, with which the mean of their embeddings is
    /// taken.</summary>
    /// <param name="features">As <see cref="IntegratedGradients{T}.MeanOf"/> takes them.</param>
    /// <param name="keys">[rows x key columns], 0 for a value that is not known; null for a model without.</param>
    /// <param name="keyCounts">Values of each key column.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row.</exception>
    public static Baseline<T> MeanOf(RowBlocks<T> features, RowBlocks<int>? keys, IReadOnlyList<int> keyCounts)
    {
        double[][] shares = [.. keyCounts.Select(count => new double[count])];
        for (int row = 0; row < keys?.RowCount; row++)
        {
            ReadOnlySpan<int> values = keys[row];
            for (int key = 0; key < values.Length; key++)
            {
                if (values[key] > 0)
                    shares[key][values[key] - 1]++;
            }
        }
        foreach (double[] ofKey in shares)
        {
            foreach (ref double share in ofKey.AsSpan())
                share /= features.RowCount;
        }
        return new(IntegratedGradients<T>.MeanOf(features), shares);
    }
}
