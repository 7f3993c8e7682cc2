using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>What is fitted to the training rows of a set and judged: a recipe of ours, or a trainer of another package.</summary>
internal interface IContender
{
    /// <summary>Under which its results are kept.</summary>
    string Name { get; }

    /// <summary>The whole pipeline, fitted to a part of a set's rows.</summary>
    ITransformer Fit(TrainingPart part);
}
