using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>The rate falls like a power of the time.</summary>
/// <remarks>α / (1 + t)^power, with t in epochs (scikit-learn counts rows). scikit-learn: invscaling.</remarks>
public sealed record InverseScaling : LearningRateSchedule
{
    /// <summary>The exponent, at least 0. Default: 0.5. scikit-learn: power_t.</summary>
    public double Power { get; init; } = 0.5;

    /// <inheritdoc/>
    public override void Validate()
    {
        RangeCheck.NotNegative(Power);
    }

    internal override ScheduleState Start(in ScheduleLength length) => new PureScheduleState(Rates, length);

    private StepRates Rates(double learningRate, double t, double epochCount) =>
        new(learningRate / Math.Pow(1 + t, Power));
}
