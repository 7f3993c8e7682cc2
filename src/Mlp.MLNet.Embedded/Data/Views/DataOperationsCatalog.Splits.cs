using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Rows to train on and rows to test on.</summary>
    public struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckParam(Environment, testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var numbers = SplitNumbers.Create(Environment, data, samplingKeyColumnName, seed);
        return Split(Environment, data, numbers, new SplitRange(0, testFraction, IncludeEnd: false, Complement: false));
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckParam(Environment, numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        return CrossValidationSplit(Environment, data, numberOfFolds, samplingKeyColumnName, seed).ToArray();
    }

    /// <summary>One fold after the other. Both ends belong to a fold: a row exactly between two is tested twice.</summary>
    internal static IEnumerable<TrainTestData> CrossValidationSplit(
        IHostEnvironment env, IDataView data, int numberOfFolds, string? samplingKeyColumnName, int? seed)
    {
        var numbers = SplitNumbers.Create(env, data, samplingKeyColumnName, seed);
        for (int fold = 0; fold < numberOfFolds; fold++)
        {
            double start = (double)fold / numberOfFolds;
            double end = (double)(fold + 1) / numberOfFolds;
            yield return Split(env, data, numbers, new SplitRange(start, end, IncludeEnd: true, Complement: false));
        }
    }

    private static TrainTestData Split(IHostEnvironment env, IDataView data, SplitNumbers numbers, SplitRange test)
    {
        // In ML.NET each set is a filter and a column selection: as many draws from the context's random numbers.
        for (int i = 0; i < 4; i++)
            env.Register("RangeFilter");
        return new TrainTestData(
            RowsIn(data, numbers, test with { Complement = true }),
            RowsIn(data, numbers, test));
    }

    private static FilterView RowsIn(IDataView data, SplitNumbers numbers, SplitRange range)
        => new(
            data,
            numbers.Columns,
            row =>
            {
                var number = numbers.Bind(row);
                return () => range.Accepts(number());
            },
            numbers.CanShuffle);
}
