using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp;

/// <summary>The memory that a training needs at most, computed from its sizes before anything is allocated.</summary>
/// <remarks>
/// Data is held once. Of every parameter there are the value, its gradient, what the optimizer keeps, and with early stopping the best
/// value. A batch holds, of each of its rows, the inputs, the targets and three numbers per unit, five with dropout, and what a periodic
/// embedding makes of the inputs. Of an ensemble, as many networks are trained side by side as there are threads; of the others there are
/// the values. Not counted is what does not grow with any of these: some MB.
/// </remarks>
public sealed record MemoryEstimate
{
    private MemoryEstimate()
    {
    }

    /// <summary>Rows to train on.</summary>
    public long RowCount { get; private init; }

    /// <summary>The rows, and those for validation, in bytes: all their features, targets and weights.</summary>
    public double DataBytes { get; private init; }

    /// <summary>Weights and biases.</summary>
    public double ParameterCount { get; private init; }

    /// <summary>The parameters and everything that is as long as they are, in bytes.</summary>
    public double ParameterBytes { get; private init; }

    /// <summary>Rows of a batch.</summary>
    public long BatchRowCount { get; private init; }

    /// <summary>Work space of batches, of training and of validation, in bytes.</summary>
    public double BatchBytes { get; private init; }

    /// <summary>All of it, in bytes.</summary>
    public double TotalBytes => DataBytes + ParameterBytes + BatchBytes;

    /// <summary>What this process may use, in bytes: the machine's memory, or less in a container or by a setting of the runtime.</summary>
    public static double AvailableBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What rows take in memory.</summary>
    /// <param name="rowCount">At least 0.</param>
    /// <param name="inputCount">Numbers of a row.</param>
    /// <param name="targetCount">Targets of a row, as they are stored: 1 for a class.</param>
    /// <param name="hasWeights">Whether each row has a weight.</param>
    public static MemoryEstimate OfData<T>(long rowCount, int inputCount, int targetCount, bool hasWeights)
        where T : unmanaged =>
        new()
        {
            RowCount = rowCount,
            DataBytes = (double)rowCount * ((double)inputCount + targetCount + (hasWeights ? 1 : 0)) * Unsafe.SizeOf<T>()
        };

    /// <summary>What a training takes, besides data that is there already.</summary>
    /// <param name="inputCount">Numbers of a row.</param>
    /// <param name="layers">As for <see cref="Network{T}.Create(int, IReadOnlyList{Layer}, int)"/>.</param>
    /// <param name="rowCount">Rows to train on.</param>
    /// <param name="validationRowCount">Rows to validate with; 0 for none.</param>
    /// <param name="settings">Optimizer, batch size, dropout, early stopping, threads.</param>
    /// <param name="ensemble">How many networks; null for one.</param>
    public static MemoryEstimate OfTraining<T>(
        int inputCount, IReadOnlyList<Layer> layers, long rowCount, long validationRowCount, TrainingSettings settings,
            EnsembleSettings? ensemble = null)
        where T : unmanaged
    {
        return OfTraining<T>(new InputDescription(inputCount), layers, rowCount, validationRowCount, settings, ensemble);
    }

    /// <inheritdoc cref="OfTraining{T}(int, IReadOnlyList{Layer}, long, long, TrainingSettings, EnsembleSettings)"/>
    internal static MemoryEstimate OfTraining<T>(
        InputDescription inputs, IReadOnlyList<Layer> layers, long rowCount, long validationRowCount, TrainingSettings settings,
            EnsembleSettings? ensemble = null, double? streamBytes = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(settings);
        var embedding = layers[0] as PeriodicEmbeddingDescription;
        DenseLayerDescription[] descriptions = [.. layers.OfType<DenseLayerDescription>()];
        double parameterCount = ParametersOf(inputs, descriptions[0].Units);
        long fanIn = inputs.EncodedCount;
        if (embedding is not null)
        {
            double waves = (double)embedding.Columns.Count * embedding.Frequencies;
            long outputs = (long)embedding.Columns.Count * embedding.Outputs;
            parameterCount += 2 * waves + waves * embedding.Outputs + outputs;
            fanIn += outputs;
        }
        foreach (DenseLayerDescription layer in descriptions)
        {
            parameterCount += (double)layer.Units * (fanIn + (layer.HasBiases ? 1 : 0));
            fanIn = layer.Units;
        }
        return Of<T>(inputs, embedding, [
            .. descriptions.Select(layer => layer.Units)], parameterCount, rowCount, validationRowCount, settings, ensemble ?? new(),
            streamBytes);
    }

