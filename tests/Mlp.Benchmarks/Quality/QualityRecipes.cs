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
        new("best-epoch", "a fifth held out, its best epoch restored", BestEpoch),
        new("smoothing", "label smoothing 0.05", Smooth),
        new("dropout", "dropout 0.3", options => options.DropoutRates = [0.3]),
        new("cosine", "cosine schedule", options => options.Schedule = new CosineAnnealing()),
        new("silu-128", "two hidden layers of 128, SiLU", options => (options.HiddenLayerSizes, options.Activation) = ([128, 128], Activation.Silu)),
        new("single", "one net with the best epoch, smoothing, dropout, cosine, two layers of 128, SiLU", Single),
    ];

    /// <exception cref="ArgumentException">There is no such recipe.</exception>
    public static QualityRecipe Find(string name) =>
        All.FirstOrDefault(recipe => recipe.Name == name)
        ?? throw new ArgumentException($"There is no recipe '{name}'. There are {string.Join(", ", All.Select(recipe => recipe.Name))}.");

    private static void BestEpoch(MlpOptions options) =>
        (options.EarlyStopping, options.ValidationFraction) = (new EarlyStopping { Patience = 20 }, 0.2);

    private static void Smooth(MlpOptions options)
    {
        if (options is MlpClassificationOptions classification)
            classification.LabelSmoothing = 0.05;
    }

    private static void Single(MlpOptions options)
    {
        BestEpoch(options);
        Smooth(options);
        (options.HiddenLayerSizes, options.Activation) = ([128, 128], Activation.Silu);
        (options.DropoutRates, options.Schedule) = ([0.3], new CosineAnnealing());
    }
}
