using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The rows with a number in [lowerBound, upperBound): never a NaN, and, also without an upper bound, not infinity.</summary>
    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        Contracts.CheckValue(Environment, input, nameof(input));
        Contracts.CheckNonEmpty(Environment, columnName, nameof(columnName));
        Contracts.CheckParam(Environment, lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw Environment.ExceptSchemaMismatch(nameof(columnName), "filter", columnName, "number", column.Type.ToString()!);
        var host = Environment.Register("RangeFilter");
        bool isSingle = column.Type == NumberDataViewType.Single;
        Contracts.CheckUserArg(
            host, isSingle || column.Type == NumberDataViewType.Double, "Column", $"Column '{columnName}' does not have compatible type");
        var range = new SplitRange(lowerBound, upperBound, IncludeEnd: false, Complement: false);
        return new FilterView(
            input, [column], row => isSingle ? BindRange<float>(row, column, range) : BindRange<double>(row, column, range));
    }

    /// <summary>The rows in which none of the columns has a NaN or a missing key, be it in a single slot of a vector.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Contracts.CheckValue(Environment, input, nameof(input));
        Contracts.CheckUserArg(Environment, columns is { Length: > 0 }, nameof(columns));
        var host = Environment.Register("MissingValueFilter");
        var found = new List<DataViewSchema.Column>();
        foreach (string name in columns)
        {
            if (input.Schema.GetColumnOrNull(name) is not { } column)
                throw host.ExceptUserArg("Columns", $"Source column '{name}' not found");
            bool isNew = found.All(other => other.Index != column.Index);
            Contracts.CheckUserArg(host, isNew, "Columns", $"Source column '{name}' specified multiple times");
            Contracts.CheckUserArg(
                host, MissingValues.CanOccur(column.Type), "Columns",
                $"Column '{name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
            found.Add(column);
        }

        return new FilterView(input, found, row =>
        {
            Func<bool>[] tests = [.. found.Select(column => MissingValues.Bind(row, column))];
            return () => !Array.Exists(tests, isMissing => isMissing());
        });
    }

    private static Func<bool> BindRange<T>(DataViewRow row, DataViewSchema.Column column, SplitRange range)
        where T : struct, INumber<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return range.Accepts(double.CreateTruncating(value));
        };
    }
}