    /// <summary>What a training takes of a network that there is already.</summary>
    internal static MemoryEstimate OfTraining<T>(
        Network<T> network, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings, EnsembleSettings? ensemble = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of<T>(
            network.Inputs, network.Embedding?.Describe(), [.. network.Layers.Select(layer => layer.UnitCount)],
            network.Parameters.Length, FeatureRows.CountOf(rows), validation is null ? 0 : FeatureRows.CountOf(validation), settings,
            ensemble ?? new(), (rows as IStreamedRows<T>)?.StreamBytes);

    /// <summary>Both together.</summary>
    /// <param name="data">From <see cref="OfData"/>.</param>
    public MemoryEstimate With(MemoryEstimate data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return this with { DataBytes = DataBytes + data.DataBytes };
    }

    /// <summary>With some more bytes of data.</summary>
    internal MemoryEstimate WithBytes(double dataBytes) => this with { DataBytes = DataBytes + dataBytes };

    /// <summary>Throws when it is more than there is; the message gives the numbers and says what to change.</summary>
    /// <param name="availableBytes"><see cref="AvailableBytes"/> unless given.</param>
    /// <param name="usedBytes">How much of it other things have taken; nothing unless given.</param>
    /// <param name="rowsSoFar">How many rows there are while more are to come; null when these are all.</param>
    /// <exception cref="NotEnoughMemoryException">The training does not fit.</exception>
    public void Check(double? availableBytes = null, double usedBytes = 0, long? rowsSoFar = null)
    {
        double available = availableBytes ?? AvailableBytes;
        if (TotalBytes + usedBytes <= available)
            return;
        string subject = rowsSoFar is null
            ? "Training needs" : $"Training on the {rowsSoFar:N0} rows read so far, with more to come, needs";
        string used = usedBytes > 0 ? $", and has used {Size(usedBytes)} of it for other things" : "";
        throw new NotEnoughMemoryException(
            $"{subject} about {Size(TotalBytes)}: {this}. This process can use {Size(available)}{used}. {Advice()}");
    }

    /// <summary>Its parts with their sizes.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (DataBytes > 0)
            parts.Add($"{Size(DataBytes)} for the rows");
        if (ParameterBytes > 0)
            parts.Add($"{Size(ParameterBytes)} for {ParameterCount:N0} parameters, their gradients and the optimizer");
        if (BatchBytes > 0)
            parts.Add($"{Size(BatchBytes)} for batches of {BatchRowCount:N0} rows");
        return string.Join(", ", parts);
    }

