using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>Reads the keys of a row that are categories: 1 for the first value, 0 for one that is missing or not known.</summary>
internal sealed class KeyReader
{
    private readonly Func<ulong>[] _getters;
    private readonly ulong[] _counts;
    private readonly int[] _keys;

    /// <param name="row">To follow.</param>
    /// <param name="columns">Keys, active.</param>
    /// <param name="knownCounts">How many values of each the network knows, of the first; null for those of the columns.</param>
    public KeyReader(DataViewRow row, IReadOnlyList<DataViewSchema.Column> columns, IReadOnlyList<int>? knownCounts = null)
    {
        _getters = [.. columns.Select(column => KeyGetter.Create(row, column))];
        // What is above the count of its own type is as good as missing to ML.NET.
        _counts = [.. columns.Select((column, index) => Math.Min(
            ((KeyDataViewType)column.Type).Count, (ulong)(knownCounts?[index] ?? Array.MaxLength)))];
        _keys = new int[columns.Count];
    }

    /// <summary>The keys of the current row, one a column; valid until the next call.</summary>
    public ReadOnlySpan<int> Read()
    {
        for (int index = 0; index < _keys.Length; index++)
        {
            ulong key = _getters[index]();
            _keys[index] = key <= _counts[index] ? (int)key : 0;
        }
        return _keys;
    }
}
