namespace Mlp.TestSupport;

/// <summary>Memory whose last value ends where an inaccessible page begins: touching one value further ends the process.</summary>
public sealed unsafe class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private readonly byte* _start, _guard;
    private readonly int _capacity;

    /// <param name="capacity">Values that fit.</param>
    public GuardedMemory(int capacity)
    {
        var page = (nuint)Environment.SystemPageSize;
        nuint bytes = ((nuint)capacity * (nuint)sizeof(T) + page - 1) / page * page;
        _capacity = capacity;
        _start = GuardedPages.Allocate(bytes, guardBytes: page);
        _guard = _start + bytes;
    }

    /// <summary>The last <paramref name="length"/> values before the guard. Slices of different lengths share their end.</summary>
    public Span<T> Last(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _capacity);
        return new Span<T>((T*)_guard - length, length);
    }

    /// <summary>A copy of the values, ending at the guard.</summary>
    public Span<T> Copy(ReadOnlySpan<T> values)
    {
        Span<T> copy = Last(values.Length);
        values.CopyTo(copy);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose() => GuardedPages.Free(_start, (nuint)(_guard - _start) + (nuint)Environment.SystemPageSize);
}
