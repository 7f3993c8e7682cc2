using System.Runtime.InteropServices;
using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>Scatters rows, as they are read, over buckets: a row's bucket is a hash of its number, so that the rows of each bucket are a
/// random part of the table.</summary>
/// <remarks>
/// In a bucket, in the byte order of the machine, of each row: int32 bytes; int32 values, −1 where the vector is dense; int64 number of the
/// row; float weight; the targets; the keys (int32); the slots (int32) of a vector that is not dense; the values.
/// </remarks>
internal sealed class RawRowWriter : IFeatureSink<float>, IDisposable
{
    /// <summary>Bytes before the targets.</summary>
    public const int HeaderBytes = 20;

    private const int BufferBytes = 1 << 16, Dense = -1;

    private readonly StoreFile?[] _files;
    private readonly byte[][] _buffers;
    private readonly int[] _used;
    private readonly Func<int, StoreFile> _create;
    private readonly RawRowLayout _layout;
    private readonly ulong _seed;
    private byte[] _record = new byte[256];
    private int _length;
    private Crc32C _checksum = new();

    /// <param name="layout">Of the rows.</param>
    /// <param name="bucketCount">At least 1; 0 to find out the checksum alone.</param>
    /// <param name="seed">Decides the bucket of each row.</param>
    /// <param name="create">Makes the file of a bucket.</param>
    public RawRowWriter(RawRowLayout layout, int bucketCount, ulong seed, Func<int, StoreFile> create)
    {
        (_layout, _seed, _create) = (layout, seed, create);
        (_files, _buffers, _used) = (new StoreFile?[bucketCount], new byte[bucketCount][], new int[bucketCount]);
    }

    /// <summary>CRC-32C of all rows so far.</summary>
    public uint Checksum => _checksum.Value;

    /// <summary>What they take, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the values of the row that was added last are those of all slots.</summary>
    public bool IsDense => MemoryMarshal.Read<int>(_record.AsSpan(sizeof(int))) == Dense;

    /// <summary>Which slots its values are of; none where it is dense.</summary>
    public ReadOnlySpan<int> Slots =>
        IsDense ? [] : MemoryMarshal.Cast<byte, int>(_record.AsSpan(FirstSlot, (_length - FirstSlot) / 2));

    /// <summary>Its values.</summary>
    public ReadOnlySpan<float> Values => MemoryMarshal.Cast<byte, float>(_record.AsSpan(FirstSlot, _length - FirstSlot))[Slots.Length..];

    private int FirstSlot => HeaderBytes + 4 * (_layout.TargetCount + _layout.KeyCount);

    /// <summary>Takes the features of a row; <see cref="Complete"/> makes it one.</summary>
    /// <inheritdoc path="/param"/>
    public void Add(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<float> values, ReadOnlySpan<int> keys, bool hasMissing)
    {
        int start = FirstSlot;
        _length = checked(start + 4 * (values.Length + (isDense ? 0 : slots.Length)));
        if (_record.Length < _length)
            _record = new byte[(int)Math.Min(Array.MaxLength, 2L * _length)];
        Span<byte> rest = _record.AsSpan(start);
        MemoryMarshal.AsBytes(keys).CopyTo(_record.AsSpan(start - 4 * _layout.KeyCount));
        if (!isDense)
        {
            MemoryMarshal.AsBytes(slots).CopyTo(rest);
            rest = rest[(4 * slots.Length)..];
        }
        MemoryMarshal.AsBytes(values).CopyTo(rest);
        MemoryMarshal.Write(_record.AsSpan(sizeof(int)), isDense ? Dense : values.Length);
    }

    public void RemoveLast() => _length = 0;

    /// <summary>Writes the row whose features were added last.</summary>
    /// <param name="rowNumber">Zero-based, in the order of the source; rows of weight 0 count.</param>
    /// <param name="targets">Of the row.</param>
    /// <param name="weight">Of the row; 1 where rows have none.</param>
    /// <exception cref="RowStoreException">It cannot be written.</exception>
    public void Complete(long rowNumber, ReadOnlySpan<float> targets, float weight)
    {
        Span<byte> record = _record.AsSpan(0, _length);
        MemoryMarshal.Write(record, _length);
        MemoryMarshal.Write(record[8..], rowNumber);
        MemoryMarshal.Write(record[16..], weight);
        MemoryMarshal.AsBytes(targets).CopyTo(record[HeaderBytes..]);
        _checksum.Add(record);
        Bytes += _length;
        if (_files.Length > 0)
            Write(RowHash.Below(_files.Length, RowHash.Of(_seed, rowNumber)), record);
    }

    /// <summary>Copies a row of another bucket.</summary>
    public void Copy(ReadOnlySpan<byte> record) =>
        Write(RowHash.Below(_files.Length, RowHash.Of(_seed, MemoryMarshal.Read<long>(record[8..]))), record);

    /// <summary>Writes what is not written yet.</summary>
    /// <exception cref="RowStoreException">It cannot be written.</exception>
    public void Flush()
    {
        for (int bucket = 0; bucket < _files.Length; bucket++)
        {
            _files[bucket] ??= _create(bucket);
            Flush(bucket);
            _files[bucket]!.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (StoreFile? file in _files)
            file?.Dispose();
    }

    private void Write(int bucket, ReadOnlySpan<byte> record)
    {
        _files[bucket] ??= _create(bucket);
        byte[] buffer = _buffers[bucket] ??= new byte[BufferBytes];
        if (_used[bucket] + record.Length > buffer.Length)
            Flush(bucket);
        if (record.Length > buffer.Length)
        {
            _files[bucket]!.Write(record);
            return;
        }
        record.CopyTo(buffer.AsSpan(_used[bucket]));
        _used[bucket] += record.Length;
    }

    private void Flush(int bucket)
    {
        _files[bucket]!.Write(_buffers[bucket].AsSpan(0, _used[bucket]));
        _used[bucket] = 0;
    }
}
