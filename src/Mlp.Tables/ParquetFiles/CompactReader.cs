namespace Mlp.Tables.ParquetFiles;

/// <summary>The types of Thrift's compact protocol; a truth is all there is to its field.</summary>
internal enum CompactType
{
    End, True, False, Byte, Int16, Int32, Int64, Double, Binary, List, Set, Map, Structure,
}

/// <summary>Reads structures of Thrift's compact protocol
/// (https://github.com/apache/thrift, doc/specs/thrift-compact-protocol.md).</summary>
/// <param name="bytes">From the first byte of a structure on.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int MostDepth = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes that were read.</summary>
    public int Position { get; private set; }

    /// <summary>Moves to the next field of a structure; false at its end.</summary>
    /// <param name="field">Number of the last field, 0 for none; then of this one.</param>
    /// <param name="type">Of the field.</param>
    public bool NextField(ref int field, out CompactType type)
    {
        byte head = Byte();
        type = (CompactType)(head & 15);
        if (type == CompactType.End)
            return false;
        field = head >> 4 == 0 ? Int32() : field + (head >> 4);
        return true;
    }

    public int Int32() => (int)ZigZag(Varint());

    /// <summary>Passes a value over.</summary>
    /// <returns><paramref name="result"/>, for a place where a value is wanted.</returns>
    public T Skip<T>(CompactType type, T result)
    {
        Skip(type, depth: 0);
        return result;
    }

    private void Skip(CompactType type, int depth)
    {
        if (depth > MostDepth)
            throw new InvalidDataException("A page header is nested too deeply");
        switch (type)
        {
            case CompactType.True or CompactType.False:
                break;
            case CompactType.Byte:
                Pass(1);
                break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                Varint();
                break;
            case CompactType.Double:
                Pass(sizeof(double));
                break;
            case CompactType.Binary:
                Pass(Varint());
                break;
            case CompactType.List or CompactType.Set:
                byte head = Byte();
                ulong count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
                SkipElements(count, (CompactType)(head & 15), depth);
                break;
            case CompactType.Structure:
                for (int field = 0; NextField(ref field, out CompactType of);)
                    Skip(of, depth + 1);
                break;
            default:
                throw new InvalidDataException("A page header has a field of an unknown type");
        }
    }

    private void SkipElements(ulong count, CompactType type, int depth)
    {
        // Each takes a byte at least; a truth has one here.
        if (count > (ulong)(_bytes.Length - Position))
            throw new InvalidDataException("A page header does not end");
        for (ulong index = 0; index < count; index++)
            Skip(type is CompactType.True or CompactType.False ? CompactType.Byte : type, depth + 1);
    }

    private void Pass(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
            throw new InvalidDataException("A page header does not end");
        Position += (int)count;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        throw new InvalidDataException("A page header has a number that does not end");
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw new InvalidDataException("A page header does not end");
}
