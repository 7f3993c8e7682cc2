using System.Globalization;
using System.Text;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>The rate falls by a factor at given epochs.</summary>
/// <remarks>α · factor^(milestones ≤ t). scikit-learn: none; PyTorch: MultiStepLR.</remarks>
public sealed record MultiStepDecay : LearningRateSchedule
{
    /// <summary>Epochs after which the rate falls, each at least 1. Default: none. PyTorch: milestones.</summary>
    public IReadOnlyList<int> Milestones { get; init; } = [];

    /// <summary>What the rate is multiplied with, in (0, 1]. Default: 0.1. scikit-learn: none; PyTorch: gamma.</summary>
    public double Factor { get; init; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        for (int index = 0; index < Milestones.Count; index++)
            RangeCheck.Require(Milestones[index] >= 1, Milestones[index], "at least 1", $"{nameof(Milestones)}[{index}]");
        RangeCheck.Require(Factor is > 0 and <= 1, Factor, "in (0, 1]");
    }

    internal override ScheduleState Start(in ScheduleLength length) => new PureScheduleState(Rates, length);

    /// <summary>Names the milestones, where the text of a record would name the type of their list.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Milestones = [{string.Join(' ', Milestones)}], Factor = {Factor}");
        return true;
    }

    private StepRates Rates(double learningRate, double t, double epochCount) =>
        new(learningRate * Math.Pow(Factor, MilestonesUpTo(t)));

    // A loop: a lambda over t would be allocated in every step.
    private int MilestonesUpTo(double t)
    {
        int count = 0;
        for (int index = 0; index < Milestones.Count; index++)
            count += Milestones[index] <= t ? 1 : 0;
        return count;
    }
}
