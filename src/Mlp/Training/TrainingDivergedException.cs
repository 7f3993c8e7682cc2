using System.Globalization;

namespace Mlp;

/// <summary>A training whose loss or parameters became NaN or infinite. The network's parameters are of no use.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    internal TrainingDivergedException(
        string what, double value, int epoch, long step, double learningRate, double smallestFeature, double largestFeature)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The {what} became {value} in epoch {epoch}, step {step}, at learning rate {learningRate}; features range from {smallestFeature:G3} to {largestFeature:G3}. Normalize the features or lower LearningRate."))
    {
        Epoch = epoch;
        Step = step;
        LearningRate = learningRate;
    }

    /// <summary>The epoch in which it happened; 1 is the first.</summary>
    public int Epoch { get; }

    /// <summary>Steps done before, over all epochs.</summary>
    public long Step { get; }

    /// <summary>The rate of the last step.</summary>
    public double LearningRate { get; }
}
