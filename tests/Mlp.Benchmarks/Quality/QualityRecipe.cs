using Mlp.MLNet;

namespace Mlp.Benchmarks.Quality;

/// <summary>A named way to set the trainer's options; the columns stay at their defaults.</summary>
/// <param name="Name">For --preset and --compare.</param>
/// <param name="Summary">What it changes, in words.</param>
/// <param name="Apply">Changes the default options.</param>
internal sealed record QualityRecipe(string Name, string Summary, Action<MlpOptions> Apply);
