using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using Mlp.Numerics;

namespace Mlp.MLNet.Interop;

/// <summary>Cross-validation as ML.NET does it, whose own is open to its own metrics only.</summary>
internal static class CrossValidation
{
    /// <summary>Fits on all folds but one, and evaluates on that one; each in turn.</summary>
    /// <param name="environment">Has the seed that is used when none is given.</param>
    /// <param name="data">All rows.</param>
    /// <param name="estimator">Fitted once for each fold.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value there are in the same fold; null for none.</param>
    /// <param name="seed">Of the split.</param>
    /// <param name="evaluate">Gives the metrics of scored rows.</param>
    public static IReadOnlyList<TrainCatalogBase.CrossValidationResult<TMetrics>> Run<TMetrics>(
        IHostEnvironment environment, IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds, string? samplingKeyColumnName,
            int? seed,
        Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        RangeCheck.AtLeast(2, numberOfFolds);
        IReadOnlyList<DataOperationsCatalog.TrainTestData> folds =
            new DataOperationsCatalog(environment).CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed);
        return [.. folds.Select((fold, index) =>
        {
            ITransformer model = estimator.Fit(fold.TrainSet);
            IDataView scored = model.Transform(fold.TestSet);
            return new TrainCatalogBase.CrossValidationResult<TMetrics>(model, evaluate(scored), scored, index);
        })];
    }

    /// <summary>Whether rows are a part that ML.NET split or filtered from others, as those of a fold are. It cannot be seen through a
    /// cache.</summary>
    public static bool IsPart(IDataView view)
    {
        IDataView? current = view;
        while (current is not (null or RangeFilter))
            current = (current as IDataTransform)?.Source;
        return current is RangeFilter;
    }
}
