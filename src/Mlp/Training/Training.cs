using System.Numerics;

namespace Mlp;

/// <summary>Trains networks.</summary>
public static class Training
{
    /// <summary>Changes the parameters of a network so that its loss on the rows falls.</summary>
    /// <param name="network">Its parameters are the start; trained in place. Nobody else may use it meanwhile.</param>
    /// <param name="rows">Inputs and targets as many as the network has inputs and outputs; at least one row.</param>
    /// <param name="settings">Loss, optimizer, batches, epochs.</param>
    /// <remarks>
    /// Repeatable: the same network, rows and settings give the same bits, whatever the number of threads. (A processor with other
    /// vector instructions can differ in the last bits.) No step allocates.
    /// </remarks>
    /// <exception cref="ArgumentException">Rows, network and settings do not fit each other, or a setting is out of range.</exception>
    /// <exception cref="TrainingDivergedException">The loss or the parameters became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public static TrainingResult Fit<T>(Network<T> network, IRowSource<T> rows, TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        CheckRows(network, rows);
        using var loop = new TrainingLoop<T>(network, rows, settings);
        return loop.Run();
    }

    internal static void CheckRows<T>(Network<T> network, IRowSource<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.RowCount < 1)
            throw new ArgumentException("There are no rows; at least one is needed.", nameof(rows));
        if (rows.InputCount != network.InputCount)
            throw new ArgumentException($"The rows have {rows.InputCount} features, the network has {network.InputCount} inputs.", nameof(rows));
        if (rows.TargetCount != network.OutputCount)
            throw new ArgumentException($"The rows have {rows.TargetCount} targets, the network has {network.OutputCount} outputs.", nameof(rows));
    }
}
