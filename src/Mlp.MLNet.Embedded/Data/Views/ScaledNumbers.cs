using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A numeric column scaled so that its smallest value is 0 and its largest 1, in the column's own precision.</summary>
internal sealed class ScaledNumbers<T> : SplitNumbers
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    /// <summary>ML.NET's normalizer looks at no more rows than these.</summary>
    private const long MaximumExampleCount = 1000000000;

    private readonly DataViewSchema.Column _column;
    private readonly T _offset;
    private readonly T _scale;

    private ScaledNumbers(DataViewSchema.Column column, T offset, T scale)
    {
        _column = column;
        _offset = offset;
        _scale = scale;
    }

    public override IEnumerable<DataViewSchema.Column> Columns => [_column];

    /// <summary>Reads the whole column once.</summary>
    public static ScaledNumbers<T> Create(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        T minimum = T.PositiveInfinity;
        T maximum = T.NegativeInfinity;
        T value = default;
        for (long row = 0; row < MaximumExampleCount && cursor.MoveNext(); row++)
        {
            getter(ref value);
            if (value < minimum)
                minimum = value;
            if (value > maximum)
                maximum = value;
        }
        T scale = maximum > minimum ? T.One / (maximum - minimum) : T.Zero;
        return new ScaledNumbers<T>(column, scale == T.Zero ? T.Zero : minimum, scale);
    }

    public override Func<double> Bind(DataViewRow row)
    {
        var getter = row.GetGetter<T>(_column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return double.CreateTruncating((value - _offset) * _scale);
        };
    }
}
