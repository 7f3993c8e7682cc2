namespace Microsoft.ML.Data;

/// <summary>A column of the loaded view and the source columns it is read from.</summary>
internal sealed class SourceColumn
{
    public SourceColumn(string name, PrimitiveDataViewType itemType, SourceSegment[] segments)
    {
        Name = name;
        ItemType = itemType;
        Segments = segments;
        CheckDisjoint();
        // Disjoint segments cannot overflow their sum.
        FixedSize = segments.Where(segment => !segment.IsVariable).Sum(segment => segment.End - segment.Start);
        bool isVariable = segments.Any(segment => segment.IsVariable);
        Type = isVariable ? new VectorDataViewType(itemType)
            : FixedSize > 1 || segments[0].ForceVector ? new VectorDataViewType(itemType, FixedSize)
            : itemType;
    }

    public string Name { get; }

    public PrimitiveDataViewType ItemType { get; }

    public DataViewType Type { get; }

    public SourceSegment[] Segments { get; }

    /// <summary>Number of slots that do not depend on the line.</summary>
    public int FixedSize { get; }

    /// <summary>Whether slot names make sense: a vector of known size.</summary>
    public bool HasSlots => Type is VectorDataViewType { IsKnownSize: true };

    private void CheckDisjoint()
    {
        int end = 0;
        foreach (var segment in Segments.OrderBy(segment => segment.Start))
        {
            if (segment.Start < end)
                throw new ArgumentOutOfRangeException(nameof(TextLoader.Column.Source), $"Intervals specified for column '{Name}' overlap");
            end = segment.End;
        }
    }
}
