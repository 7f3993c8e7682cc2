using Microsoft.ML;
using Mlp.Data.Stores;

namespace Mlp.MLNet.Reading;

/// <summary>IDataView → buckets on disk, in one pass; as <see cref="FeatureReader"/> reads into memory.</summary>
/// <param name="columns">Checked.</param>
/// <param name="learnsMissing">Whether features may be NaN.</param>
/// <param name="weightsOfClasses">One per class, where the label is a class; null for 1 each.</param>
/// <param name="createLabelReader">Makes the reader of the label column.</param>
/// <param name="checkCancellation">Called for each row; what it throws ends the reading.</param>
internal sealed class StoredReader(
    TrainingColumns columns, bool learnsMissing, double[]? weightsOfClasses,
    Func<DataViewRow, DataViewSchema.Column, LabelReader> createLabelReader, Action checkCancellation)
{
    /// <summary>What a row consists of as it is read.</summary>
    public RawRowLayout Layout { get; } = new(columns.FeatureCount, columns.Categories.Count, columns.TargetCount);

    /// <summary>Reads rows in the order of the data.</summary>
    /// <param name="data">Only the columns needed are active.</param>
    /// <param name="writer">Gets the rows, but those of weight 0.</param>
    /// <param name="survey">Is shown every row; null for nothing.</param>
    /// <param name="maxRowCount">Where to stop; null for all rows.</param>
    /// <returns>Rows of the data, and those of them that weigh 0.</returns>
    /// <exception cref="InvalidOperationException">There are no rows, or some that cannot be used.</exception>
    /// <exception cref="RowStoreException">A bucket cannot be written.</exception>
    public (long RowCount, long LeftOutCount) Read(IDataView data, RawRowWriter writer, TableSurvey? survey, long? maxRowCount = null)
    {
        var problems = new RowProblems();
        long rowCount = 0, leftOutCount = 0;
        RowBlocks<float> targets = new(columns.TargetCount), weights = new(1);
        using (DataViewRowCursor cursor = data.GetRowCursor(columns.All))
        {
            LabelReader label = createLabelReader(cursor, columns.Label);
            var reader = new RowReader(cursor, columns, label, weightsOfClasses, learnsMissing, problems);
            while (rowCount != maxRowCount && cursor.MoveNext())
            {
                checkCancellation();
                if (!reader.Read(++rowCount, writer, targets, weights))
                    leftOutCount++;
                else if (!problems.Any)
                    Take(rowCount - 1);
            }
        }
        // What is wrong with some rows is said when all are read.
        if (maxRowCount is null)
            FeatureReader.CheckFound(rowCount, leftOutCount, problems, columns, weightsOfClasses is not null, purpose: "training");
        return (rowCount, leftOutCount);

        void Take(long rowNumber)
        {
            float weight = 1;
            if (columns.ExampleWeight is not null)
            {
                weight = weights[0][0];
                weights.RemoveLast();
            }
            survey?.Targets.Add(rowNumber, targets[0], weight);
            survey?.Features.Add(writer.IsDense, writer.Slots, writer.Values, weight);
            writer.Complete(rowNumber, targets[0], weight);
            targets.RemoveLast();
        }
    }
}
