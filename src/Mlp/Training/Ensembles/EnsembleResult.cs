using System.Numerics;
using Mlp.Data;
using Mlp.Optimizers;
using Mlp.Training.Ensembles;

namespace Mlp;

/// <summary>What training several networks together came to.</summary>
/// <param name="Networks">Trained: those that held rows out, then with a refit as many on all rows; fewer when the training was
/// cancelled.</param>
/// <param name="Temperature">As <see cref="Model{T}.Temperature"/>; 1 where none was to be found.</param>
/// <param name="BestEpochs">For each network the epoch whose parameters it has.</param>
/// <param name="History">The results of the epochs, training after training: with a refit first those of the networks that held rows
/// out, then those of the ones on all rows.</param>
public sealed record EnsembleResult<T>(
    IReadOnlyList<Network<T>> Networks, double Temperature, IReadOnlyList<int> BestEpochs, IReadOnlyList<EpochResult> History)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Whether the training was cancelled and <see cref="TrainingSettings.ReturnBestOnCancellation"/> let it return. Then the networks are
    /// those that have an epoch behind them, without refits; they may be fewer than were asked for.
    /// </summary>
    public bool WasCanceled { get; init; }

    /// <summary>What the networks of one job are joined with those of the others by; null where all networks were trained here, or the
    /// training was cancelled.</summary>
    internal TrainedPart<T>? Part { get; init; }

    /// <summary>With <see cref="EnsembleSettings.KeepsHeldOutOutputs"/> what the networks said of rows that they were not trained on; null
    /// where no row was held out.</summary>
    internal HeldOutRows<T>? HeldOut { get; init; }

    /// <summary>Which network held which row out; null where none did, or the training was cancelled. Of a row of weight 0 none.</summary>
    internal RowFolds? Folds { get; init; }

    /// <summary>With <see cref="TrainingSettings.KeepsMoments"/> what the optimizer of each network knew in the end.</summary>
    internal IReadOnlyList<OptimizerMoments?> Moments { get; init; } = [];
}
