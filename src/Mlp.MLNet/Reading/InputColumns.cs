using Microsoft.ML;

namespace Mlp.MLNet.Reading;

/// <summary>The columns that a model predicts from, checked.</summary>
/// <param name="Features">A vector of Single of known size, or Single.</param>
/// <param name="Categories">Keys beside it.</param>
internal sealed record InputColumns(DataViewSchema.Column Features, IReadOnlyList<DataViewSchema.Column> Categories)
{
    /// <summary>The features first.</summary>
    public IEnumerable<DataViewSchema.Column> All => [Features, .. Categories];
}
