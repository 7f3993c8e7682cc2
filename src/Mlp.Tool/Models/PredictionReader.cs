using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>Reads predictions from scored rows.</summary>
internal sealed class PredictionReader
{
    private readonly Func<(int? ClassIndex, float[] Values)> _readValues;
    private readonly Func<PredictedInterval[]> _readIntervals;
    private readonly Func<int[]?> _readSet;

    /// <param name="task">Of the model.</param>
    /// <param name="classes">Of the model.</param>
    /// <param name="row">With <see cref="Sources"/>.</param>
    public PredictionReader(ModelTask task, IReadOnlyList<string> classes, DataViewRow row)
    {
        _readValues = task.CreateReader(row, classes.Count);
        _readIntervals = OfIntervals(row);
        _readSet = OfSet(row);
    }

    /// <summary>The columns that are read.</summary>
    public static IEnumerable<DataViewSchema.Column> Sources(ModelTask task, DataViewSchema schema) =>
        [.. task.PredictionColumns.Select(name => schema[name]), .. CoverageFields.Sources(schema)];

    /// <summary>The prediction of the row.</summary>
    public RowPrediction Read()
    {
        (int? classIndex, float[] values) = _readValues();
        return new RowPrediction(classIndex, values, _readIntervals(), _readSet());
    }

    private static Func<PredictedInterval[]> OfIntervals(DataViewRow row)
    {
        if (row.Schema.GetColumnOrNull(MLNetColumns.Lower) is not { } lower)
            return () => [];
        double[] levels = CoverageMetrics.LevelsOf(lower);
        Func<float[]> readLower = OfBounds(row, lower), readUpper = OfBounds(row, row.Schema[MLNetColumns.Upper]);
        return () => [.. levels.Zip(readLower(), readUpper()).Select(each => new PredictedInterval(each.First, each.Second, each.Third))];
    }

    private static Func<float[]> OfBounds(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<float>> getBounds = row.GetGetter<VBuffer<float>>(column);
            VBuffer<float> bounds = default;
            return () =>
            {
                getBounds(ref bounds);
                return [.. bounds.DenseValues()];
            };
        }
        ValueGetter<float> getBound = row.GetGetter<float>(column);
        return () =>
        {
            float bound = 0;
            getBound(ref bound);
            return [bound];
        };
    }

    private static Func<int[]?> OfSet(DataViewRow row)
    {
        if (row.Schema.GetColumnOrNull(MLNetColumns.PredictedLabelSet) is not { } column)
            return () => null;
        ValueGetter<VBuffer<bool>> getSet = row.GetGetter<VBuffer<bool>>(column);
        VBuffer<bool> set = default;
        return () =>
        {
            getSet(ref set);
            return [.. set.DenseValues().Select((isIn, index) => (isIn, index)).Where(each => each.isIn).Select(each => each.index)];
        };
    }
}
