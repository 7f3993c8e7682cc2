using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.MLNet;

/// <summary>
/// How categories are learnt: ranges of the feature vector that OneHotEncoding and its like have marked (the annotation
/// CategoricalSlotRanges), and the keys of <see cref="MlpOptions.CategoricalColumnNames"/>. Each value gets a few numbers that are learnt,
/// and so does a value that the training never saw.
/// </summary>
/// <remarks>
/// The numbers of a value are those of an unknown one plus what it differs by, which is nothing at the start: rare values stay near the
/// unknown one. In training a value counts as unknown now and then. Memory and time do not grow with the number of values. Source: Guo
/// and Berkhahn 2016, "Entity embeddings of categorical variables"; the common base is this project's.
/// </remarks>
public sealed record CategoricalEmbedding
{
    /// <summary>No embedding: each slot of a category is a feature of its own.</summary>
    public static CategoricalEmbedding None { get; } = new() { MaximumWidth = 0 };

    /// <summary>The most numbers that stand for a value, at least 1. A category with fewer values has as many numbers as values.
    /// Default: 8.</summary>
    public int MaximumWidth { get; init; } = 8;

    /// <summary>The probability with which a row's value counts as unknown in a training step, in [0, 1). Without effect with
    /// <see cref="Lbfgs"/>, which needs the same rows in every step. Default: 0.01.</summary>
    public double UnknownRate { get; init; } = 0.01;

    /// <summary>
    /// How many pairs of columns of few values are learnt as one category, too, at most; 0 for none. Looked for in ensembles that hold rows
    /// out, from 1,000 rows in memory on, and kept where a trial on some of the rows is better with them. Columns are ranges of flags and
    /// numbers of 3 to 64 values. Source: Lou et al. 2013, "Accurate intelligible models with pairwise interactions". Default: 3.
    /// </summary>
    public int MaximumCrosses { get; init; } = 3;

    /// <summary>Name and values, whatever the culture.</summary>
    public override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    internal bool IsNone => MaximumWidth == 0;

    internal void Validate()
    {
        // 0 is None.
        RangeCheck.Require(MaximumWidth >= 0, MaximumWidth, "at least 1", of: nameof(CategoricalEmbedding));
        RangeCheck.Require(MaximumCrosses >= 0, MaximumCrosses, "at least 0", of: nameof(CategoricalEmbedding));
        RangeCheck.Fraction(UnknownRate, of: nameof(CategoricalEmbedding));
    }

    /// <summary>The embedding of a category.</summary>
    internal CategoryDescription For(int valueCount) => new(valueCount, Math.Min(valueCount, MaximumWidth));
}
