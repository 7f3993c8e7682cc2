using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>Whether rows and training fit in memory, asked before anything large is allocated.</summary>
internal static class MemoryChecks
{
    /// <summary>What may be read between two checks.</summary>
    private const int PortionBytes = 1 << 22;

    /// <summary>What may be taken ahead of the rows: a block of features, one of targets and one of weights, and what the heap has room for between
    /// its blocks.</summary>
    private const double AheadBytes = 64e6;

    /// <summary>Before rows are read, as far as their number is known.</summary>
    /// <param name="data">Rows to train on.</param>
    /// <param name="validationData">Null for none.</param>
    /// <param name="columns">Give the sizes.</param>
    /// <param name="layers">Of the network.</param>
    /// <param name="options">Give the rest.</param>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    public static void CheckBeforeReading(
        IDataView data, IDataView? validationData, TrainingColumns columns, Layer[] layers, MlpOptions options)
    {
        long rowCount = data.GetRowCount() ?? 0, validationRowCount = validationData?.GetRowCount() ?? 0;
        CheckCount(rowCount, "training");
        CheckCount(validationRowCount, "validation");
        Check(rowCount, validationRowCount, columns, layers, options);
    }

    /// <summary>How many rows may be read until they are counted again: as many again, up to some MB.</summary>
    public static int NextPortion(int rowCount, TrainingColumns columns) =>
        (int)Math.Clamp(rowCount, 1, Math.Max(1, PortionBytes / sizeof(float) / ((long)columns.FeatureCount + columns.TargetCount)));

    /// <summary>While rows are read whose number nobody knew: memory must not end before they do.</summary>
    /// <exception cref="InvalidOperationException">Those that there are do not fit.</exception>
    public static void CheckWhileReading(long rowCount, long validationRowCount, TrainingColumns columns, Layer[] layers, MlpOptions options)
    {
        MemoryEstimate estimate = Estimate(rowCount, validationRowCount, columns, layers, options);
        long rowsSoFar = rowCount + validationRowCount;
        if (options.MemoryLimit is double limit)
        {
            estimate.Check(limit, rowsSoFar: rowsSoFar);
            return;
        }
        if (estimate.TotalBytes + Used() <= MemoryEstimate.AvailableBytes)
            return;
        // What nobody needs any more is counted as well until it is collected.
        GC.Collect();
        estimate.Check(usedBytes: Used(), rowsSoFar: rowsSoFar);

        double Used() => Math.Max(0, GC.GetTotalMemory(forceFullCollection: false) - DataOf(rowsSoFar, columns).TotalBytes) + AheadBytes;
    }

    /// <summary>When the rows are there, and with them the network's first stage is known.</summary>
    public static void Check(long rowCount, long validationRowCount, TrainingColumns columns, Layer[] layers, MlpOptions options) =>
        Estimate(rowCount, validationRowCount, columns, layers, options).Check(options.MemoryLimit);

    private static MemoryEstimate Estimate(long rowCount, long validationRowCount, TrainingColumns columns, Layer[] layers, MlpOptions options)
    {
        var settings = options.ToTrainingSettings(options.Loss, seed: 0);
        return MemoryEstimate.OfTraining<float>(columns.FeatureCount, layers, rowCount, validationRowCount, settings, options.ToEnsembleSettings())
            .With(DataOf(rowCount, columns)).With(DataOf(validationRowCount, columns));
    }

    private static MemoryEstimate DataOf(long count, TrainingColumns columns) =>
        MemoryEstimate.OfData<float>(count, columns.FeatureCount, columns.TargetCount, columns.ExampleWeight is not null);

    /// <summary>Rows are shuffled by their index, and an array holds the indices.</summary>
    private static void CheckCount(long rowCount, string purpose)
    {
        if (rowCount > Array.MaxLength)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The {purpose} data has {rowCount:N0} rows; a training takes at most {Array.MaxLength:N0}. Train on fewer rows (TakeRows)."));
        }
    }
}
