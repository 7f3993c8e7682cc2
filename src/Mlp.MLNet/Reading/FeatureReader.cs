using Microsoft.ML;
using Mlp.Data;

namespace Mlp.MLNet.Reading;

/// <summary>IDataView → rows of floats, in one pass; counts the rows that cannot be used and says why.</summary>
internal static class FeatureReader
{
    /// <summary>Reads all rows in the order of the data, which decides what a seed gives.</summary>
    /// <param name="data">Only the columns needed are active.</param>
    /// <param name="columns">Checked.</param>
    /// <param name="features">Collects the features.</param>
    /// <param name="learnsMissing">Whether features may be NaN.</param>
    /// <param name="createLabelReader">Makes the reader of the label column.</param>
    /// <param name="checkCancellation">Called for each row; what it throws ends the reading.</param>
    /// <param name="purpose">What the rows are for, in messages.</param>
    /// <param name="maxRowCount">More rows are refused; as many as an array can hold unless given.</param>
    /// <param name="weightsOfClasses">One per class, where the label is a class; null for 1 each.</param>
    /// <param name="checkRows">Called with the number of rows read so far, and their features, whenever there are some MB more of them;
    /// what it throws ends the reading. Null for nothing.</param>
    /// <remarks>A row that weighs 0 is not looked at any further.</remarks>
    /// <exception cref="InvalidOperationException">There are no rows, too many, or some that cannot be used.</exception>
    public static TrainingRows Read(
        IDataView data,
        TrainingColumns columns,
        FeatureTableBuilder<float> features,
        bool learnsMissing,
        Func<DataViewRow, DataViewSchema.Column, LabelReader> createLabelReader,
        Action checkCancellation,
        string purpose = "training",
        int? maxRowCount = null,
        double[]? weightsOfClasses = null,
        Action<int, FeatureTableBuilder<float>>? checkRows = null)
    {
        long? expectedRowCount = data.GetRowCount();
        var targets = new RowBlocks<float>(columns.TargetCount, expectedRowCount);
        var weights = new RowBlocks<float>(1, expectedRowCount);
        int limit = maxRowCount ?? Array.MaxLength;
        var problems = new RowProblems();
        var leftOut = new List<int>();
        int rowCount = 0, nextCheck = 1;
        using (DataViewRowCursor cursor = data.GetRowCursor(columns.All))
        {
            LabelReader label = createLabelReader(cursor, columns.Label);
            var reader = new RowReader(cursor, columns, label, weightsOfClasses, learnsMissing, problems);
            while (cursor.MoveNext())
            {
                checkCancellation();
                if (rowCount++ == limit)
                {
                    throw new InvalidOperationException(
                        $"The {purpose} data has more than {limit:N0} rows, which is as many as a training can take. Give it fewer rows "
                            + "(TakeRows).");
                }
                if (!reader.Read(rowCount, features, targets, weights))
                    leftOut.Add(rowCount);
                if (rowCount == nextCheck)
                {
                    checkRows?.Invoke(rowCount, features);
                    nextCheck += columns.NextPortion(rowCount);
                }
            }
        }

        CheckFound(rowCount, leftOut.Count, problems, columns, weightsOfClasses is not null, purpose);
        RowBlocks<float>? weightsOfRows = columns.ExampleWeight is null ? null : weights;
        return new TrainingRows(features.ToTable(weightsOfRows), targets, weightsOfRows) { LeftOut = leftOut };
    }

    /// <summary>After reading.</summary>
    /// <exception cref="InvalidOperationException">There are no rows, or some that cannot be used.</exception>
    public static void CheckFound(
        long rowCount, long leftOutCount, RowProblems problems, TrainingColumns columns, bool hasWeightsOfClasses, string purpose)
    {
        if (rowCount == 0)
        {
            throw new InvalidOperationException(
                $"The {purpose} data has no rows. Check how the rows were filtered and split, and the file they come from.");
        }
        if (problems.Any)
            throw problems.ToException(rowCount - leftOutCount, purpose, leavesOut: leftOutCount > 0);
        if (leftOutCount == rowCount)
            throw new InvalidOperationException(DescribeNoWeight(columns.ExampleWeight?.Name, hasWeightsOfClasses, rowCount, purpose));
    }

    private static string DescribeNoWeight(string? weightColumn, bool hasWeightsOfClasses, long rowCount, string purpose)
    {
        string every = RowProblems.EveryOf(rowCount), prefix = purpose == "training" ? "" : $"In the {purpose} data: ";
        if (!hasWeightsOfClasses)
            return $"{prefix}Example weight column '{weightColumn}' is 0 in {every}; at least one row needs a positive weight. Correct "
                + "the weights, or leave ExampleWeightColumnName at null.";
        string column = weightColumn is null ? "" : $" or example weight column '{weightColumn}'";
        return $"{prefix}The weight of the class{column} is 0 in {every}; at least one row needs a positive weight. Correct "
            + "ClassWeights, or check how the rows were filtered and split.";
    }
}
