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

    public ITransformer Fit(TrainingPart part)
    {
        ITransformer model = QualityPipeline.Create(
            part.ML, part.Set with { Categorical = [.. part.Set.Categorical.Except(LeftOut)] }, CreateTrainer(part.ML, part.Set.Task),
            Missing ?? part.Set.Missing).Fit(part.View);
        return Distills ? part.ML.Model.DistillMlp(model, part.View) : model;
    }

    private IEstimator<ITransformer> CreateTrainer(MLContext ml, QualityTask task)
    {
        return task switch
        {
            QualityTask.Binary => ml.BinaryClassification.Trainers.Mlp(With(new MlpBinaryTrainer.Options(Preset))),
            QualityTask.Multiclass => ml.MulticlassClassification.Trainers.Mlp(With(new MlpMulticlassTrainer.Options(Preset))),
            _ => ml.Regression.Trainers.Mlp(With(new MlpRegressionTrainer.Options(Preset))),
        };

        TOptions With<TOptions>(TOptions options)
            where TOptions : MlpOptions
        {
            Apply(options);
            return options;
        }
    }
}
