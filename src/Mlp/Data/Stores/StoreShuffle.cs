namespace Mlp.Data.Stores;

/// <summary>Takes the rows of buckets in random order, makes of them what is trained on, and writes them as blocks, those of each part of
/// the table by themselves.</summary>
/// <param name="layout">Of rows in buckets.</param>
/// <param name="hasWeights">Whether rows have weights.</param>
/// <param name="folds">The parts.</param>
/// <param name="seed">Decides the order.</param>
internal sealed class StoreShuffle(RawRowLayout layout, bool hasWeights, HeldOutFolds folds, ulong seed)
{
    /// <summary>A bucket that takes more is scattered over others first.</summary>
    public long MostBucketBytes { get; init; } = 1 << 26;

    // Made ready at once: a small part of a bucket.
    private const int PortionBytes = 1 << 22;

    private readonly RawBucket _bucket = new(layout);

    /// <summary>Writes all rows.</summary>
    /// <param name="folder">Has the buckets, and gets the file of blocks.</param>
    /// <param name="bucketCount">Their number.</param>
    /// <param name="keptCount">The first of them that stay; the others go when their rows are in blocks.</param>
    /// <param name="createBuilder">Collects the features of some rows.</param>
    /// <param name="prepare">Makes of rows what is trained on, in place or not.</param>
    /// <param name="checkCancellation">Called again and again; what it throws ends the work.</param>
    /// <exception cref="RowStoreException">A file cannot be read or written.</exception>
    public void Write(
        StoreFolder folder, int bucketCount, int keptCount, Func<int, FeatureTableBuilder<float>> createBuilder,
        Func<StoredPortion, StoredPortion> prepare, Action checkCancellation)
    {
        BlockFileWriter? file = null;
        BlockBuilder[] parts = [];
        try
        {
            for (int index = 0; index < bucketCount; index++)
            {
                Take(folder, folder.BucketPath(index), (ulong)index, isKept: index < keptCount, Add, checkCancellation);
            }
            foreach (BlockBuilder part in parts)
                part.WriteTo(file!);
            file?.Finish();
        }
        finally
        {
            file?.Dispose();
        }

        void Add()
        {
            for (int first = 0; first < _bucket.RowCount;)
            {
                checkCancellation();
                FeatureTableBuilder<float> features = createBuilder(_bucket.RowCount - first);
                RowBlocks<float> targets = new(layout.TargetCount);
                RowBlocks<float>? weights = hasWeights ? new RowBlocks<float>(1) : null;
                int end = first;
                for (int bytes = 0; end < _bucket.RowCount && bytes < PortionBytes; end++)
                {
                    _bucket.CopyTo(end, features, targets, weights);
                    bytes += _bucket.RecordOf(end).Length;
                }
                StoredPortion portion = prepare(new StoredPortion(features.ToTable(), targets, weights));
                if (file is null)
                {
                    var rowLayout = portion.ToLayout();
                    file = new BlockFileWriter(folder.CreateBlockFile(), rowLayout);
                    parts = [.. Enumerable.Range(0, folds.GroupCount).Select(group => new BlockBuilder(rowLayout, group))];
                }
                for (int row = 0; row < end - first; row++)
                {
                    BlockBuilder part = parts[folds.GroupOf(_bucket.NumberOf(first + row))];
                    part.Add(portion.Features, row, portion.Targets[row], portion.ExampleWeights is { } all ? all[row][0] : 1);
                    if (part.IsFull)
                        part.WriteTo(file);
                }
                first = end;
            }
        }
    }

    /// <summary>The rows of the first buckets, so many that they are enough to find out about all.</summary>
    /// <param name="folder">Has the buckets.</param>
    /// <param name="bucketCount">Their number.</param>
    /// <param name="features">Gets the features.</param>
    /// <param name="mostRows">Once there are so many, no further bucket is read.</param>
    /// <param name="mostBytes">The same of their bytes.</param>
    /// <param name="checkCancellation">Called before every bucket; what it throws ends the work.</param>
    /// <returns>The rows, and from how many buckets they are.</returns>
    /// <exception cref="RowStoreException">A bucket cannot be read.</exception>
    public (StoredPortion Rows, int BucketCount) ReadSample(
        StoreFolder folder, int bucketCount, FeatureTableBuilder<float> features, int mostRows, long mostBytes, Action checkCancellation)
    {
        RowBlocks<float> targets = new(layout.TargetCount);
        RowBlocks<float>? weights = hasWeights ? new RowBlocks<float>(1) : null;
        long bytes = 0;
        int taken = 0;
        while (taken < bucketCount && features.RowCount < mostRows && bytes < mostBytes)
        {
            checkCancellation();
            // Of a bucket that is too large the rows of one of its own buckets: as random.
            int rowsBefore = features.RowCount;
            Take(folder, folder.BucketPath(taken), (ulong)taken, isKept: true, Add, checkCancellation);
            taken++;

            void Add()
            {
                if (features.RowCount > rowsBefore && (features.RowCount >= mostRows || bytes >= mostBytes))
                    return;
                for (int row = 0; row < _bucket.RowCount; row++)
                {
                    _bucket.CopyTo(row, features, targets, weights);
                    bytes += _bucket.RecordOf(row).Length;
                }
            }
        }
        return (new StoredPortion(features.ToTable(), targets, weights), taken);
    }

    /// <summary>Hands out a bucket, or the buckets that it is scattered over.</summary>
    private void Take(StoreFolder folder, string path, ulong number, bool isKept, Action use, Action checkCancellation)
    {
        checkCancellation();
        long length = new FileInfo(path).Length;
        if (length <= MostBucketBytes)
        {
            _bucket.Load(path, (int)RowHash.Of(seed, (long)number));
            use();
        }
        else
        {
            int count = (int)Math.Min(128, 1 + 2 * length / MostBucketBytes);
            using (var writer = new RawRowWriter(
                layout, count, RowHash.Of(~seed, (long)number), index => folder.CreateFile(SubPath(index))))
            {
                RawRecords.ForEach(path, record => writer.Copy(record), checkCancellation);
                writer.Flush();
            }
            for (int index = 0; index < count; index++)
                Take(folder, SubPath(index), RowHash.Of(number, index), isKept: false, use, checkCancellation);
        }
        if (!isKept)
            File.Delete(path);

        string SubPath(int index) => $"{path}.{index:D3}";
    }
}
