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

    public static NormalizerColumn MinMax(string output, string? input, long maximumExampleCount, bool fixZero)
        => new(output, input, maximumExampleCount, fixZero);

    public static NormalizerColumn MeanVariance(string output, string? input, long maximumExampleCount, bool fixZero, bool useCdf)
        => new(output, input, maximumExampleCount, fixZero) { UseMeanVariance = true, UseCdf = useCdf };

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
