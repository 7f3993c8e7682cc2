using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Training;
using Mlp.Training.Checkpoints;
using Mlp.Training.Sharding;

namespace Mlp;

/// <summary>Trains networks.</summary>
public static class Trainer
{
    /// <summary>Changes the parameters of a network so that its loss on the rows falls.</summary>
    /// <param name="network">Its parameters are the start; trained in place. Do not use it elsewhere meanwhile.</param>
    /// <param name="rows">Inputs and targets as many as the network has inputs and outputs; at least one row.</param>
    /// <param name="settings">Loss, optimizer, batches, epochs.</param>
    /// <remarks>
    /// Repeatable: the same network, rows and settings give the same bits, whatever the number of threads. (A processor with other
    /// vector instructions can differ in the last bits.) No step allocates.
    /// </remarks>
    /// <exception cref="ArgumentException">Rows, network and settings do not fit each other, or a setting is out of range.</exception>
    /// <exception cref="InvalidOperationException">All rows weigh 0. A row of weight 0 is as if absent, whatever it holds.</exception>
    /// <exception cref="InvalidOperationException">It needs more memory than there is (<see cref="MemoryEstimate"/>).</exception>
    /// <exception cref="TrainingDivergedException">The loss or the parameters became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint is that of another training; the message names what differs. Or another
    /// training uses its path; the message names the process.</exception>
    /// <exception cref="ModelFileException">Neither the checkpoint nor the one before it is intact.</exception>
    public static TrainingResult Fit<T>(Network<T> network, IRowSource<T> rows, TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Fit(network, rows, validation: null, settings);

    /// <inheritdoc cref="Fit{T}(Network{T}, IRowSource{T}, TrainingSettings)"/>
    /// <param name="network">Its parameters are the start; trained in place. Do not use it elsewhere meanwhile.</param>
    /// <param name="rows">Inputs and targets as many as the network has inputs and outputs; at least one row.</param>
    /// <param name="validation">Rows that no step sees; their loss is reported, and early stopping looks at it. Null for none.</param>
    /// <param name="settings">Loss, optimizer, batches, epochs.</param>
    /// <param name="targetScaling">What the targets of all rows were scaled with, so that <see cref="EpochResult.ValidationMetric"/> is in
    /// their unit; null for nothing. Losses are those of the scaled targets.</param>
    public static TrainingResult Fit<T>(
        Network<T> network,
        IRowSource<T> rows,
        IRowSource<T>? validation,
        TrainingSettings settings,
        TargetScaling<T>? targetScaling = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        CheckFits(network, rows, validation, settings);
        using RankAgreement? agreement = TrainingSettings.Agree(ref settings);
        try
        {
            MemoryEstimate.OfTraining(network, rows, validation, settings).Check();
            using ClaimedCheckpoint? claimed = settings.Checkpoint?.Claim();
            rows = WeighingRows.Of(rows, "training", settings.CheckCancellation);
            validation = validation is null ? null : WeighingRows.Of(validation, "validation", settings.CheckCancellation);
            return Run(network, rows, validation, settings with { Checkpoint = claimed?.Checkpoint }, targetScaling);
        }
        catch (Exception exception) when (TellOthers(settings, exception))
        {
            throw;
        }
    }

    /// <summary>Tells the other ranks of a training why this one ends. Always false: to be called while nothing is undone yet.</summary>
    internal static bool TellOthers(TrainingSettings settings, Exception exception)
    {
        if (exception is not OperationCanceledException || settings.Agreement?.Token.IsCancellationRequested == false)
            settings.ManyRanks?.Fail(exception);
        return false;
    }

    /// <summary>Trains with what was checked before; no row weighs 0.</summary>
    internal static TrainingResult Run<T>(
        Network<T> network, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings, TargetScaling<T>? targetScaling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var loop = new TrainingLoop<T>(network, rows, validation, settings, targetScaling);
        return loop.Run();
    }

    /// <exception cref="ArgumentException">Rows, network and settings do not fit each other.</exception>
    internal static void CheckFits<T>(Network<T> network, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        settings.CheckDropoutRates(network.Layers.Count - 1);
        CheckRows(network, rows);
        settings.CheckShards(FeatureRows.CountOf(rows));
        if (validation is not null)
            CheckRows(network, validation);
        else if (settings.EarlyStopping is not null)
        {
            throw new ArgumentException(
                "EarlyStopping is set, but there are no validation rows for it to look at. Give some, or leave EarlyStopping out.",
                nameof(validation));
        }
    }

    /// <summary>The loss of all rows at once and its gradient, by the code that training runs.</summary>
    /// <param name="network">Not changed.</param>
    /// <param name="rows">Inputs and targets as many as the network has inputs and outputs; at least one row.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="gradients">∂loss/∂parameters, laid out like <see cref="Network{T}.Parameters"/>; overwritten.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <exception cref="ArgumentException">Rows, network, loss and gradients do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">All rows weigh 0.</exception>
    public static double Gradient<T>(
        Network<T> network, IRowSource<T> rows, Loss loss, Span<T> gradients, LossReduction reduction = LossReduction.Mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(loss);
        CheckRows(network, rows);
        if (gradients.Length != network.Parameters.Length)
        {
            throw new ArgumentException(
                $"gradients holds {gradients.Length} values; the network has {network.Parameters.Length} parameters.", nameof(gradients));
        }
        rows = WeighingRows.Of(rows, "training");
        using var backpropagation = new Backpropagation<T>(network, loss, reduction, rows.RowCount, threadCount: 1);
        var batch = new MiniBatches<T>(rows, rows.RowCount, random: null);
        batch.StartEpoch();
        batch.MoveNext();
        double value = backpropagation.Compute(batch.Inputs, batch.Targets, batch.ExampleWeights).Loss;
        backpropagation.Gradients.CopyTo(gradients);
        return value;
    }

    internal static void CheckRows<T>(Network<T> network, IRowSource<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (FeatureRows.CountOf(rows) < 1)
            throw new ArgumentException("There are no rows; at least one is needed.", nameof(rows));
        InputDescription inputs = FeatureRows.InputsOf(rows);
        if (inputs.Categories.Count != network.Inputs.Categories.Count || inputs.SparseCount != network.Inputs.SparseCount)
        {
            throw new ArgumentException(
                $"The rows have {inputs.Categories.Count} categories and {inputs.SparseCount} sparse slots, the network "
                    + $"{network.Inputs.Categories.Count} and {network.Inputs.SparseCount}.", nameof(rows));
        }
        if (rows.InputCount != network.InputCount)
        {
            throw new ArgumentException(
                $"The rows have {rows.InputCount} features, the network has {network.InputCount} inputs.", nameof(rows));
        }
        if (rows.TargetCount != network.OutputCount)
        {
            throw new ArgumentException(
                $"The rows have {rows.TargetCount} targets, the network has {network.OutputCount} outputs.", nameof(rows));
        }
    }
}
