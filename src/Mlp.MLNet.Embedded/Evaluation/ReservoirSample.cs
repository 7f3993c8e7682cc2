namespace Microsoft.ML.Data;

/// <summary>The first items of a sequence, and from then on a random choice of all (Vitter 1985, Algorithm R).</summary>
internal sealed class ReservoirSample<T>(int capacity, Random rand)
{
    private readonly List<T> _items = [];
    private long _seen;

    public IReadOnlyList<T> Items => _items;

    public void Add(T item)
    {
        _seen++;
        if (_items.Count < capacity)
            _items.Add(item);
        else if (rand.NextDouble() * _seen < capacity)
            _items[rand.Next(capacity)] = item;
    }
}
