using System.Globalization;

namespace Mlp;

/// <summary>A training whose loss or parameters became NaN or infinite. The network's parameters are of no use.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    internal TrainingDivergedException(
        string what, double value, int epoch, long step, double learningRate, double smallestFeature, double largestFeature,
            string? checkpoint)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The {what} became {value} in epoch {epoch}, step {step}, at learning rate {learningRate}; features range from "
                + $"{smallestFeature:G3} to {largestFeature:G3}. Normalize the features or lower LearningRate.{Kept(checkpoint)}"))
    {
        Epoch = epoch;
        Step = step;
        LearningRate = learningRate;
        Checkpoint = checkpoint;
    }

    /// <summary>The epoch in which it happened; 1 is the first.</summary>
    public int Epoch { get; }

    /// <summary>Steps done before, over all epochs.</summary>
    public long Step { get; }

    /// <summary>The rate of the last step.</summary>
    public double LearningRate { get; }

    /// <summary>The file with the last state that was saved, whose parameters are finite; null when there is none.</summary>
    public string? Checkpoint { get; }

    private static string Kept(string? checkpoint) =>
        checkpoint is null ? ""
        : $" The last good state is kept in checkpoint '{checkpoint}'; with other settings begin anew with Checkpoint.Resume set to false.";
}
