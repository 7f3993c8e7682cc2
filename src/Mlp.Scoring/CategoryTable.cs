namespace Mlp.Scoring;

/// <summary>The values of a category that the training knew. Thread-safe.</summary>
public sealed class CategoryTable
{
    private readonly string[] _values;
    private readonly Dictionary<string, int> _indices;

    /// <param name="values">In the order of their indices.</param>
    public CategoryTable(IReadOnlyList<string> values)
    {
        _values = [.. values];
        _indices = new Dictionary<string, int>(_values.Length, StringComparer.Ordinal);
        for (int index = 0; index < _values.Length; index++)
            _indices.TryAdd(_values[index], index + 1);
    }

    /// <summary>The values, in the order of their indices.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The index of a value, from 1 on; 0 for one that is missing, empty or not known.</summary>
    /// <param name="value">Compared character by character.</param>
    public int IndexOf(string? value) => string.IsNullOrEmpty(value) ? 0 : _indices.GetValueOrDefault(value);

    /// <inheritdoc cref="IndexOf(string?)"/>
    public int IndexOf(ReadOnlySpan<char> value) =>
        !value.IsEmpty && _indices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out int index) ? index : 0;
}
