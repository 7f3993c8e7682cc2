using Mlp.MLNet;

namespace Mlp.Benchmarks.Quality;

/// <summary>The option sets that can be run and compared by name: one line each.</summary>
internal static class QualityRecipes
{
    /// <summary>What a user gets who sets nothing.</summary>
    public const string Default = "default";

    public static readonly IReadOnlyList<QualityRecipe> All =
    [
        new(Default, "the defaults", _ => { }),
        new("linear", "no hidden layer", options => options.HiddenLayerSizes = []),
        new("plain", "the textbook's network: MlpPreset.Plain", _ => { }) { Preset = MlpPreset.Plain },
        new("fast", "MlpPreset.Fast", _ => { }) { Preset = MlpPreset.Fast },
        new("best", "MlpPreset.Best", _ => { }) { Preset = MlpPreset.Best },
        new("no-refit", "the networks of the folds", options => options.RefitOnAllRows = false),
        new("no-temperature", "no temperature", options => Classification(options, each => each.CalibrateProbabilities = false)),
        new("no-smoothing", "no label smoothing", options => Classification(options, each => each.LabelSmoothing = 0)),
        new("no-embedding", "no periodic embedding", options => options.NumericEmbedding = null),
        new("standardize", "mean 0 and deviation 1, no clip", options => options.Normalization = FeatureNormalization.Standard),
        new("single-split", "one network and its refit", options => options.NumberOfNetworks = 1),
        new("last-epoch", "all rows for all epochs: nothing held out, no best epoch, no temperature", options =>
        {
            (options.EarlyStopping, options.RefitOnAllRows) = (null, false);
            Classification(options, each => each.CalibrateProbabilities = false);
        }),
        new("no-dropout", "no dropout", options => options.DropoutRates = []),
        new("dropout-0.3", "dropout 0.3", options => options.DropoutRates = [0.3]),
        new("decay-0.1", "weight decay 0.1", options => options.Optimizer = new Adam { LearningRate = 0.003, Beta2 = 0.95, WeightDecay = 0.1 }),
        new("decay-0.3", "weight decay 0.3", options => options.Optimizer = new Adam { LearningRate = 0.003, Beta2 = 0.95, WeightDecay = 0.3 }),
        new("decay-1", "weight decay 1", options => options.Optimizer = new Adam { LearningRate = 0.003, Beta2 = 0.95, WeightDecay = 1 }),
        new("rate-0.001", "learning rate 0.001", options => options.Optimizer = new Adam { LearningRate = 0.001, Beta2 = 0.95 }),
        new("rate-0.006", "learning rate 0.006", options => options.Optimizer = new Adam { LearningRate = 0.006, Beta2 = 0.95 }),
        new("patience-8", "patience 8", options => options.EarlyStopping = new EarlyStopping { Patience = 8 }),
        new("patience-80", "all epochs", options => options.EarlyStopping = new EarlyStopping { Patience = 80 }),
        new("epochs-40", "40 epochs", options => options.NumberOfEpochs = 40),
        new("batch-8", "8 rows a step", options => options.BatchSize = 8),
        new("batch-32", "32 rows a step", options => options.BatchSize = 32),
        new("batch-128", "128 rows a step", options => options.BatchSize = 128),
        new("relu", "ReLU", options => options.Activation = Activation.Relu),
        new("one-hidden", "one hidden layer of 128", options => options.HiddenLayerSizes = [128]),
        new("width-256", "two hidden layers of 256", options => options.HiddenLayerSizes = [256, 256]),
    ];

    /// <exception cref="ArgumentException">There is no such recipe.</exception>
    public static QualityRecipe Find(string name) =>
        All.FirstOrDefault(recipe => recipe.Name == name)
        ?? throw new ArgumentException($"There is no recipe '{name}'. There are {string.Join(", ", All.Select(recipe => recipe.Name))}.");

    private static void Classification(MlpOptions options, Action<MlpClassificationOptions> set)
    {
        if (options is MlpClassificationOptions classification)
            set(classification);
    }
}
