using FsCheck;
using FsCheck.Fluent;
using Mlp.MLNet;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Any training of a few rows, with any options that are allowed.</summary>
internal static class Cases
{
    public static Gen<TrainingCase> Any { get; } =
        from task in Gen.Elements(Enum.GetValues<CaseTask>())
        from data in Data()
        from network in Network(task)
        from steps in Steps(task)
        from limits in Limits(network, task)
        from recipe in Recipe()
        select Fit(new TrainingCase(task, data, network, steps, limits, recipe));

    private static Gen<CaseData> Data() =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from rows in Numbers.Mostly([5, 20, 40, 65], [0, 1, 2, 3])
        from validation in Gen.Elements(0, 0, 1, 10)
        from features in Numbers.Mostly([1, 2, 3, 8], [17, 40, 300])
        from sparse in Numbers.Flag
        from columns in Gen.ArrayOf(Gen.Frequency(
            (8, Gen.Elements(
                ColumnKind.Normal, ColumnKind.Normal, ColumnKind.Constant, ColumnKind.Flags, ColumnKind.MostlyZero, ColumnKind.Shifted,
                ColumnKind.Huge,
                ColumnKind.Tiny, ColumnKind.AnySize)),
            (1, Gen.Elements(ColumnKind.WithMissing, ColumnKind.WithInfinite))), 2)
        from labels in Gen.Frequency((3, Gen.Constant(ColumnKind.Normal)), (2, Gen.Elements(Enum.GetValues<ColumnKind>())))
        from weights in Gen.Frequency(
            (4, Gen.Constant<ColumnKind?>(null)), (1, Gen.Elements(Enum.GetValues<ColumnKind>()).Select(kind => (ColumnKind?)kind)))
        from replaces in Numbers.Flag
        from normalizer in Gen.Elements(
            CaseNormalizer.None, CaseNormalizer.None, CaseNormalizer.MinMax, CaseNormalizer.MeanVariance, CaseNormalizer.RobustScaling)
        from category in Numbers.Flag
        select new CaseData(seed, rows, validation, features, sparse, columns, labels, weights, replaces, normalizer, category);

    private static Gen<CaseNetwork> Network(CaseTask task) =>
        from layers in Gen.Choose(0, 3)
        from sizes in Gen.ArrayOf(Numbers.Mostly([1, 2, 5, 8], [17, 40, 130]), layers)
        from activation in Gen.Elements(Enum.GetValues<Activation>())
        from output in Gen.Frequency(
            (3, Gen.Constant<Activation?>(null)), (1, Gen.Elements(Enum.GetValues<Activation>()).Select(value => (Activation?)value)))
        from weights in Gen.Frequency((3, Gen.Constant<Initializer?>(null)), (1, Initializers.Select(value => (Initializer?)value)))
        from biases in Gen.Frequency((3, Gen.Constant(Initializer.Zero)), (1, Initializers))
        from hasBiases in Gen.Elements(true, true, true, false)
        from normalizes in Gen.Elements<bool?>(null, null, true, false)
        from normalizesLabel in Gen.Elements(true, true, false)
        select new CaseNetwork(
            sizes, activation, task is CaseTask.Regression or CaseTask.SeveralTargets ? output : null, weights, biases, hasBiases,
            normalizes, normalizesLabel);

    private static Gen<CaseSteps> Steps(CaseTask task) =>
        from loss in LossOf(task)
        from optimizer in Optimizers.Any
        from schedule in Optimizers.AnySchedule
        from batchSize in Gen.Elements<int?>(null, null, 1, 3, 16, TrainingSettings.FullBatch)
        from epochs in Gen.Choose(1, 8)
        from shuffle in Numbers.Flag
        from threads in Gen.Elements(1, 1, 1, 2, 3)
        select new CaseSteps(loss, optimizer, schedule, batchSize, epochs, shuffle, threads);

    private static Gen<CaseLimits> Limits(CaseNetwork network, CaseTask task) =>
        from first in Numbers.Strength
        from second in Numbers.Strength
        from biases in Numbers.Flag
        from norm in Numbers.Limit
        from value in Numbers.Limit
        from rate in Gen.Frequency((3, Gen.Constant(0.0)), (1, Numbers.Memory))
        from each in Numbers.Flag
        from stopping in Gen.Frequency((2, Gen.Constant<EarlyStopping?>(null)), (1, Stopping()))
        from fraction in Numbers.Part
        from smoothing in Gen.Frequency((3, Gen.Constant(0.0)), (1, Numbers.Memory))
        from weights in WeightsOf(task)
        select new CaseLimits(
            first, second, biases, norm, value, each ? [.. network.HiddenLayerSizes.Select(_ => rate)] : [rate], stopping, fraction,
            smoothing, weights);

