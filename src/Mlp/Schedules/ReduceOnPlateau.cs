using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;
using Mlp.State;

namespace Mlp;

/// <summary>The rate falls by a factor whenever the loss has not improved for some epochs.</summary>
/// <remarks>It looks at the validation loss where there is one, at the training loss otherwise. scikit-learn: none; PyTorch:
/// ReduceLROnPlateau.</remarks>
public sealed record ReduceOnPlateau : LearningRateSchedule
{
    /// <summary>What the rate is multiplied with, in (0, 1). Default: 0.1. PyTorch: factor.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs without improvement that are still accepted, at least 0. Default: 10. scikit-learn: none; PyTorch:
    /// patience.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>The least fall of the loss that counts, at least 0. Default: 1e-4. scikit-learn: none; PyTorch: threshold.</summary>
    public double MinimumImprovement { get; init; } = 1e-4;

    /// <summary>Whether the improvement is meant relative to the loss. Default: true. scikit-learn: none; PyTorch:
    /// threshold_mode.</summary>
    public bool RelativeImprovement { get; init; } = true;

    /// <summary>Epochs after a fall in which nothing is counted, at least 0. Default: 0. scikit-learn: none; PyTorch: cooldown.</summary>
    public int Cooldown { get; init; }

    /// <summary>Where the rate stops falling, at least 0. Default: 0. scikit-learn: none; PyTorch: min_lr.</summary>
    public double MinimumLearningRate { get; init; }

    /// <summary>A smaller change of the rate is not made, at least 0. Default: 1e-8. scikit-learn: none; PyTorch: eps.</summary>
    public double SmallestChange { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override void Validate()
    {
        RangeCheck.Require(Factor is > 0 and < 1, Factor, "in (0, 1)");
        RangeCheck.AtLeast(0, Patience);
        RangeCheck.NotNegative(MinimumImprovement);
        RangeCheck.AtLeast(0, Cooldown);
        RangeCheck.NotNegative(MinimumLearningRate);
        RangeCheck.NotNegative(SmallestChange);
    }

    internal override ScheduleState Start(in ScheduleLength length) => new State(this, length.LearningRate);

    private sealed class State(ReduceOnPlateau settings, double learningRate) : ScheduleState
    {
        private double _rate = learningRate, _best = double.PositiveInfinity;
        private int _badEpochs, _coolEpochs;

        public override StepRates At(long step) => new(_rate);

        public override void EpochEnded(double loss)
        {
            double wanted = settings.RelativeImprovement ? _best * (1 - settings.MinimumImprovement) : _best - settings.MinimumImprovement;
            (_best, _badEpochs) = loss < wanted ? (loss, 0) : (_best, _badEpochs + 1);
            if (_coolEpochs > 0)
                (_coolEpochs, _badEpochs) = (_coolEpochs - 1, 0);
            if (_badEpochs <= settings.Patience)
                return;
            double reduced = Math.Max(_rate * settings.Factor, settings.MinimumLearningRate);
            if (_rate - reduced > settings.SmallestChange)
                _rate = reduced;
            (_coolEpochs, _badEpochs) = (settings.Cooldown, 0);
        }

        public override void Exchange(StateExchange state)
        {
            state.Exchange("learning rate of the schedule", ref _rate);
            state.Exchange("best loss of the schedule", ref _best);
            state.Exchange("epochs without improvement", ref _badEpochs, 0, int.MaxValue - 1);
            state.Exchange("epochs of cooldown", ref _coolEpochs, 0, int.MaxValue);
        }
    }
}
