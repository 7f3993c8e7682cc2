using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract partial class TrainCatalogBase
{
    /// <summary>A model trained on all folds but one, and how it does on that one.</summary>
    public sealed class CrossValidationResult<T>
        where T : class
    {
        public readonly T Metrics;

        public readonly ITransformer Model;

        /// <summary>The rows the model was not trained on, with its scores.</summary>
        public readonly IDataView ScoredHoldOutSet;

        /// <summary>From 0 on.</summary>
        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scores;
            Fold = fold;
        }
    }

    /// <summary>Trains on every fold first, and then evaluates one after the other.</summary>
    private protected IReadOnlyList<CrossValidationResult<T>> CrossValidateCore<T>(
        IDataView data, IEstimator<ITransformer> estimator, int numFolds, string? samplingKeyColumn, int? seed, Func<IDataView, T> evaluate)
        where T : class
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckValue(Environment, estimator, nameof(estimator));
        Contracts.CheckParam(Environment, numFolds > 1, nameof(numFolds), "Must be more than 1");
        var trained = DataOperationsCatalog.CrossValidationSplit(Environment, data, numFolds, samplingKeyColumn, seed)
            .Select(split => (Model: estimator.Fit(split.TrainSet), split.TestSet))
            .Select(fold => (fold.Model, Scores: Score(fold.Model, fold.TestSet)))
            .ToArray();
        return trained
            .Select((fold, index) => new CrossValidationResult<T>(fold.Model, evaluate(fold.Scores), fold.Scores, index))
            .ToArray();
    }

    /// <summary>A chain applies all its members here, also those that serve only training or testing.</summary>
    private static IDataView Score(ITransformer model, IDataView data)
        => model is ITransformerChain chain
            ? chain.Transformers.Aggregate(data, (view, transformer) => transformer.Transform(view))
            : model.Transform(data);
}
