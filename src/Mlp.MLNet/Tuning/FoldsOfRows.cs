using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;

namespace Mlp.MLNet.Tuning;

/// <summary>Which fold holds which row of a view out: of each class the same part, where the label is a class before any
/// transform.</summary>
internal static class FoldsOfRows
{
    /// <summary>Deals the rows out.</summary>
    /// <param name="data">Read once.</param>
    /// <param name="labelName">Of the trainer; the column need not be there.</param>
    /// <param name="foldCount">At least 2.</param>
    /// <param name="seed">The same seed deals alike.</param>
    /// <param name="checkCancellation">Called now and then; what it throws ends the work.</param>
    /// <returns>For each row its fold; <see cref="RowFolds.None"/> for the only row of its class, which every network is trained
    /// on.</returns>
    /// <exception cref="InvalidOperationException">There are too few rows.</exception>
    public static int[] Of(IDataView data, string labelName, int foldCount, int seed, Action checkCancellation)
    {
        int[] classes = ClassesOf(data, labelName, checkCancellation);
        if (classes.Length < 2 * foldCount)
        {
            throw new InvalidOperationException(
                $"The data has {classes.Length:N0} rows; a search holds out each in one of {foldCount} folds, and needs at least "
                    + $"{2 * foldCount}. Use the trainer's Fit.");
        }
        IReadOnlyList<RowSplit> splits = RowSplit.Folds(classes, foldCount, seed, checkCancellation);
        int[] folds = RowFolds.Of(splits, classes.Length).OfRows;
        HashSet<int> single = [.. classes.GroupBy(one => one).Where(group => group.Count() == 1).Select(group => group.Key)];
        for (int row = 0; row < folds.Length; row++)
        {
            if (single.Contains(classes[row]))
                folds[row] = RowFolds.None;
        }
        return folds;
    }

    /// <summary>The class of each row as an index; 0 for all where the label is no class, or made by a transform.</summary>
    private static int[] ClassesOf(IDataView data, string labelName, Action checkCancellation)
    {
        DataViewSchema.Column? label = data.Schema.GetColumnOrNull(labelName);
        using DataViewRowCursor cursor = data.GetRowCursor(label is { } needed ? [needed] : []);
        Func<string>? read = label is { } column ? CreateReader(cursor, column) : null;
        var classes = new List<int>();
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        while (cursor.MoveNext())
        {
            if (classes.Count % 4096 == 0)
                checkCancellation();
            if (read is null)
            {
                classes.Add(0);
                continue;
            }
            string value = read();
            if (!indices.TryGetValue(value, out int index))
                indices.Add(value, index = indices.Count);
            classes.Add(index);
        }
        return [.. classes];
    }

    private static Func<string>? CreateReader(DataViewRowCursor cursor, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Reader<ReadOnlyMemory<char>>(cursor, column),
        BooleanDataViewType => Reader<bool>(cursor, column),
        KeyDataViewType { RawType: var raw } when raw == typeof(uint) => Reader<uint>(cursor, column),
        KeyDataViewType { RawType: var raw } when raw == typeof(byte) => Reader<byte>(cursor, column),
        KeyDataViewType { RawType: var raw } when raw == typeof(ushort) => Reader<ushort>(cursor, column),
        KeyDataViewType { RawType: var raw } when raw == typeof(ulong) => Reader<ulong>(cursor, column),
        _ => null,
    };

    private static Func<string> Reader<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : notnull
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value.ToString() ?? "";
        };
    }
}
