using System.Diagnostics;
using Mlp.Data;
using Mlp.Data.Stores;
using Mlp.MLNet.Reading;
using Mlp.Networks;
using Mlp.Training.Checkpoints;

namespace Mlp.MLNet.Training;

/// <summary>The rows of one Fit on disk: found there, where a training was killed that had the same, or written.</summary>
internal sealed class StoredTable : IDisposable
{
    // Enough for quantiles whose ranks are good to half a percent, and for values that one row in ten thousand has.
    private const int SampleRowCount = 200_000;
    private const long SampleBytes = 64 << 20;

    // A bucket of a table whose size is known; the others get as many as do for 16 GB without a second pass.
    private const long BucketBytes = 32 << 20;
    private const int MostBuckets = 256;

    // Trainings with the same rows side by side.
    private const int MostNames = 100;

    private readonly FitRequest _request;
    private readonly StoredReader _reader;
    private readonly TrainingLog _log;
    private readonly Action _checkCancellation;
    private readonly ulong _seed;
    private readonly StoreFolder _folder;
    private readonly CheckpointLock _lock;
    private readonly bool _isFound;
    private BlockFile? _blocks;

    /// <param name="request">Gives the rows.</param>
    /// <param name="inputs">Find out what features are.</param>
    /// <param name="reader">Reads the rows.</param>
    /// <param name="store">Where they go.</param>
    /// <param name="fingerprint">Tells them from others.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="classCount">Classes there are; 0 where targets are something else.</param>
    /// <param name="checkCancellation">Called again and again; what it throws ends the work.</param>
    /// <exception cref="RowStoreException">The rows cannot be written.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or some that cannot be used.</exception>
    public StoredTable(
        FitRequest request, TrainingInputs inputs, StoredReader reader, RowStore store, string fingerprint, int seed, int classCount,
        Action checkCancellation)
    {
        (_request, _reader, _log, _checkCancellation, _seed) = (request, reader, request.Log, checkCancellation, (uint)seed);
        (_folder, _lock) = Claim(store.DirectoryOrDefault, fingerprint);
        try
        {
            StoreLeftovers.Remove(Path.GetFullPath(store.DirectoryOrDefault), _folder, _log);
            TableSurvey? found = _folder.IsComplete ? Find(CreateSurvey, store.Source) : null;
            _isFound = found is not null;
            Survey = found ?? Scatter(CreateSurvey(BucketCountOf(request, store)));
        }
        catch
        {
            Dispose();
            throw;
        }

        TableSurvey CreateSurvey(int bucketCount) =>
            new(inputs.CreateSurvey(), new TargetSurvey(request.Columns.TargetCount, classCount)) { BucketCount = bucketCount };
    }

    /// <summary>What there is to know of all rows.</summary>
    public TableSurvey Survey { get; }

    /// <summary>Whether the files stay.</summary>
    public bool IsKept { get; set; }

    /// <summary>A random part of the rows, as they are read.</summary>
    /// <exception cref="RowStoreException">It cannot be read.</exception>
    public TrainingRows ReadSample()
    {
        FeatureLayout layout = Survey.Features.ToLayout();
        int bucketCount = _isFound ? Survey.SampledBucketCount : Survey.BucketCount;
        (StoredPortion rows, Survey.SampledBucketCount) = Shuffle(HeldOutFolds.None).ReadSample(
            _folder, bucketCount, new FeatureTableBuilder<float>(layout, expectedRowCount: null), SampleRowCount, SampleBytes,
            _checkCancellation);
        return new TrainingRows(
            rows.Features.WithMissing(Survey.Features.MissingColumns(layout), Survey.Features.MissingSparseCount(layout)), rows.Targets,
            rows.ExampleWeights);
    }

    /// <summary>Writes the rows as they are trained on, unless they were found, and opens them.</summary>
    /// <param name="folds">Held out one at a time.</param>
    /// <param name="inputs">What a row consists of.</param>
    /// <param name="classCount">Targets that one class becomes; 0 for targets as they are.</param>
    /// <param name="createBuilder">Collects the features of some rows.</param>
    /// <param name="prepare">Makes of rows what is trained on.</param>
    /// <exception cref="RowStoreException">They cannot be written.</exception>
    public StoredRows Finish(
        HeldOutFolds folds, InputDescription inputs, int classCount, Func<int, FeatureTableBuilder<float>> createBuilder,
        Func<TrainingRows, TrainingRows> prepare)
    {
        if (!_isFound)
        {
            long start = Stopwatch.GetTimestamp();
            _folder.WriteSurvey(Survey);
            Shuffle(folds).Write(
                _folder, Survey.BucketCount, Survey.SampledBucketCount, createBuilder,
                portion =>
                {
                    TrainingRows rows = prepare(new TrainingRows(portion.Features, portion.Targets, portion.ExampleWeights));
                    return new StoredPortion(rows.Features, rows.Targets, rows.ExampleWeights);
                },
                _checkCancellation);
            _folder.CompleteBlocks();
            _log.Info(
                $"{Survey.RowCount:N0} rows were shuffled and written to '{_folder.BlockPath}' "
                    + $"({new FileInfo(_folder.BlockPath).Length / 1e6:N0} MB) in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");
        }
        _blocks = new BlockFile(_folder.BlockPath);
        return new StoredRows(_blocks, inputs, classCount, folds.FoldCount);
    }

