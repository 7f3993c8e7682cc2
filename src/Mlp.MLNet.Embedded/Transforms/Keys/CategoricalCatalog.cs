using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using KeyOrdinality = Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality;
using OutputKind = Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind;

namespace Microsoft.ML;

/// <summary>Transforms of categories.</summary>
public static class CategoricalCatalog
{
    private const int MaximumNumberOfKeys = 1_000_000;

    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        OutputKind outputKind = OutputKind.Indicator,
        int maximumNumberOfKeys = MaximumNumberOfKeys,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence,
        IDataView? keyData = null)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [(outputColumnName, inputColumnName ?? outputColumnName)],
            outputKind,
            new ValueToKeyOptions(maximumNumberOfKeys, keyOrdinality, AsText: true, keyData));

    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns,
        OutputKind outputKind = OutputKind.Indicator,
        int maximumNumberOfKeys = MaximumNumberOfKeys,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence,
        IDataView? keyData = null)
    {
        Contracts.CheckValue(columns, nameof(columns));
        return new(
            CatalogUtils.GetEnvironment(catalog),
            [.. columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName))],
            outputKind,
            new ValueToKeyOptions(maximumNumberOfKeys, keyOrdinality, AsText: true, keyData));
    }
}