    private static Gen<CaseRecipe> Recipe() =>
        from preset in Gen.Frequency((5, Gen.Constant(MlpPreset.Plain)), (1, Gen.Elements(Enum.GetValues<MlpPreset>())))
        from networks in Gen.Elements(1, 1, 1, 2, 3)
        from refits in Numbers.Flag
        from calibrates in Numbers.Flag
        from normalization in Gen.Elements(Enum.GetValues<FeatureNormalization>())
        from embeds in Gen.Elements(false, false, true)
        from frequencies in Gen.Elements(1, 3, 16)
        from outputs in Gen.Elements(1, 3)
        from zero in Gen.Frequency((3, Gen.Constant<Initializer?>(null)), (1, Initializers.Select(value => (Initializer?)value)))
        from bounds in Numbers.Flag
        select new CaseRecipe(
            preset, networks, refits, calibrates, normalization,
            embeds ? new NumericEmbedding { Frequencies = frequencies, Outputs = outputs } : null, zero, bounds);

    private static Gen<EarlyStopping?> Stopping() =>
        from patience in Gen.Choose(1, 3)
        from least in Numbers.Strength
        select (EarlyStopping?)new EarlyStopping { Patience = patience, MinimumImprovement = least };

    private static Gen<Initializer> Initializers { get; } = Gen.OneOf(
        Gen.Elements(
            Initializer.Zero, Initializer.GlorotNormal, Initializer.GlorotUniform, Initializer.HeNormal, Initializer.HeUniform,
            Initializer.LeCunNormal,
            Initializer.LeCunUniform),
        Numbers.Positive.Select(size => Initializer.Normal(size)),
        Numbers.Positive.Select(size => Initializer.Constant(-size)),
        Numbers.Positive.Select(size => Initializer.Uniform(-size, size)));

    private static Gen<ClassWeights?> WeightsOf(CaseTask task)
    {
        int classCount = task == CaseTask.Binary ? 2 : 3;
        Gen<ClassWeights?> given =
            from size in Numbers.Positive
            from zero in Numbers.Flag
            select (ClassWeights?)ClassWeights.Of([zero ? 0 : 1, .. Enumerable.Repeat(size, classCount - 1)]);
        return task is CaseTask.Binary or CaseTask.Multiclass
            ? Gen.Frequency((4, Gen.Constant<ClassWeights?>(null)), (1, Gen.Constant<ClassWeights?>(ClassWeights.Balanced)), (1, given))
            : Gen.Constant<ClassWeights?>(null);
    }

    private static Gen<Loss> LossOf(CaseTask task)
    {
        Gen<Loss> errors = Gen.OneOf(
            Gen.Elements(Loss.SquaredError, Loss.HalfSquaredError, Loss.AbsoluteError),
            Numbers.Positive.Select(threshold => Loss.Huber(threshold)),
            Numbers.Part.Select(quantile => Loss.Quantile(quantile)));
        Gen<Loss> binary = Gen.OneOf(
            Gen.Constant(Loss.BinaryCrossEntropy), Numbers.Strength.Select(gamma => Loss.BinaryFocal(gamma)), errors);
        return task switch
        {
            CaseTask.Regression or CaseTask.SeveralTargets =>
                Gen.OneOf(errors, errors, Gen.Elements(Loss.Poisson, Loss.BinaryCrossEntropy)),
            CaseTask.Multiclass => Gen.OneOf(
                Gen.Constant(Loss.SoftmaxCrossEntropy), Numbers.Strength.Select(gamma => Loss.SoftmaxFocal(gamma)), binary),
            _ => binary,
        };
    }

    /// <summary>Leaves out what cannot be combined, so that most cases get as far as training.</summary>
    private static TrainingCase Fit(TrainingCase any)
    {
        // ML.NET's robust scaling fails on sparse vectors.
        if (any.Data is { IsSparse: true, Normalizer: CaseNormalizer.RobustScaling })
            any = any with { Data = any.Data with { IsSparse = false } };
        if (any.Steps.Loss.Link != OutputLink.Identity)
            any = any with { Network = any.Network with { OutputActivation = null } };
        if (any.Steps.Optimizer is not Lbfgs)
            return any;
        return any with
        {
            Steps = any.Steps with { Schedule = LearningRateSchedule.Constant, BatchSize = null },
            Limits = any.Limits with
            {
                L1Regularization = 0,
                DropoutRates = [],
                MaximumGradientNorm = double.PositiveInfinity,
                MaximumGradientValue = double.PositiveInfinity,
            },
        };
    }
}
