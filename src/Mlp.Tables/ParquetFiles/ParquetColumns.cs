using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Mlp.Tables.ParquetFiles;

/// <summary>The columns of one Parquet file, group of rows after group, read by several threads: each has some of the columns, and has the
/// file open for itself.</summary>
internal sealed class ParquetColumns : IDisposable
{
    // A number in a footer is believed up to here before there are values to it.
    private const int MostRowsOfGroup = 1 << 26, MostRowsPerByte = 4096;

    // Fewer are read before another thread has begun.
    private const int ColumnsPerThread = 4, MostThreads = 8;

    private readonly string _path;
    private readonly int _threadCount;
    private DataField?[] _fields = [];
    private ColumnUse[] _uses = [];
    // One per thread.
    private readonly List<FileStream> _files = [];
    private readonly List<ParquetReader> _readers = [];
    private readonly List<ColumnChunk> _chunks = [];

    private ParquetColumns(string path, int threadCount) => (_path, _threadCount) = (path, threadCount);

    public int GroupCount => _readers[0].RowGroupCount;

    /// <param name="path">Of the file.</param>
    /// <param name="columns">That it had when it was inspected.</param>
    /// <param name="uses">One per column.</param>
    /// <exception cref="TableException">It is not there, damaged, or another file by now.</exception>
    public static ParquetColumns Open(string path, IReadOnlyList<SourceColumn> columns, ColumnUse[] uses)
    {
        int most = Math.Min(Environment.ProcessorCount, MostThreads);
        var opened = new ParquetColumns(path, Math.Clamp(uses.Count(use => use != ColumnUse.None) / ColumnsPerThread, 1, most));
        bool isOpen = false;
        try
        {
            opened.OpenReaders();
            opened.Choose(columns, uses);
            isOpen = true;
            return opened;
        }
        finally
        {
            if (!isOpen)
                opened.Dispose();
        }
    }

    /// <summary>A group of rows: their number, and for each column either its values or, where numbers are enough, these, in an array of
    /// the shared pool.</summary>
    /// <exception cref="TableException">It is damaged.</exception>
    public (int Count, ColumnValues[] Values, float[]?[] Singles) Read(int group, CancellationToken cancellationToken)
    {
        var values = new ColumnValues[_fields.Length];
        var singles = new float[]?[_fields.Length];
        Array.Fill(values, NoValues.Instance);
        int[] needed = [.. Enumerable.Range(0, _fields.Length).Where(index => _fields[index] is not null)];
        int count = ParquetErrors.Read(_path, async () =>
        {
            long rowCount = _readers[0].RowGroups[group].RowCount;
            if (rowCount is < 0 or > MostRowsOfGroup || rowCount > MostRowsPerByte * _files[0].Length)
            {
                throw new TableException(
                    _path,
                    $"{_path} claims {rowCount:N0} rows in one group of {_files[0].Length:N0} bytes; at most {MostRowsOfGroup:N0} are "
                        + $"read, and {MostRowsPerByte:N0} for a byte. Write it in smaller groups.");
            }
            await Task.WhenAll(Enumerable.Range(0, _readers.Count).Select(
                thread => Task.Run(() => ReadPart(thread, (int)rowCount), cancellationToken)));
            return (int)rowCount;
        });
        return (count, values, singles);

        async Task ReadPart(int thread, int rowCount)
        {
            using ParquetRowGroupReader reader = _readers[thread].OpenRowGroupReader(group);
            for (int turn = thread; turn < needed.Length; turn += _readers.Count)
            {
                int index = needed[turn];
                cancellationToken.ThrowIfCancellationRequested();
                DataField field = _fields[index]!;
                ColumnMetaData? chunk = reader.GetMetadata(field) is { FilePath: null, MetaData: { } data } ? data : null;
                if (_uses[index] == ColumnUse.Single && chunk is not null
                    && _chunks[thread].ReadSingles(_files[thread].SafeFileHandle, field, chunk, rowCount) is { } numbers)
                {
                    singles[index] = numbers;
                }
                else if (chunk is not null
                    && _chunks[thread].ReadValues(_files[thread].SafeFileHandle, field, chunk, rowCount) is { } any)
                {
                    values[index] = any;
                }
                else
                    values[index] = await ParquetTypes.ReadAsync(reader, field, rowCount, cancellationToken);
            }
        }
    }

    private void OpenReaders()
    {
        for (int thread = 0; thread < _threadCount; thread++)
        {
            FileStream file = ParquetErrors.Read(_path, () => Task.FromResult(File.OpenRead(_path)));
            _files.Add(file);
            _chunks.Add(new ColumnChunk());
            _readers.Add(ParquetErrors.Read(_path, () => ParquetReader.CreateAsync(file, leaveStreamOpen: true)));
        }
    }

    private void Choose(IReadOnlyList<SourceColumn> columns, ColumnUse[] uses)
    {
        IReadOnlyList<Field> fields = _readers[0].Schema.Fields;
        if (fields.Count != columns.Count || columns.Index().Any(column => fields[column.Index].Name != column.Item.Name))
            throw new TableException(_path, $"{_path} has changed since it was inspected. Start again when nothing writes to it.");
        _uses = uses;
        _fields = [.. fields.Select((field, index) => uses[index] != ColumnUse.None ? field as DataField : null)];
    }

    public void Dispose()
    {
        foreach (ParquetReader reader in _readers)
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        foreach (ColumnChunk chunk in _chunks)
            chunk.Dispose();
        foreach (FileStream file in _files)
            file.Dispose();
    }
}
