using System.Runtime.CompilerServices;
using Mlp.Data;
using Mlp.Numerics;
using Mlp.Optimizers;

namespace Mlp;

/// <summary>How many networks are trained together, and what each of them holds out.</summary>
public sealed record EnsembleSettings
{
    /// <summary>
    /// Networks whose predictions are averaged, from 1 to 1,000. Default: 1. They differ by their first parameters, the order of their
    /// rows and the rows they hold out; <see cref="RefitOnAllRows"/> adds as many. scikit-learn: n_estimators of BaggingClassifier;
    /// PyTorch: none.
    /// </summary>
    public int NumberOfNetworks { get; init; } = 1;

    /// <summary>
    /// The part of the training rows that a network holds out for <see cref="TrainingSettings.EarlyStopping"/> where there are no
    /// validation rows, in (0, 1). Default: 0.1. Several networks hold out different parts, so large or, with more of them than fit,
    /// smaller: each row at most once. Not used without early stopping. scikit-learn: validation_fraction; PyTorch: random_split.
    /// </summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>
    /// Whether each network that held rows out is joined by another one, trained on all rows: a fresh one for as many epochs as the first
    /// was best after, or as <see cref="RefitsContinue"/> says. Default: false. Without early stopping there is nothing to find, and this
    /// changes nothing. scikit-learn: refit of GridSearchCV, which keeps the second alone; PyTorch: none.
    /// </summary>
    public bool RefitOnAllRows { get; init; }

    /// <summary>
    /// With <see cref="RefitOnAllRows"/>: whether a refit begins with the parameters of the network that it joins instead of fresh ones,
    /// and takes a quarter of that network's best epoch, rounded up, as its number of epochs. Default: false. It takes a quarter of the
    /// time, and the two are more alike. scikit-learn: warm_start, for one network; PyTorch: none.
    /// </summary>
    public bool RefitsContinue { get; init; }

    /// <summary>With <see cref="RefitOnAllRows"/>: the first networks alone are joined by a refit, so many of them; null for all.</summary>
    internal int? MaximumRefitCount { get; init; }

    /// <summary>Whether the networks begin with what they know of an earlier training: what they know of slots that these rows do not have
    /// is kept.</summary>
    internal bool ContinuesTraining { get; init; }

    /// <summary>Which of the networks to train, where other jobs train the others; null for all of them.</summary>
    internal EnsemblePart? Part { get; init; }

    /// <summary>Whether the result is to have what the networks say of the rows that they hold out, or of the validation rows.</summary>
    internal bool KeepsHeldOutOutputs { get; init; }

    /// <summary>Which rows each network is to hold out, where that is settled before; null to draw them.</summary>
    internal RowFolds? Folds { get; init; }

    /// <summary>What the optimizers of the networks knew when an earlier training ended, refits last; empty for nothing.</summary>
    internal IReadOnlyList<OptimizerMoments?> Moments { get; init; } = [];

    /// <summary>With <see cref="ContinuesTraining"/>: so many of the first rows, which the networks have seen before, are not given with
    /// their labels alone, but with what the networks said of them, too.</summary>
    internal int TaughtRowCount { get; init; }

    /// <summary>What the labels of those rows count, in [0, 1].</summary>
    internal double TaughtLabelPart { get; init; } = 1;

    /// <summary>Epochs of a refit that continues.</summary>
    /// <param name="bestEpoch">Of the network that it joins.</param>
    internal static int EpochsOfContinuedRefit(int bestEpoch) => Math.Max(1, (bestEpoch + 3) / 4);

    /// <summary>Refits of networks that hold rows out.</summary>
    internal int RefitCount => RefitOnAllRows ? Math.Min(NumberOfNetworks, MaximumRefitCount ?? NumberOfNetworks) : 0;

    /// <summary>
    /// Whether a temperature is found on held-out (or validation) rows, where the loss works on logits. Default: false. Where only
    /// some of the rows were held out, at least <see cref="LeastRowsToCalibrate"/> of them are needed. scikit-learn:
    /// CalibratedClassifierCV, of another form; PyTorch: none.
    /// </summary>
    public bool CalibrateProbabilities { get; init; }

    /// <summary>How many rows are held out by some network.</summary>
    /// <param name="rowCount">Training rows, of which networks hold some out.</param>
    internal int HeldOutRowCount(int rowCount)
    {
        if (rowCount < 2)
            return 0;
        if (NumberOfNetworks == 1)
            return Math.Clamp((int)Math.Round(ValidationFraction * rowCount, MidpointRounding.AwayFromZero), 1, rowCount - 1);
        int foldCount = Math.Min(rowCount, Math.Max(NumberOfNetworks, (int)Math.Round(1 / ValidationFraction)));
        // Folds are of the same size, give or take one.
        return (int)((long)rowCount * Math.Min(NumberOfNetworks, foldCount) / foldCount);
    }

    /// <summary>A temperature from fewer held-out rows does more harm than good, unless they are all rows there are.</summary>
    public const int LeastRowsToCalibrate = 200;

    /// <summary>Held-out rows of a network that are looked at for the temperature where rows are on disk: more would change it by less than
    /// one part in a hundred.</summary>
    internal const int MostStreamedRowsToCalibrate = 200 * Limits.PortionRowCount;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside; the message names it.</exception>
    public void Validate()
    {
        CheckNetworkCount(NumberOfNetworks);
        RangeCheck.Require(ValidationFraction is > 0 and < 1, ValidationFraction, "in (0, 1)");
        Part?.Validate();
        Part?.CheckFits(NumberOfNetworks);
    }

    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many.</exception>
    internal static void CheckNetworkCount(int count, [CallerArgumentExpression(nameof(count))] string name = "") =>
        RangeCheck.Require(count is >= 1 and <= 1000, count, "from 1 to 1,000", name);

    /// <summary>The zero-based indices of the trainings to run, refits last.</summary>
    /// <param name="holdsOut">Whether networks hold rows out; without that there are no refits.</param>
    internal int[] JobsFor(bool holdsOut)
    {
        int refitCount = holdsOut ? RefitCount : 0;
        return Part?.JobsOf(NumberOfNetworks, refitCount) ?? [.. Enumerable.Range(0, NumberOfNetworks + refitCount)];
    }

    /// <summary>The settings of the networks that this process trains, as if there were no others: what they need in memory is theirs
    /// alone.</summary>
    internal EnsembleSettings OfPart()
    {
        if (Part is null)
            return this;
        int[] jobs = JobsFor(holdsOut: true);
        int networkCount = jobs.Count(job => job < NumberOfNetworks);
        return this with { NumberOfNetworks = networkCount, MaximumRefitCount = jobs.Length - networkCount, Part = null };
    }
}
