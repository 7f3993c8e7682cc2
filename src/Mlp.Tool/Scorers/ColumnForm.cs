using Microsoft.ML.Data;

namespace Mlp.Tool.Scorers;

/// <summary>What a column of a pipeline is, in terms of the model's input.</summary>
internal abstract record ColumnForm
{
    /// <summary>A column of the input as it is.</summary>
    public sealed record Input(string Column, DataViewType Type) : ColumnForm;

    /// <summary>The key of a text.</summary>
    /// <param name="Column">The input column.</param>
    /// <param name="Values">In the order of the keys.</param>
    public sealed record Key(string Column, IReadOnlyList<string> Values) : ColumnForm;

    /// <summary>The key that a hash gives a text.</summary>
    /// <param name="Column">The input column.</param>
    /// <param name="BitCount">Keys, as a power of two.</param>
    /// <param name="Seed">Of the hash.</param>
    public sealed record Hash(string Column, int BitCount, uint Seed) : ColumnForm;

    /// <summary>Numbers.</summary>
    /// <param name="Parts">Side by side.</param>
    /// <param name="IsVector">Whether they are a vector.</param>
    public sealed record Numbers(IReadOnlyList<FeaturePart> Parts, bool IsVector) : ColumnForm
    {
        public int Width => Parts.Sum(part => part.Width);
    }

    /// <summary>Something that a scorer cannot compute.</summary>
    /// <param name="Column">The column that it is.</param>
    /// <param name="Origin">What made it of what: "from 'x' by y".</param>
    public sealed record Unreadable(string Column, string Origin) : ColumnForm;
}
