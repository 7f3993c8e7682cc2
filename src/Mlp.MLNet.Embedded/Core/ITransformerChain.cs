namespace Microsoft.ML.Data;

/// <summary>A chain whose last transformer may be of any type.</summary>
internal interface ITransformerChain : ITransformer
{
    IReadOnlyList<ITransformer> Transformers { get; }
}
