using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>How the learning rate changes during a training. It holds no state and can be shared.</summary>
/// <remarks>Lengths are in epochs; within an epoch the rate changes from step to step, t = steps done / steps per epoch.</remarks>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The optimizer's rate in every step.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>Checks every number against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside; the message names it.</exception>
    public abstract void Validate();

    /// <summary>Name and values, whatever the culture.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>Whether the rates of an epoch depend on how many epochs there are to be.</summary>
    internal virtual bool DependsOnNumberOfEpochs => false;

    /// <summary>The rates of one training.</summary>
    internal abstract ScheduleState Start(in ScheduleLength length);

    private sealed record ConstantSchedule : LearningRateSchedule
    {
        public override void Validate()
        {
        }

        internal override ScheduleState Start(in ScheduleLength length) =>
            new PureScheduleState((learningRate, _, _) => new StepRates(learningRate), length);
    }
}
