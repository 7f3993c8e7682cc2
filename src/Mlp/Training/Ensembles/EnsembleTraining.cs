using System.Numerics;
using Mlp.Data;
using Mlp.Training.Checkpoints;
using Mlp.Training.Ensembles;

namespace Mlp;

/// <summary>Trains one network or several side by side, finds their best epochs and their temperature.</summary>
public static class EnsembleTraining
{
    /// <summary>Trains networks on the same rows.</summary>
    /// <param name="createNetwork">Makes a network with its first parameters, given its zero-based index and a seed; all of the same shape.
    /// Refits follow the networks that hold rows out.
    /// Called from several threads.</param>
    /// <param name="rows">Read by several threads at once.</param>
    /// <param name="validation">The rows that decide the best epoch of every network; null to hold some out of <paramref name="rows"/>
    /// where <see cref="TrainingSettings.EarlyStopping"/> asks for it.</param>
    /// <param name="classIndices">One per row, so that held-out parts have the classes in the same shares; empty where there are none.</param>
    /// <param name="settings">Of each network. Its seed gives those of all; its threads are shared among the networks.</param>
    /// <param name="ensemble">How many networks, and what they hold out.</param>
    /// <param name="targetScaling">As in <see cref="Trainer.Fit{T}(Network{T}, IRowSource{T}, IRowSource{T}, TrainingSettings, TargetScaling{T})"/>.</param>
    /// <remarks>
    /// Repeatable like a single training: each network is trained by itself, so that neither the number of threads nor their timing
    /// shows in a bit. A single network without held-out rows is trained exactly as by <see cref="Trainer"/>. With a single row nothing
    /// is held out. A row of weight 0 is as if absent, whatever it holds. With a <see cref="TrainingSettings.Checkpoint"/> each training has a
    /// file of its own; one that is done is not done again.
    /// </remarks>
    /// <exception cref="InvalidOperationException">All rows weigh 0; or the training needs more memory than there is; or a checkpoint is that of
    /// another training, or in use by one.</exception>
    /// <exception cref="ModelFileException">There are checkpoints of a training, but none is intact.</exception>
    /// <exception cref="ArgumentException">Rows, networks and settings do not fit each other, or a setting is out of range.</exception>
    /// <exception cref="TrainingDivergedException">The loss or the parameters of a network became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public static EnsembleResult<T> Fit<T>(
        Func<int, int, Network<T>> createNetwork, IRowSource<T> rows, IRowSource<T>? validation, ReadOnlySpan<int> classIndices,
        TrainingSettings settings, EnsembleSettings ensemble, TargetScaling<T>? targetScaling = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(createNetwork);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(ensemble);
        settings.Validate();
        ensemble.Validate();
        if (!classIndices.IsEmpty && classIndices.Length != rows.RowCount)
            throw new ArgumentException($"There are {classIndices.Length} class indices for {rows.RowCount} rows.", nameof(classIndices));
        using ClaimedCheckpoint? claimed = settings.Checkpoint?.Claim();
        settings = settings with { Checkpoint = claimed?.Checkpoint };
        if (WeighingRows.Find(rows, "training", settings.BeforeStep) is { } weighing)
        {
            rows = new SelectedRows<T>(rows, weighing);
            if (!classIndices.IsEmpty)
                classIndices = Select(classIndices, weighing);
        }
        validation = validation is null ? null : WeighingRows.Of(validation, "validation", settings.BeforeStep);
        RowSplit[] splits = validation is null && settings.EarlyStopping is not null && rows.RowCount > 1
            ? Split(rows.RowCount, classIndices, ensemble, settings) : [];
        return new EnsembleRun<T>(createNetwork, rows, validation, splits, settings, ensemble, targetScaling).Run();
    }

    private static int[] Select(ReadOnlySpan<int> values, int[] indices)
    {
        var selected = new int[indices.Length];
        for (int index = 0; index < selected.Length; index++)
            selected[index] = values[indices[index]];
        return selected;
    }

    /// <summary>What each network holds out; empty where nothing can be.</summary>
    private static RowSplit[] Split(int rowCount, ReadOnlySpan<int> classIndices, EnsembleSettings ensemble, TrainingSettings settings)
    {
        ReadOnlySpan<int> classes = classIndices.IsEmpty ? new int[rowCount] : classIndices;
        int count = ensemble.NumberOfNetworks;
        if (count == 1)
            return [RowSplit.HoldOutStratified(classes, ensemble.ValidationFraction, settings.Seed)];
        IReadOnlyList<RowSplit> folds = RowSplit.Folds(classes, Math.Max(count, (int)Math.Round(1 / ensemble.ValidationFraction)), settings.Seed, settings.BeforeStep);
        return [.. Enumerable.Range(0, count).Select(index => folds[index % folds.Count])];
    }
}
