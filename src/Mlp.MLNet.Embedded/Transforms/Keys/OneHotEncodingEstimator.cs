using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the categories of columns, and encodes each as a vector.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly IHost _host;
    private readonly ValueToKeyMappingEstimator _toKeys;
    private readonly IEstimator<ITransformer>? _toVectors;

    internal OneHotEncodingEstimator(
        IHostEnvironment env, (string Output, string Input)[] columns, OutputKind outputKind, ValueToKeyOptions options)
    {
        _host = env.Register(nameof(OneHotEncodingEstimator));
        _toKeys = new ValueToKeyMappingEstimator(_host, columns, options);
        (string, string)[] outputs = [.. columns.Select(column => (column.Output, column.Output))];
        _toVectors = outputKind switch
        {
            OutputKind.Key => null,
            OutputKind.Indicator => new KeyToVectorMappingEstimator(_host, outputs, outputCountVector: false),
            OutputKind.Bag => new KeyToVectorMappingEstimator(_host, outputs, outputCountVector: true),
            OutputKind.Binary => new KeyToBinaryVectorMappingEstimator(_host, outputs),
            _ => throw _host.ExceptUserArg(nameof(OutputKind)),
        };
    }

    /// <summary>What becomes of a category: a count of each, a 1 in its place, its number, or its number in binary digits.</summary>
    public enum OutputKind : byte
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
        Binary = 4,
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new OneHotEncodingTransformer(_toVectors == null
            ? new TransformerChain<ITransformer>(_toKeys.Fit(input))
            : _toKeys.Append(_toVectors).Fit(input));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape keys = _toKeys.GetOutputSchema(inputSchema);
        return _toVectors == null ? keys : _toVectors.GetOutputSchema(keys);
    }
}