    public void Dispose()
    {
        _blocks?.Dispose();
        try
        {
            if (!IsKept)
                _folder.Delete();
            else
                _log.Info($"The rows stay on disk, in '{_folder.Path}', for a training that goes on.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _log.Warn($"The rows on disk could not be removed: {exception.Message} Remove '{_folder.Path}' yourself.");
        }
        _lock.Dispose();
    }

    /// <summary>The folder of these rows, or another one where a training uses that.</summary>
    private static (StoreFolder Folder, CheckpointLock Lock) Claim(string directory, string fingerprint)
    {
        string path = Path.Combine(Path.GetFullPath(directory), StoreFolder.NamePrefix + fingerprint);
        for (int index = 0; index < MostNames; index++)
        {
            var folder = new StoreFolder(index == 0 ? path : $"{path}-{index}");
            try
            {
                if (CheckpointLock.TryAcquire(folder.LockPath) is { } held)
                    return (folder, held);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new RowStoreException(
                    $"'{folder.LockPath}' of a row store cannot be made: {exception.Message} Give RowStore a Directory that lets files be "
                        + "made.",
                    exception);
            }
        }
        throw new RowStoreException(
            $"{MostNames} trainings use the row stores '{path}…'. Wait for one to end, or give RowStore another Directory.");
    }

    private static int BucketCountOf(FitRequest request, RowStore store)
    {
        if (request.Data.GetRowCount() is not long rowCount)
            return MostBuckets;
        // Of a wide vector only as much as any row has.
        int values = Math.Min(request.Columns.FeatureCount, FeatureTableBuilder<float>.LargestDenseSlotCount) + request.Columns.TargetCount;
        double bytes = rowCount * (RawRowWriter.HeaderBytes + (double)sizeof(float) * values);
        string directory = Path.GetFullPath(store.DirectoryOrDefault);
        double free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(directory)! : directory).AvailableFreeSpace;
        if (2 * bytes > free)
        {
            throw new RowStoreException(
                $"{rowCount:N0} rows on disk take about {2 * bytes / 1e9:N1} GB while they are written, and '{directory}' has "
                    + $"{free / 1e9:N1} GB free. Free space there, or give RowStore a Directory on another disk.");
        }
        return (int)Math.Clamp(Math.Ceiling(bytes / BucketBytes), 1, MostBuckets);
    }

    private StoreShuffle Shuffle(HeldOutFolds folds) => new(_reader.Layout, _request.Columns.ExampleWeight is not null, folds, _seed);

    /// <summary>What was found out about rows that are there, if they are these.</summary>
    private TableSurvey? Find(Func<int, TableSurvey> createSurvey, string? source)
    {
        TableSurvey survey = createSurvey(1);
        try
        {
            _folder.ReadSurvey(survey);
            new BlockFile(_folder.BlockPath).Dispose();
            for (int bucket = 0; bucket < survey.SampledBucketCount; bucket++)
            {
                if (!File.Exists(_folder.BucketPath(bucket)))
                    throw new RowStoreException($"'{_folder.BucketPath(bucket)}' of a row store is missing.");
            }
        }
        catch (Exception exception) when (exception is ModelFileException or IOException)
        {
            _log.Warn($"{exception.Message} The rows are written anew.");
            return null;
        }
        if (source is null && !IsSame(survey))
        {
            _log.Info($"The rows in '{_folder.Path}' are not those of the data any more; they are written anew.");
            return null;
        }
        _log.Info($"{survey.RowCount:N0} rows were found on disk, in '{_folder.Path}', from a training that was not finished.");
        return survey;
    }

    private bool IsSame(TableSurvey survey)
    {
        using var writer = new RawRowWriter(
            _reader.Layout, bucketCount: 0, _seed, _ => throw new InvalidOperationException("There are no buckets."));
        (long rowCount, _) = _reader.Read(_request.Data, writer, survey: null);
        return rowCount == survey.SourceRowCount && writer.Bytes == survey.Bytes && writer.Checksum == survey.Checksum;
    }

    private TableSurvey Scatter(TableSurvey survey)
    {
        long start = Stopwatch.GetTimestamp();
        _log.Info($"The rows are written to disk, to '{_folder.Path}'.");
        _folder.Begin(_request.Checkpoint is not null);
        using var writer = new RawRowWriter(
            _reader.Layout, survey.BucketCount, _seed, index => _folder.CreateFile(_folder.BucketPath(index)));
        (long rowCount, long leftOutCount) = _reader.Read(_request.Data, writer, survey);
        writer.Flush();
        survey.End(rowCount - leftOutCount, rowCount, writer);
        if (leftOutCount > 0)
            _log.Info($"{leftOutCount:N0} rows of weight 0 are left out; {survey.RowCount:N0} are there to train on.");
        _log.Info($"{rowCount:N0} rows were read in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");
        return survey;
    }
}
