using Mlp.Data;
using Mlp.Data.Stores;
using Mlp.Networks;
using Mlp.TestSupport;

namespace Mlp.Tests.Data.Stores;

/// <summary>Writes tables to disk as a training does, and opens them.</summary>
internal sealed class StoredTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private BlockFile? _file;

    public StoredTable(Func<string, Stream>? create = null)
    {
        Folder = new StoreFolder(_folder.PathOf("store"), create);
        Folder.Begin();
    }

    public StoreFolder Folder { get; }

    /// <summary>Rows of numbers.</summary>
    public StoredRows Write(
        float[][] vectors, float[] targets, float[]? weights = null, HeldOutFolds? folds = null, int classCount = 0, ulong seed = 1,
        int bucketCount = 3, long mostBucketBytes = 1 << 20) =>
        Write(FeatureLayout.Dense(vectors[0].Length), vectors, targets, weights, folds, classCount, seed, bucketCount, mostBucketBytes);

    /// <summary>Rows of any layout.</summary>
    public StoredRows Write(
        FeatureLayout layout, float[][] vectors, float[] targets, float[]? weights = null, HeldOutFolds? folds = null, int classCount = 0,
        ulong seed = 1, int bucketCount = 3, long mostBucketBytes = 1 << 20)
    {
        folds ??= HeldOutFolds.None;
        var rawLayout = new RawRowLayout(layout.SlotCount, KeyCount: 0, TargetCount: 1);
        using (var writer = new RawRowWriter(rawLayout, bucketCount, seed, index => Folder.CreateFile(Folder.BucketPath(index))))
        {
            for (int row = 0; row < vectors.Length; row++)
            {
                writer.Add(isDense: true, [], vectors[row], [], hasMissing: true);
                writer.Complete(row, [targets[row]], weights?[row] ?? 1);
            }
            writer.Flush();
        }
        new StoreShuffle(rawLayout, weights is not null, folds, seed) { MostBucketBytes = mostBucketBytes }.Write(
            Folder, bucketCount, keptCount: 0, count => new FeatureTableBuilder<float>(layout, count), portion => portion, () => { });
        Folder.CompleteBlocks();
        return Open(layout.ToInputs(), classCount, folds.FoldCount);
    }

    public StoredRows Open(InputDescription inputs, int classCount = 0, int foldCount = 0)
    {
        _file?.Dispose();
        _file = new BlockFile(Folder.BlockPath);
        return new StoredRows(_file, inputs, classCount, foldCount);
    }

    /// <summary>All rows of an epoch, each as text.</summary>
    public static List<string> Epoch(StoredRows rows, IRowStream<float> stream, int batchSize = 7)
    {
        stream.StartEpoch();
        return Rest(rows, stream, rows.Count, batchSize);
    }

    /// <summary>The next rows, each as text.</summary>
    public static List<string> Rest(StoredRows rows, IRowStream<float> stream, long count, int batchSize = 7)
    {
        var found = new List<string>();
        float[] targets = new float[batchSize * rows.TargetCount], weights = new float[batchSize];
        for (long done = 0; done < count; done += batchSize)
        {
            int size = (int)Math.Min(batchSize, count - done);
            var batch = new FeatureBatch<float>(rows.Inputs, size);
            stream.Read(size, batch, targets, weights);
            for (int row = 0; row < size; row++)
            {
                InputBatch<float> inputs = batch.InputsOf(row, 1);
                found.Add(string.Join(' ', [
                    .. inputs.Numbers.ToArray().Select(number => $"{number:R}"), "|",
                    .. inputs.Categories.ToArray().Select(each => $"{each}"), "|", .. EntriesOf(batch, row), "|",
                    .. targets.AsSpan(row * rows.TargetCount, rows.TargetCount).ToArray().Select(each => $"{each:R}"), "|",
                    $"{weights[row]:R}"]));
            }
        }
        return found;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<string> EntriesOf(FeatureBatch<float> batch, int row)
    {
        if (!batch.HasSparse)
            return [];
        InputBatch<float> inputs = batch.InputsOf(row, 1);
        int start = inputs.Sparse.Starts[0], end = inputs.Sparse.Starts[1];
        return inputs.Sparse.Slots[start..end].ToArray().Zip(
            inputs.Sparse.Values[start..end].ToArray(), (slot, value) => $"{slot}:{value:R}");
    }
}
