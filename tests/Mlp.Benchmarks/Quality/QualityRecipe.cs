using Microsoft.ML;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Quality;

/// <summary>A named way to set our trainer's options; the columns stay at their defaults.</summary>
/// <param name="Name">For --preset and --compare.</param>
/// <param name="Summary">What it changes, in words.</param>
/// <param name="Apply">Changes the default options.</param>
internal sealed record QualityRecipe(string Name, string Summary, Action<MlpOptions> Apply) : IContender
{
    /// <summary>What the options begin with.</summary>
    public MlpPreset Preset { get; init; } = MlpPreset.Default;

    /// <summary>The same with some options at other values, and a name that says so.</summary>
    public QualityRecipe With(IReadOnlyList<OptionOverride> overrides) => overrides.Count == 0 ? this : this with
    {
        Name = $"{Name} {string.Join(' ', overrides.Select(one => one.Name))}",
        Apply = options =>
        {
            Apply(options);
            foreach (OptionOverride one in overrides)
                one.Apply(options);
        },
    };

    /// <summary>The same with missing numbers treated so whatever the set says, and a name that says so; the same for null.</summary>
    public QualityRecipe WithMissing(MissingNumbers? missing) =>
        missing is null ? this : this with { Name = $"{Name} missing={missing}", Missing = missing };

    /// <summary>The same without some categories, whatever set has them, and a name that says so.</summary>
    public QualityRecipe Without(IReadOnlyList<string> columns) =>
        columns.Count == 0 ? this : this with { Name = $"{Name} without={string.Join(',', columns)}", LeftOut = columns };

    /// <summary>Categories that are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What becomes of missing numbers; null for what the set says.</summary>
    public MissingNumbers? Missing { get; init; }

    /// <summary>Whether the fitted model is distilled to one network, with the rows that it was fitted to.</summary>
    public bool Distills { get; init; }

    /// <summary>Trials of a search; null for none.</summary>
    public int? Trials { get; init; }

    public ITransformer Fit(TrainingPart part)
    {
        if (Trials is int trials)
            return Tune(part, new MlpTuningSettings { NumberOfTrials = trials });
        ITransformer model = QualityPipeline.Create(
            part.ML, part.Set with { Categorical = [.. part.Set.Categorical.Except(LeftOut)] }, CreateTrainer(part.ML, part.Set.Task),
            Missing ?? part.Set.Missing).Fit(part.View);
        return Distills ? part.ML.Model.DistillMlp(model, part.View) : model;
    }

    private ITransformer Tune(TrainingPart part, MlpTuningSettings settings)
    {
        MLContext ml = part.ML;
        IEstimator<ITransformer> transforms = QualityPipeline.CreateTransforms(ml, part.Set, Missing ?? part.Set.Missing);
        return part.Set.Task switch
        {
            QualityTask.Binary => Told(ml.BinaryClassification.Tune(part.View, transforms, Binary(ml), settings)),
            QualityTask.Multiclass => Told(ml.MulticlassClassification.Tune(part.View, transforms, Multiclass(ml), settings)),
            _ => Told(ml.Regression.Tune(part.View, transforms, Regression(ml), settings)),
        };

        ITransformer Told<TTransformer>(MlpTuningResult<TTransformer> result)
            where TTransformer : MlpTransformerBase
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{part.Set.Name}, {Name}, seed {part.Seed}: held out {result.DefaultLoss:G6} -> {result.Loss:G6} ")
                + $"with trials {string.Join(", ", result.Trials.Where(trial => trial.IsChosen).Select(
                    trial => $"{trial.Number} in {trial.Places}"))}; {result.Network.Model.Networks.Count} networks\n{result.ToTable()}");
            return result.Model;
        }
    }

    private IEstimator<ITransformer> CreateTrainer(MLContext ml, QualityTask task) => task switch
    {
        QualityTask.Binary => Binary(ml),
        QualityTask.Multiclass => Multiclass(ml),
        _ => Regression(ml),
    };

    private MlpBinaryTrainer Binary(MLContext ml) => ml.BinaryClassification.Trainers.Mlp(Set(new MlpBinaryTrainer.Options(Preset)));

    private MlpMulticlassTrainer Multiclass(MLContext ml) =>
        ml.MulticlassClassification.Trainers.Mlp(Set(new MlpMulticlassTrainer.Options(Preset)));

    private MlpRegressionTrainer Regression(MLContext ml) => ml.Regression.Trainers.Mlp(Set(new MlpRegressionTrainer.Options(Preset)));

    private TOptions Set<TOptions>(TOptions options)
        where TOptions : MlpOptions
    {
        Apply(options);
        return options;
    }
}
