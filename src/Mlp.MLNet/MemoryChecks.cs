using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>Whether rows and training fit in memory, asked before anything large is allocated.</summary>
internal static class MemoryChecks
{
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

    /// <summary>When the rows are there, and with them the network's first stage is known.</summary>
    public static void Check(long rowCount, long validationRowCount, TrainingColumns columns, Layer[] layers, MlpOptions options)
    {
        var settings = options.ToTrainingSettings(options.Loss, seed: 0);
        MemoryEstimate.OfTraining<float>(columns.FeatureCount, layers, rowCount, validationRowCount, settings, options.ToEnsembleSettings())
            .With(DataOf(rowCount)).With(DataOf(validationRowCount)).Check(options.MemoryLimit);

        MemoryEstimate DataOf(long count) =>
            MemoryEstimate.OfData<float>(count, columns.FeatureCount, columns.TargetCount, columns.ExampleWeight is not null);
    }

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
