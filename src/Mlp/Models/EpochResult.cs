namespace Mlp;

/// <summary>What is known after an epoch.</summary>
/// <param name="Epoch">1 after the first epoch.</param>
/// <param name="NumberOfEpochs">How many there are to be at most.</param>
/// <param name="Loss">The mean training loss of the epoch's rows (the sum for <see cref="LossReduction.Sum"/>), each computed before its
/// step, weighted by the example weights, without penalties.</param>
/// <param name="ValidationLoss">The loss of the validation rows after the epoch; null without such rows.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
/// <param name="GradientNorm">The Euclidean norm of the last mini-batch's gradient, all parameters together, before clipping and
/// without penalties.</param>
/// <param name="Seconds">Time since the training began.</param>
public sealed record EpochResult(
    int Epoch, int NumberOfEpochs, double Loss, double? ValidationLoss, double LearningRate, double GradientNorm, double Seconds)
{
    /// <summary>
    /// A second figure of the validation rows after the epoch, weighted by their example weights; null without such rows. Where targets
    /// are classes that exclude each other: the share of rows whose class has the largest output. With other losses on logits: the share
    /// of outputs on the right side of 0. Otherwise: the root mean squared error, in the targets' unit.
    /// </summary>
    public double? ValidationMetric { get; init; }

    /// <summary>Which network of an ensemble: zero-based, in the order in which their trainings begin; 0 for a network alone.</summary>
    public int NetworkIndex { get; init; }

    internal bool StopRequested { get; private set; }

    /// <summary>Called from an epoch callback, makes this epoch the network's last one. The model keeps what was learnt so far.</summary>
    public void StopTraining() => StopRequested = true;
}
