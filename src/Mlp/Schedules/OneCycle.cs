using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>The rate rises to the optimizer's rate and falls far below where it began, while the momentum does the opposite.</summary>
/// <remarks>
/// With N steps in all, up = fraction · N − 1 and last = N − 1: from α / DivisionFactor to α in steps 0 … up, then to
/// α / (DivisionFactor · FinalDivisionFactor) in step last. The momentum replaces that of <see cref="Sgd"/> and <see cref="RmsProp"/>
/// and β₁ of <see cref="Adam"/>; the other rules go on with their own. scikit-learn: none; PyTorch: OneCycleLR. Source: Smith and Topin
/// 2018.
/// </remarks>
public sealed record OneCycle : LearningRateSchedule
{
    /// <summary>The part of all steps in which the rate rises, in (0, 1). Default: 0.3. scikit-learn: none; PyTorch: pct_start.</summary>
    public double WarmupFraction { get; init; } = 0.3;

    /// <summary>The optimizer's rate over the first one, at least 1. Default: 25. scikit-learn: none; PyTorch: div_factor.</summary>
    public double DivisionFactor { get; init; } = 25;

    /// <summary>The first rate over the last one, at least 1. Default: 10,000. scikit-learn: none; PyTorch: final_div_factor.</summary>
    public double FinalDivisionFactor { get; init; } = 1e4;

    /// <summary>Whether the rate changes in straight lines rather than cosine waves. Default: false. scikit-learn: none; PyTorch:
    /// anneal_strategy.</summary>
    public bool Linear { get; init; }

    /// <summary>The momentum (Adam: β₁) where the rate is highest, in [0, 1) and at most <see cref="HighestMomentum"/>. Default: 0.85.
    /// scikit-learn: none; PyTorch: base_momentum.</summary>
    public double LowestMomentum { get; init; } = 0.85;

    /// <summary>The momentum (Adam: β₁) where the rate is lowest, in [0, 1). Default: 0.95. scikit-learn: none; PyTorch:
    /// max_momentum.</summary>
    public double HighestMomentum { get; init; } = 0.95;

    /// <inheritdoc/>
    public override void Validate()
    {
        RangeCheck.Require(WarmupFraction is > 0 and < 1, WarmupFraction, "in (0, 1)");
        RangeCheck.Require(DivisionFactor >= 1 && double.IsFinite(DivisionFactor), DivisionFactor, "at least 1 and finite");
        RangeCheck.Require(FinalDivisionFactor >= 1 && double.IsFinite(FinalDivisionFactor), FinalDivisionFactor, "at least 1 and finite");
        RangeCheck.Fraction(LowestMomentum);
        RangeCheck.Fraction(HighestMomentum);
        RangeCheck.Require(LowestMomentum <= HighestMomentum, LowestMomentum, $"at most HighestMomentum, which is {HighestMomentum}");
    }

    internal override bool DependsOnNumberOfEpochs => true;

    internal override ScheduleState Start(in ScheduleLength length) => new State(this, length);

    private sealed class State(OneCycle settings, ScheduleLength length) : ScheduleState
    {
        public override StepRates At(long step)
        {
            double stepCount = (double)length.StepsPerEpoch * length.NumberOfEpochs;
            // A training of a few steps may have no rise at all.
            double up = Math.Max(settings.WarmupFraction * stepCount - 1, 0), last = Math.Max(stepCount - 1, up + 1);
            double highest = length.LearningRate, first = highest / settings.DivisionFactor, lowest = first / settings.FinalDivisionFactor;
            if (step <= up && up > 0)
            {
                double part = step / up;
                return new StepRates(Blend(first, highest, part), Blend(settings.HighestMomentum, settings.LowestMomentum, part));
            }
            double fallen = (step - up) / (last - up);
            return new StepRates(Blend(highest, lowest, fallen), Blend(settings.LowestMomentum, settings.HighestMomentum, fallen));
        }

        private double Blend(double from, double to, double part) =>
            settings.Linear ? from + (to - from) * part : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * part));
    }
}
