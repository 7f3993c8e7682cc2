using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The running median of a slot: one heap holds the smaller half of the values, another the larger half.</summary>
/// <remarks>NaNs are not left out. They make the result depend on the order of the values, in the same way as in ML.NET.</remarks>
internal sealed class SlotMedian<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PriorityQueue<T, T> _lower = new(Comparer<T>.Create((x, y) => y.CompareTo(x)));
    private readonly PriorityQueue<T, T> _upper = new();

    /// <summary>0 before the first value.</summary>
    public T Value { get; private set; }

    public void Add(T value)
    {
        if (value < Value)
            Add(value, _lower, _upper);
        else
            Add(value, _upper, _lower);
        Value = _lower.Count == _upper.Count ? (_lower.Peek() + _upper.Peek()) / (T.One + T.One)
            : _lower.Count > _upper.Count ? _lower.Peek()
            : _upper.Peek();
    }

    /// <summary>A half that is already the larger one first gives its innermost value away.</summary>
    private static void Add(T value, PriorityQueue<T, T> half, PriorityQueue<T, T> other)
    {
        if (half.Count > other.Count)
        {
            T inner = half.Dequeue();
            other.Enqueue(inner, inner);
        }

        half.Enqueue(value, value);
    }
}
