using Mlp.Optimizers;
using Mlp.State;

namespace Mlp.Schedules;

/// <summary>What a schedule knows of the training ahead.</summary>
/// <param name="LearningRate">The optimizer's rate.</param>
/// <param name="StepsPerEpoch">At least 1.</param>
/// <param name="NumberOfEpochs">At least 1.</param>
internal readonly record struct ScheduleLength(double LearningRate, long StepsPerEpoch, int NumberOfEpochs);

/// <summary>The rates of one training, step by step.</summary>
internal abstract class ScheduleState : ICheckpointed
{
    /// <summary>The rates of a step; 0 is the first of the training.</summary>
    public abstract StepRates At(long step);

    /// <summary>Told after every epoch: the validation loss where there is one, the training loss otherwise.</summary>
    public virtual void EpochEnded(double loss)
    {
    }

    /// <summary>Nothing where the rates depend on the step alone.</summary>
    public virtual void Exchange(StateExchange state)
    {
    }
}

/// <summary>A schedule that depends on nothing but the time t, in epochs.</summary>
internal sealed class PureScheduleState(PureScheduleState.Formula formula, ScheduleLength length) : ScheduleState
{
    /// <summary>The rates at t epochs out of epochCount.</summary>
    public delegate StepRates Formula(double learningRate, double t, double epochCount);

    public override StepRates At(long step) => formula(length.LearningRate, (double)step / length.StepsPerEpoch, length.NumberOfEpochs);
}
