namespace Mlp.Tables.Inference;

/// <summary>Counts different values up to a limit, by their hashes: 16 bytes or less per value.</summary>
internal sealed class ValueSet(int limit)
{
    private ulong[] _slots = new ulong[16];
    private bool _hasZero;

    public int Count { get; private set; }

    /// <summary>Whether the limit is reached: further values are not counted.</summary>
    public bool IsFull => Count >= limit;

    /// <summary>Whether there were more values than the limit.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>Adds a value; false if it was added before or the limit is reached.</summary>
    public bool Add(ulong hash)
    {
        if (hash == 0)
        {
            // Zero marks an empty slot.
            bool isNew = !_hasZero && !IsFull;
            IsCapped |= !_hasZero && !isNew;
            _hasZero |= isNew;
            Count += isNew ? 1 : 0;
            return isNew;
        }
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            if (_slots[slot] == hash)
                return false;
            slot = (slot + 1) & mask;
        }
        if (IsFull)
        {
            IsCapped = true;
            return false;
        }
        _slots[slot] = hash;
        if (2 * ++Count > _slots.Length)
            Grow();
        return true;
    }

    /// <summary>Whether a value was added.</summary>
    public bool Contains(ulong hash)
    {
        if (hash == 0)
            return _hasZero;
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            if (_slots[slot] == hash)
                return true;
            slot = (slot + 1) & mask;
        }
        return false;
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[2 * old.Length];
        int mask = _slots.Length - 1;
        foreach (ulong hash in old)
        {
            if (hash == 0)
                continue;
            int slot = (int)hash & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = hash;
        }
    }
}
