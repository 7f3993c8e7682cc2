namespace Microsoft.ML.Data;

/// <summary>Says which fields of a text line a member is read from, counted from 0.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => Ranges = [(fieldIndex, fieldIndex)];

    public LoadColumnAttribute(int start, int end) => Ranges = [(start, end)];

    public LoadColumnAttribute(int[] columnIndexes) => Ranges = [.. columnIndexes.Select(index => (index, index))];

    /// <summary>First and last field of each range.</summary>
    internal IReadOnlyList<(int Start, int End)> Ranges { get; }
}
