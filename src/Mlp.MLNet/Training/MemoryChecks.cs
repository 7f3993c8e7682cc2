using Microsoft.ML;
using Mlp.Data;
using Mlp.Data.Stores;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.Networks;

namespace Mlp.MLNet.Training;

/// <summary>Whether the rows and the training of one Fit fit in memory, asked before anything large is allocated.</summary>
/// <param name="columns">Give the sizes.</param>
/// <param name="options">Of the training.</param>
/// <param name="hasValidation">Whether there are validation rows.</param>
/// <param name="layersFor">The layers of the network for a number of rows.</param>
/// <param name="limit">What may be needed, in bytes; null for what the process can use.</param>
internal sealed class MemoryChecks(
    TrainingColumns columns, ResolvedOptions options, bool hasValidation, Func<long, Layer[]> layersFor, double? limit)
{
    /// <summary>What may be taken ahead of the rows: a block of features, one of targets and one of weights, and what the heap has room
    /// for between its blocks.</summary>
    private const double AheadBytes = 64e6;

    // As far as reading got.
    private InputDescription? _knownInputs;
    private Layer[]? _knownStages;

    /// <summary>Whether the rows or the training were refused.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>Whether a training fits whose rows are on disk, as far as it is known before they are read.</summary>
    /// <param name="rowCount">Rows to train on; null where it is not known.</param>
    public bool MayFitOnDisk(long? rowCount)
    {
        long count = rowCount ?? 0;
        return OnDisk(count, validation: null, _knownInputs ?? FewInputs, _knownStages ?? layersFor(count), tableBytes: null).TotalBytes
            <= (limit ?? MemoryEstimate.AvailableBytes);
    }

    /// <summary>When rows are in buckets on disk, before they are written as blocks.</summary>
    /// <param name="rowCount">Rows to train on.</param>
    /// <param name="validation">In memory; null for none.</param>
    /// <param name="inputs">Of the network.</param>
    /// <param name="stages">Its layers.</param>
    /// <param name="tableBytes">What the rows take on disk.</param>
    /// <exception cref="InvalidOperationException">The training does not fit.</exception>
    public void CheckOnDisk(long rowCount, TrainingRows? validation, InputDescription inputs, Layer[] stages, double tableBytes) =>
        OnDisk(rowCount, validation, inputs, stages, tableBytes).Check(limit);

    /// <summary>Before rows are read, as far as their number is known.</summary>
    /// <param name="data">Rows to train on.</param>
    /// <param name="validationData">Null for none.</param>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    public void CheckBeforeReading(IDataView data, IDataView? validationData)
    {
        long rowCount = data.GetRowCount() ?? 0, validationRowCount = validationData?.GetRowCount() ?? 0;
        CheckCount(rowCount, "training");
        CheckCount(validationRowCount, "validation");
        // What is not looked at yet may be mostly empty: of a wide vector only as much is counted as any row has.
        Check(Estimate(FewInputs, rowCount, validationRowCount, layersFor(rowCount))
            .With(DataOf(
                rowCount + validationRowCount,
                (rowCount + validationRowCount) * ((double)FewInputs.NumberCount + columns.Categories.Count) * sizeof(float))));
    }

    /// <summary>While rows are read whose number was not known before.</summary>
    /// <param name="rowCount">Training rows so far.</param>
    /// <param name="validationRowCount">Validation rows so far.</param>
    /// <param name="inputs">What is known of the features by now.</param>
    /// <param name="featureBytes">What the features of both take.</param>
    /// <exception cref="InvalidOperationException">Those that there are do not fit.</exception>
    public void CheckWhileReading(long rowCount, long validationRowCount, InputDescription inputs, double featureBytes)
    {
        _knownInputs = inputs;
        MemoryEstimate data = DataOf(rowCount + validationRowCount, featureBytes);
        MemoryEstimate estimate = Estimate(inputs, rowCount, validationRowCount, layersFor(rowCount)).With(data);
        long rowsSoFar = rowCount + validationRowCount;
        if (limit is not null)
        {
            Check(estimate, rowsSoFar: rowsSoFar);
            return;
        }
        if (estimate.TotalBytes + Used() <= MemoryEstimate.AvailableBytes)
            return;
        // Memory that can be collected is counted as used until it is.
        GC.Collect();
        Check(estimate, Used(), rowsSoFar);

        double Used() => Math.Max(0, GC.GetTotalMemory(forceFullCollection: false) - data.TotalBytes) + AheadBytes;
    }

    /// <summary>When the rows are there, and with them the network's first stage is known.</summary>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    /// <param name="rows">To train on.</param>
    /// <param name="validation">Null for none.</param>
    /// <param name="inputs">Of the network.</param>
    /// <param name="stages">Its layers.</param>
    public void CheckAfterReading(TrainingRows rows, TrainingRows? validation, InputDescription inputs, Layer[] stages)
    {
        (_knownInputs, _knownStages) = (inputs, stages);
        long validationRowCount = validation?.RowCount ?? 0;
        Check(Estimate(inputs, rows.RowCount, validationRowCount, stages)
            .With(DataOf(rows.RowCount + validationRowCount, rows.Features.Bytes + (validation?.Features.Bytes ?? 0))));
    }

    /// <summary>At least what the network will have, as long as it is not known.</summary>
    private InputDescription FewInputs =>
        new(Math.Min(columns.FeatureCount, FeatureTableBuilder<float>.LargestDenseSlotCount))
        {
            Categories = [.. TrainingInputs.CountsOfKeys(columns).Select(options.KeyEmbedding.For)],
        };

    private MemoryEstimate Estimate(InputDescription inputs, long rowCount, long validationRowCount, Layer[] layers) =>
        MemoryEstimate.OfTraining<float>(
            inputs, layers, rowCount, validationRowCount, options.ToTrainingSettings(seed: 0, rowCount), EnsembleFor(rowCount));

    /// <summary>No row at all means that their number is not known.</summary>
    private EnsembleSettings EnsembleFor(long rowCount) =>
        options.ToEnsembleSettings(rowCount == 0 ? long.MaxValue : rowCount, hasValidation).OfPart();

    private MemoryEstimate DataOf(long count, double featureBytes) => MemoryEstimate
        .OfData<float>(count, inputCount: 0, columns.TargetCount, columns.ExampleWeight is not null).WithBytes(featureBytes);

    private MemoryEstimate OnDisk(
        long rowCount, TrainingRows? validation, InputDescription inputs, Layer[] stages, double? tableBytes)
    {
        int validationRowCount = validation?.RowCount ?? 0;
        return MemoryEstimate.OfTraining<float>(
            inputs, stages, rowCount, validationRowCount, options.ToTrainingSettings(seed: 0, rowCount), EnsembleFor(rowCount),
            StoredRows.MostBytesOfStreams(tableBytes)).With(DataOf(validationRowCount, validation?.Features.Bytes ?? 0));
    }

    private void Check(MemoryEstimate estimate, double usedBytes = 0, long? rowsSoFar = null)
    {
        try
        {
            estimate.Check(limit, usedBytes, rowsSoFar);
        }
        catch (InvalidOperationException)
        {
            HasRefused = true;
            throw;
        }
    }

    /// <summary>Rows are shuffled by their index, and an array holds the indices.</summary>
    private void CheckCount(long rowCount, string purpose)
    {
        if (rowCount > Array.MaxLength)
        {
            HasRefused = true;
            throw new InvalidOperationException(
                $"The {purpose} data has {rowCount:N0} rows; a training takes at most {Array.MaxLength:N0}. Train on fewer rows "
                    + "(TakeRows).");
        }
    }
}
