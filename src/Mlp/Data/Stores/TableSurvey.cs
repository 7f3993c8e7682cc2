using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>What one pass over a table finds out about all of its rows.</summary>
/// <param name="features">What slots are.</param>
/// <param name="targets">What targets are.</param>
internal sealed class TableSurvey(FeatureSurvey features, TargetSurvey targets) : ICheckpointed
{
    private long _rowCount, _sourceRowCount, _bytes, _checksum;
    private int _bucketCount, _sampledBucketCount;

    public FeatureSurvey Features => features;

    public TargetSurvey Targets => targets;

    /// <summary>Rows that weigh something.</summary>
    public long RowCount => _rowCount;

    /// <summary>Rows of the source.</summary>
    public long SourceRowCount => _sourceRowCount;

    /// <summary>Bytes of the rows as they are read.</summary>
    public long Bytes => _bytes;

    /// <summary>CRC-32C of the rows as they are read.</summary>
    public uint Checksum => (uint)_checksum;

    /// <summary>Buckets that the rows were scattered over.</summary>
    public int BucketCount { get => _bucketCount; init => _bucketCount = value; }

    /// <summary>The first of them, which stay: their rows are the sample that everything else is found from.</summary>
    public int SampledBucketCount { get => _sampledBucketCount; set => _sampledBucketCount = value; }

    /// <summary>The pass has come to its end.</summary>
    public void End(long rowCount, long sourceRowCount, RawRowWriter writer) =>
        (_rowCount, _sourceRowCount, _bytes, _checksum) = (rowCount, sourceRowCount, writer.Bytes, writer.Checksum);

    public void Exchange(StateExchange state)
    {
        state.Exchange("rows", ref _rowCount);
        state.Exchange("rows of the source", ref _sourceRowCount);
        state.Exchange("bytes of the rows", ref _bytes);
        state.Exchange("checksum of the rows", ref _checksum);
        state.Exchange("buckets", ref _bucketCount, 1, int.MaxValue);
        state.Exchange("buckets of the sample", ref _sampledBucketCount, 0, _bucketCount);
        features.Exchange(state);
        targets.Exchange(state);
    }
}
