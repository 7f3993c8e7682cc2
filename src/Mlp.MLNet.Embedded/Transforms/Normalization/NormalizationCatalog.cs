using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that bring numbers to a common scale.</summary>
public static class NormalizationCatalog
{
    private const long MaximumExampleCount = 1_000_000_000;

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = MaximumExampleCount,
        bool fixZero = true)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [NormalizerColumn.MinMax(outputColumnName, inputColumnName, maximumExampleCount, fixZero)]);

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExampleCount,
        bool fixZero = true)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [.. columns.Select(pair
                => NormalizerColumn.MinMax(pair.OutputColumnName, pair.InputColumnName, maximumExampleCount, fixZero))]);

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = MaximumExampleCount,
        bool fixZero = true,
        bool useCdf = false)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [NormalizerColumn.MeanVariance(outputColumnName, inputColumnName, maximumExampleCount, fixZero, useCdf)]);

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExampleCount,
        bool fixZero = true,
        bool useCdf = false)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [.. columns.Select(pair
                => NormalizerColumn.MeanVariance(pair.OutputColumnName, pair.InputColumnName, maximumExampleCount, fixZero, useCdf))]);

    public static NormalizingEstimator NormalizeRobustScaling(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = MaximumExampleCount,
        bool centerData = true,
        uint quantileMin = 25,
        uint quantileMax = 75)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [NormalizerColumn.RobustScaling(outputColumnName, inputColumnName, maximumExampleCount, centerData, quantileMin, quantileMax)]);

    public static NormalizingEstimator NormalizeRobustScaling(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExampleCount,
        bool centerData = true,
        uint quantileMin = 25,
        uint quantileMax = 75)
        => new(
            CatalogUtils.GetEnvironment(catalog),
            [.. columns.Select(pair => NormalizerColumn.RobustScaling(
                pair.OutputColumnName, pair.InputColumnName, maximumExampleCount, centerData, quantileMin, quantileMax))]);
}
