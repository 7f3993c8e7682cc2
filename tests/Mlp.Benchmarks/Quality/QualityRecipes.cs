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
        new("tuned", "a search of 24 trials: about ten times the default's work", _ => { }) { Trials = 24 },
        new("distilled", "the defaults, then distilled to one network", _ => { }) { Distills = true },
        new("no-refit", "the networks of the folds alone", options => options.RefitOnAllRows = false),
        new("no-temperature", "no temperature", options => Classification(options, each => each.CalibrateProbabilities = false)),
        new("no-smoothing", "no label smoothing", options => Classification(options, each => each.LabelSmoothing = 0)),
        new("no-embedding", "no periodic embedding", options => options.NumericEmbedding = NumericEmbedding.None),
        new("standardize", "mean 0 and deviation 1, no clip", options => options.Normalization = FeatureNormalization.Standard),
        new("single-split", "one network and its refit", options => options.NumberOfNetworks = 2),
        new("last-epoch", "all rows for all epochs: nothing held out, no best epoch, no temperature", options =>
        {
            (options.EarlyStopping, options.RefitOnAllRows) = (EarlyStopping.None, false);
            Classification(options, each => each.CalibrateProbabilities = false);
        }),
        new("no-dropout", "no dropout", options => options.DropoutRates = []),
        new("dropout-0.2", "dropout 0.2", options => options.DropoutRates = [0.2]),
        new("smoothing-0.1", "label smoothing 0.1", options => Classification(options, each => each.LabelSmoothing = 0.1)),
        new("decay-0.1", "weight decay 0.1", options => options.Optimizer = Adam(0.003, weightDecay: 0.1)),
        new("rate-0.002", "learning rate 0.002", options => options.Optimizer = Adam(0.002)),
        new("rate-0.0045", "learning rate 0.0045", options => options.Optimizer = Adam(0.0045)),
        new("patience-8", "patience 8", options => options.EarlyStopping = new EarlyStopping { Patience = 8 }),
        new("patience-32", "patience 32", options => options.EarlyStopping = new EarlyStopping { Patience = 32 }),
        new("epochs-40", "40 epochs", options => options.NumberOfEpochs = 40),
        new("batch-8", "batches of 8", options => options.BatchSize = 8),
        new("batch-16", "batches of 16", options => options.BatchSize = 16),
        new("batch-32", "batches of 32", options => options.BatchSize = 32),
        new("batch-64", "batches of 64", options => options.BatchSize = 64),
        new("batch-128", "batches of 128", options => options.BatchSize = 128),
        new("silu", "SiLU", options => options.Activation = Activation.Silu),
        new("gelu", "GELU", options => options.Activation = Activation.Gelu),
        new("elu", "ELU", options => options.Activation = Activation.Elu),
        new("leaky-relu", "LeakyReLU", options => options.Activation = Activation.LeakyRelu),
        new("he", "weights with variance 2 / fan-in", options => options.WeightInitializer = Initializer.HeNormal),
        new("one-hidden", "one hidden layer of 128", options => options.HiddenLayerSizes = [128]),
        new("two-hidden", "two hidden layers of 128", options => options.HiddenLayerSizes = [128, 128]),
        new("one-256", "one hidden layer of 256", options => options.HiddenLayerSizes = [256]),
        new("two-256", "two hidden layers of 256", options => options.HiddenLayerSizes = [256, 256]),
        new("eight-networks", "eight networks, an eighth held out", options =>
            (options.NumberOfNetworks, options.ValidationFraction) = (16, 0.125)),
        new("three-networks", "three networks, a third held out", options =>
            (options.NumberOfNetworks, options.ValidationFraction) = (6, 1 / 3.0)),
        new("outputs-8", "8 mixtures of the cosines", options => options.NumericEmbedding = new NumericEmbedding { Outputs = 8 }),
        new("frequencies-8", "8 cosines, 2 mixtures", options =>
            options.NumericEmbedding = new NumericEmbedding { Frequencies = 8, Outputs = 2 }),
        new("silu-two-hidden", "SiLU and two hidden layers of 128", options =>
            (options.Activation, options.HiddenLayerSizes) = (Activation.Silu, [128, 128])),
    ];

    /// <summary>The recipe of a name, in capitals or not: the presets' own names begin with one.</summary>
    /// <exception cref="ArgumentException">There is no such recipe.</exception>
    public static QualityRecipe Find(string name) =>
        All.FirstOrDefault(recipe => string.Equals(recipe.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no recipe '{name}'. There are {string.Join(", ", All.Select(recipe => recipe.Name))}.");

    private static Adam Adam(double learningRate, double weightDecay = 0) =>
        new() { LearningRate = learningRate, Beta2 = 0.95, WeightDecay = weightDecay };

    private static void Classification(MlpOptions options, Action<MlpClassificationOptions> set)
    {
        if (options is MlpClassificationOptions classification)
            set(classification);
    }
}
