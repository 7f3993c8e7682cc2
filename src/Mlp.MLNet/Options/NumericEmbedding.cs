using Mlp.Data;
using Mlp.MLNet.Options;
using Mlp.Numerics;

namespace Mlp.MLNet;

/// <summary>Shows numeric features to the network a second time, as learnt periodic functions; see
/// <see cref="PeriodicEmbeddingDescription"/>.</summary>
/// <remarks>
/// A feature is numeric when it is something else than 0 and 1 in some training row: flags and one-hot categories gain nothing. Which
/// features they are is found in each Fit and logged.
/// </remarks>
public sealed record NumericEmbedding
{
    /// <summary>No embedding, whatever the features are.</summary>
    public static NumericEmbedding None { get; } = new() { MaximumFeatureCount = 0 };

    /// <summary>Cosines per feature, at least 1. Default: 16.</summary>
    public int Frequencies { get; init; } = 16;

    /// <summary>Numbers per feature that are made of them, at least 1. Default: 3.</summary>
    public int Outputs { get; init; } = 3;

    /// <summary>
    /// Deviation of the first frequencies, in (0, ∞), in turns per unit of a scaled feature: larger ones for steep functions, smaller
    /// ones for smooth functions. Default: null: 0.1 for one network and below 1,000 rows; else two networks are trained on at most 5,000
    /// of the rows first, with 0.1 and 1, and unless 1 does harm, the networks that hold rows out begin with 0.1 to 3, by equal factors.
    /// </summary>
    public double? FrequencyDeviation { get; init; }

    /// <summary>With more numeric features than this there is no embedding, at least 0: for pixels and the like it
    /// costs much. Default: 100.</summary>
    public int MaximumFeatureCount { get; init; } = 100;

    /// <summary>
    /// A feature that is the same value in most rows, and many values in the others (a capital gain, a number of failures), is learnt as
    /// a category of bins, too: the common value is one, and its neighbours share at most so many others. Below 3 for none, at least 0.
    /// Default: 32. There are none either with more numeric features than <see cref="MaximumFeatureCount"/>, or where more than 10 are of
    /// this kind.
    /// </summary>
    public int MaximumBins { get; init; } = 32;

    internal void Validate()
    {
        RangeCheck.AtLeast(0, MaximumBins, of: nameof(NumericEmbedding));
        RangeCheck.AtLeast(1, Frequencies, of: nameof(NumericEmbedding));
        RangeCheck.AtLeast(1, Outputs, of: nameof(NumericEmbedding));
        RangeCheck.Require(
            FrequencyDeviation is not { } deviation || (deviation > 0 && double.IsFinite(deviation)), FrequencyDeviation,
            "positive and finite, or null", of: nameof(NumericEmbedding));
        RangeCheck.AtLeast(0, MaximumFeatureCount, of: nameof(NumericEmbedding));
    }

    /// <summary>Name and values, whatever the culture.</summary>
    public override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>The stage for these features, with the first frequencies of one network; null for none.</summary>
    /// <param name="features">To train on.</param>
    /// <param name="checkCancellation">Called before every block of rows; what it throws ends the work.</param>
    internal PeriodicEmbeddingDescription? For(RowBlocks<float> features, Action checkCancellation)
    {
        if (MaximumFeatureCount == 0)
            return null;
        int[] columns = NumericFeatures(features, checkCancellation);
        return columns.Length == 0 || columns.Length > MaximumFeatureCount ? null
            : Layer.PeriodicEmbedding(columns, Frequencies, Outputs) with
            {
                FrequencyDeviation = FrequencyDeviation ?? FrequencyRange.DefaultDeviation,
            };
    }

    /// <summary>The features that are learnt as bins, too.</summary>
    /// <param name="features">To train on.</param>
    /// <param name="exampleWeights">Of the rows; null for 1 each.</param>
    /// <param name="checkCancellation">Called again and again; what it throws ends the work.</param>
    internal BinnedNumber[] BinsOf(RowBlocks<float> features, RowBlocks<float>? exampleWeights, Action checkCancellation) =>
        MaximumBins < 3 || MaximumFeatureCount == 0 || NumericFeatures(features, checkCancellation).Length > MaximumFeatureCount
            ? [] : NumberBins.Find(features, MaximumBins, exampleWeights, checkCancellation);

    private static int[] NumericFeatures(RowBlocks<float> features, Action checkCancellation)
    {
        var isNumeric = new bool[features.RowLength];
        foreach (Memory<float> block in features.Blocks)
        {
            checkCancellation();
            ReadOnlySpan<float> values = block.Span;
            for (int start = 0; start < values.Length; start += isNumeric.Length)
            {
                ReadOnlySpan<float> row = values.Slice(start, isNumeric.Length);
                for (int feature = 0; feature < row.Length; feature++)
                    isNumeric[feature] |= row[feature] is not (0 or 1 or float.NaN);
            }
        }
        return [.. Enumerable.Range(0, isNumeric.Length).Where(feature => isNumeric[feature])];
    }
}
