using System.Numerics;

namespace Mlp.Data;

/// <summary>Takes the feature vectors of a table, row after row.</summary>
internal interface IFeatureSink<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Appends a row.</summary>
    /// <param name="isDense">Whether the values are those of all slots.</param>
    /// <param name="slots">Which slots the values are of, ascending; not looked at where they are dense.</param>
    /// <param name="values">Not infinite.</param>
    /// <param name="keys">The categories beside the vector.</param>
    /// <param name="hasMissing">Whether one of the values is NaN.</param>
    void Add(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<T> values, ReadOnlySpan<int> keys, bool hasMissing);

    /// <summary>Takes back what was added last.</summary>
    void RemoveLast();
}
