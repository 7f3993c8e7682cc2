using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>How one column is to be normalized.</summary>
internal sealed class NormalizerColumn
{
    private NormalizerColumn(string name, string? inputColumnName, long maximumExampleCount, bool fixZero)
    {
        inputColumnName ??= name;
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckNonEmpty(inputColumnName, nameof(inputColumnName));
        Contracts.CheckParam(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        Output = name;
        Input = inputColumnName;
        MaximumExampleCount = maximumExampleCount;
        FixZero = fixZero;
    }

    public string Output { get; }

    public string Input { get; }

    public long MaximumExampleCount { get; }

    /// <summary>Whether zero must stay zero, so that sparse data stays sparse: the scale is then taken about zero.</summary>
    public bool FixZero { get; }

    public bool UseMeanVariance { get; private init; }

    public bool UseCdf { get; private init; }

    /// <summary>With robust scaling the part of the whole range that becomes 1; otherwise null.</summary>
    public float? RangeShare { get; private init; }

    /// <summary>Whether robust scaling moves the median to 0.</summary>
    public bool CenterData { get; private init; }

    public static NormalizerColumn MinMax(string output, string? input, long maximumExampleCount, bool fixZero)
        => new(output, input, maximumExampleCount, fixZero);

    public static NormalizerColumn MeanVariance(string output, string? input, long maximumExampleCount, bool fixZero, bool useCdf)
        => new(output, input, maximumExampleCount, fixZero) { UseMeanVariance = true, UseCdf = useCdf };

    /// <summary>The quantiles only give a share: 25 and 75 take half of the range, wherever the quantiles themselves lie.</summary>
    public static NormalizerColumn RobustScaling(
        string output, string? input, long maximumExampleCount, bool centerData, uint quantileMin, uint quantileMax)
        => new(output, input, maximumExampleCount, fixZero: false)
        {
            // In the wrong order they wrap around, as in ML.NET.
            RangeShare = unchecked(quantileMax - quantileMin) / 100f,
            CenterData = centerData,
        };

    /// <summary>What collects the statistics of a column of the cursor.</summary>
    public INormalizerTrainer MakeTrainer(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        DataViewType itemType = column.Type.GetItemType();
        bool isSupported = itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;
        if (!isSupported || column.Type is VectorDataViewType { IsKnownSize: false })
        {
            throw Contracts.ExceptParam("srcType", "Wrong column type for input column. " +
                $"Expected: Single, Double, Vector of Single or Vector of Double. Got: {column.Type}.");
        }

        return itemType == NumberDataViewType.Single
            ? new NormalizerTrainer<float>(this, cursor, column)
            : new NormalizerTrainer<double>(this, cursor, column);
    }
}
