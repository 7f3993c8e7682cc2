using System.Numerics;

namespace Mlp;

/// <summary>What one epoch does to the parameters.</summary>
internal abstract class EpochMethod<T>(Network<T> network, TrainingSettings settings) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected Network<T> Network { get; } = network;

    protected TrainingSettings Settings { get; } = settings;

    protected abstract MiniBatches<T> Batches { get; }

    /// <summary>Optimizer steps done so far.</summary>
    protected long StepCount { get; set; }

    protected double LearningRate { get; set; }

    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    public abstract EpochSummary RunEpoch(int epoch);

    /// <summary>Told the validation loss where there is one, the training loss otherwise.</summary>
    public virtual void EpochEnded(double loss)
    {
    }

    public abstract void Dispose();

    public TrainingDivergedException Diverged(string what, double value, int epoch)
    {
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        Batches.StartEpoch();
        while (Batches.MoveNext())
        {
            foreach (T feature in Batches.Inputs)
            {
                smallest = Math.Min(smallest, double.CreateTruncating(feature));
                largest = Math.Max(largest, double.CreateTruncating(feature));
            }
        }
        return new TrainingDivergedException(what, value, epoch, StepCount, LearningRate, smallest, largest);
    }

    /// <summary>Whether penalties and decay concern a tensor.</summary>
    protected bool IsPenalized(ParameterTensor tensor) => !tensor.IsBias || Settings.RegularizeBiases;
}

/// <summary>What an epoch came to.</summary>
/// <param name="Loss">As <see cref="EpochReport.Loss"/>.</param>
/// <param name="GradientNorm">As <see cref="EpochReport.GradientNorm"/>.</param>
/// <param name="LearningRate">As <see cref="EpochReport.LearningRate"/>.</param>
/// <param name="IsLast">Further epochs would change nothing.</param>
internal readonly record struct EpochSummary(double Loss, double GradientNorm, double LearningRate, bool IsLast = false);
