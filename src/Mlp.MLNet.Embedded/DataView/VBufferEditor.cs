namespace Microsoft.ML.Data;

/// <summary>Makes editors, through which a <see cref="VBuffer{T}"/> is filled while its arrays are reused.</summary>
public static class VBufferEditor
{
    /// <summary>An editor over the buffer as it is.</summary>
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) => destination.GetEditor();

    /// <summary>An editor for a vector of another size over the arrays of the buffer; the values in them are arbitrary.</summary>
    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
        => destination.GetEditor(newLogicalLength, valuesCount, maxValuesCapacity, keepOldOnResize, requireIndicesOnDense);
}