    private static MemoryEstimate Of<T>(
        InputDescription inputs, PeriodicEmbeddingDescription? embedding, int[] units, double parameterCount, long rowCount,
        long validationRowCount,
        TrainingSettings settings, EnsembleSettings ensemble, double? streamBytes)
        where T : unmanaged
    {
        int networkCount = ensemble.NumberOfNetworks;
        int sideBySide = settings.ManyRanks is null ? Math.Min(networkCount, settings.NumberOfThreads) : 1;
        bool holdsOut = validationRowCount == 0 && settings.EarlyStopping is not null;
        int doneCount = networkCount + (holdsOut ? ensemble.RefitCount : 0) - sideBySide;
        int valueBytes = Unsafe.SizeOf<T>();
        long batchRowCount = settings.Optimizer is Lbfgs ? rowCount : settings.BatchSizeFor((int)Math.Min(rowCount, int.MaxValue));
        double perRow = inputs.NumberCount + inputs.Categories.Count + 2 * inputs.SparseInputsPerRow + units[^1] + 2.0;
        double hidden = units.SkipLast(1).Sum(size => (double)size);
        if (embedding is not null)
        {
            double embedded = inputs.EncodedCount + (double)embedding.Columns.Count * embedding.Outputs,
                waves = (double)embedding.Columns.Count * embedding.Frequencies;
            perRow += 2 * (embedded + waves);
        }
        if (inputs.EncodedCount > inputs.NumberCount)
            perRow += 2.0 * inputs.EncodedCount;
        perRow += 3 * (hidden + units[^1]);
        double validationRows = Math.Min(Limits.PortionRowCount, holdsOut ? rowCount : validationRowCount);
        // The order of all training rows, an integer each; which rows are held out and which are not, of every network; the outputs of
        // those.
        double perNetwork = (sideBySide * (double)rowCount + (holdsOut ? networkCount * (double)rowCount : 0)) * sizeof(int);
        double heldOut = !ensemble.CalibrateProbabilities ? 0 : holdsOut ? rowCount : (double)networkCount * validationRowCount;
        if (streamBytes is double bytes)
        {
            // Rows on disk have no such order; streams hold some of them.
            perNetwork = sideBySide * bytes;
            heldOut = Math.Min(heldOut, (double)networkCount * EnsembleSettings.MostStreamedRowsToCalibrate);
        }
        int copies = settings.EarlyStopping is null ? 2 : 3;
        // One gradient for each level of the tree of shards.
        copies += BitOperations.Log2((uint)settings.GradientShards);
        // With categories L-BFGS has a rate for every parameter.
        int rateBytes = settings.Optimizer is Lbfgs && inputs.Categories.Count > 0 ? sizeof(double) : 0;
        return new MemoryEstimate
        {
            RowCount = rowCount,
            ParameterCount = parameterCount,
            ParameterBytes = parameterCount
                * (sideBySide * (copies * valueBytes + settings.Optimizer.StateBytes(valueBytes, settings.NumberOfEpochs) + rateBytes)
                    + doneCount * valueBytes),
            BatchRowCount = batchRowCount,
            BatchBytes = (sideBySide * (batchRowCount * perRow + validationRows * perRow) + heldOut * (2.0 * units[^1] + 1)) * valueBytes
                + perNetwork,
        };
    }

    /// <summary>Parameters of what comes before the layers.</summary>
    private static double ParametersOf(InputDescription inputs, int units) =>
        inputs.MissingColumns.Count + inputs.Categories.Sum(category => (category.ValueCount + 1.0) * category.Width)
            + (double)inputs.SparseCount * units;

    private static string Size(double bytes)
    {
        (double unit, string name) = bytes >= 1e9 ? (1e9, "GB") : bytes >= 1e6 ? (1e6, "MB") : (1e3, "KB");
        return $"{bytes / unit:N1} {name}";
    }

    /// <summary>About the largest part.</summary>
    private string Advice()
    {
        if (DataBytes >= Math.Max(ParameterBytes, BatchBytes))
            return "Train on fewer rows (TakeRows) or on fewer features.";
        if (ParameterBytes >= BatchBytes)
            return "Use smaller hidden layers, fewer features, or an optimizer that keeps less: Sgd keeps least, Lbfgs with a large "
                + "Memory most.";
        return BatchRowCount == RowCount
            ? "All rows are one batch: set a smaller BatchSize, with another optimizer than Lbfgs, or use smaller hidden layers."
            : "Set a smaller BatchSize, or use smaller hidden layers.";
    }
}
