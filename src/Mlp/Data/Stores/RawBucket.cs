using System.Runtime.InteropServices;
using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>The rows of one bucket in memory, in a random order; its memory is used again for the next one.</summary>
internal sealed class RawBucket(RawRowLayout layout)
{
    private byte[] _bytes = [];
    private int[] _rows = [];

    public int RowCount { get; private set; }

    /// <summary>Reads a bucket.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="seed">Of the order of its rows.</param>
    /// <exception cref="RowStoreException">It cannot be read, or is damaged.</exception>
    public void Load(string path, int seed)
    {
        int length;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            length = checked((int)file.Length);
            if (_bytes.Length < length)
                _bytes = GC.AllocateUninitializedArray<byte>(length);
            file.ReadExactly(_bytes.AsSpan(0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RowStoreException(
                $"Bucket '{path}' of a row store cannot be read: {exception.Message} Train again: the rows are then read from their "
                    + "source.",
                exception);
        }
        RowCount = 0;
        for (int start = 0; start < length; RowCount++)
        {
            int bytes = length - start < RawRowWriter.HeaderBytes ? 0 : MemoryMarshal.Read<int>(_bytes.AsSpan(start));
            if (bytes < RawRowWriter.HeaderBytes || bytes > length - start || bytes % sizeof(int) != 0)
            {
                throw new RowStoreException(
                    $"Bucket '{path}' of a row store has {bytes} as the length of a row at byte {start:N0} of {length:N0}: it is damaged. "
                        + "Train again: the rows are then read from their source.");
            }
            if (RowCount == _rows.Length)
                Array.Resize(ref _rows, Math.Max(1024, 2 * RowCount));
            _rows[RowCount] = start;
            start += bytes;
        }
        new RandomSource(seed).Shuffle(_rows.AsSpan(0, RowCount));
    }

    /// <summary>All bytes of a row.</summary>
    public ReadOnlySpan<byte> RecordOf(int row) =>
        _bytes.AsSpan(_rows[row], MemoryMarshal.Read<int>(_bytes.AsSpan(_rows[row])));

    /// <summary>Its place in the source.</summary>
    public long NumberOf(int row) => MemoryMarshal.Read<long>(RecordOf(row)[8..]);

    /// <summary>Appends a row to tables in memory.</summary>
    /// <param name="row">Which one.</param>
    /// <param name="features">Gets its features.</param>
    /// <param name="targets">Gets its targets.</param>
    /// <param name="weights">Gets its weight; null for nothing.</param>
    public void CopyTo(int row, IFeatureSink<float> features, RowBlocks<float> targets, RowBlocks<float>? weights)
    {
        ReadOnlySpan<byte> record = RecordOf(row);
        int count = MemoryMarshal.Read<int>(record[4..]);
        ReadOnlySpan<float> targetValues = MemoryMarshal.Cast<byte, float>(record.Slice(RawRowWriter.HeaderBytes, 4 * layout.TargetCount));
        record = record[(RawRowWriter.HeaderBytes + 4 * layout.TargetCount)..];
        ReadOnlySpan<int> keys = MemoryMarshal.Cast<byte, int>(record[..(4 * layout.KeyCount)]), slots = [];
        record = record[(4 * layout.KeyCount)..];
        if (count >= 0)
        {
            slots = MemoryMarshal.Cast<byte, int>(record[..(4 * count)]);
            record = record[(4 * count)..];
        }
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(record);
        features.Add(isDense: count < 0, slots, values, keys, hasMissing: HasNaN(values));
        targetValues.CopyTo(targets.Add());
        if (weights is not null)
            weights.Add()[0] = MemoryMarshal.Read<float>(RecordOf(row)[16..]);
    }

    private static bool HasNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }
        return false;
    }
}
