using System.Numerics;
using Mlp.Data;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp.Training;

/// <summary>What one epoch does to the parameters.</summary>
internal abstract class EpochMethod<T>(Network<T> network, TrainingSettings settings) : ICheckpointed, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected Network<T> Network { get; } = network;

    protected TrainingSettings Settings { get; } = settings;

    /// <summary>Called after each optimizer step, when the state is whole and can be saved; null for nothing.</summary>
    public Action? AfterStep { get; init; }

    protected abstract MiniBatches<T> Batches { get; }

    /// <summary>Optimizer steps done so far.</summary>
    protected long StepCount { get; set; }

    protected double LearningRate { get; set; }

    /// <summary>What the optimizer knows by now; null where it takes no step a batch.</summary>
    public virtual OptimizerMoments? Moments => null;

    /// <summary>The steps of an epoch, or those that are left of one that was cancelled; until it ends, the next call goes on with
    /// it.</summary>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; the state is that after the last step.</exception>
    public abstract EpochSummary RunEpoch(int epoch);

    /// <summary>Told the validation loss where there is one, the training loss otherwise.</summary>
    public virtual void EpochEnded(double loss)
    {
    }

    public virtual void Exchange(StateExchange state)
    {
        (long stepCount, double learningRate) = (StepCount, LearningRate);
        state.Exchange("steps done", ref stepCount);
        state.Check(stepCount >= 0, $"{stepCount} steps");
        state.Exchange("learning rate of the last step", ref learningRate);
        (StepCount, LearningRate) = (stepCount, learningRate);
    }

    public abstract void Dispose();

    public TrainingDivergedException Diverged(string what, double value, int epoch)
    {
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        Batches.StartEpoch();
        while (Batches.MoveNext())
        {
            Include(Batches.Inputs.Numbers);
            Include(Batches.Inputs.Sparse.Values);
        }
        string? checkpoint = Settings.Checkpoint?.Path;
        return new TrainingDivergedException(
            what, value, epoch, StepCount, LearningRate, smallest, largest, File.Exists(checkpoint) ? checkpoint : null);

        void Include(ReadOnlySpan<T> features)
        {
            foreach (T feature in features)
            {
                // Missing ones are neither.
                if (T.IsNaN(feature))
                    continue;
                smallest = Math.Min(smallest, double.CreateTruncating(feature));
                largest = Math.Max(largest, double.CreateTruncating(feature));
            }
        }
    }

    /// <summary>Whether penalties and decay concern a tensor.</summary>
    protected bool IsPenalized(ParameterTensor tensor) => !tensor.IsBias || Settings.RegularizeBiases;
}

/// <summary>What an epoch came to.</summary>
/// <param name="Loss">As <see cref="EpochResult.Loss"/>.</param>
/// <param name="GradientNorm">As <see cref="EpochResult.GradientNorm"/>.</param>
/// <param name="LearningRate">As <see cref="EpochResult.LearningRate"/>.</param>
/// <param name="IsLast">Further epochs would change nothing.</param>
internal readonly record struct EpochSummary(double Loss, double GradientNorm, double LearningRate, bool IsLast = false);
