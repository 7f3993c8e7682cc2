using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Scoring;

/// <summary>
/// The row cursor behind a transformer whose predictions are wanted: reads rows ahead, scores them at once, and gives them out one by one
/// with everything else that is active, as it was in that row.
/// </summary>
/// <remarks>
/// What the input throws in a row is thrown when this cursor moves to that row, and again after that. The first batch is one row, so that
/// a look at a few rows stays cheap.
/// </remarks>
internal sealed class BatchScoringCursor : DataViewRowCursor
{
    private const int Growth = 8;

    // 2 MB of floats: what a batch may hold, unless a single row is larger.
    private const int MaxValueCount = 1 << 19;

    private readonly ScoringMapper _mapper;
    private readonly DataViewRowCursor _input;
    private readonly ActiveColumns _active;
    private readonly ColumnBuffer[] _columns;
    private readonly Delegate?[] _getters;
    private readonly InputReader _inputs;
    private readonly BatchScorer _scorer;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private readonly int _maxRowCount;
    private ExceptionDispatchInfo? _failure;
    private long _firstPosition;
    private int _wantedRowCount = 1;
    private bool _isDisposed;

    /// <param name="mapper">Gives the predictions.</param>
    /// <param name="input">Owned from now on; before its first row.</param>
    /// <param name="active">Columns of the output; those that come from the input are of types that can be copied.</param>
    /// <param name="expectedRowCount">Rows of the input; null when their number is not known.</param>
    /// <param name="threadCount">Threads that may share a large batch.</param>
    public BatchScoringCursor(
        ScoringMapper mapper, DataViewRowCursor input, ActiveColumns active, long? expectedRowCount, int threadCount)
    {
        (_mapper, _input, _active) = (mapper, input, active);
        _maxRowCount = mapper.BatchRowCount(MaxValueCount, expectedRowCount);
        _inputs = mapper.CreateInputReader(input);
        _scorer = mapper.CreateBatchScorer(_maxRowCount, threadCount);
        _getters = new Delegate?[mapper.OutputSchema.Count];
        var columns = new List<ColumnBuffer>();
        foreach (DataViewSchema.Column column in active.All)
        {
            if (mapper.InputColumn(column.Index) is not DataViewSchema.Column inputColumn)
            {
                _getters[column.Index] = mapper.CreateGetter(column.Index, _scorer);
                continue;
            }
            var buffer = ColumnBuffer.Create(input, inputColumn, _maxRowCount);
            columns.Add(buffer);
            _getters[column.Index] = buffer.CreateGetter(_scorer.CurrentRow);
        }
        _columns = [.. columns];
        _getId = input.GetIdGetter();
        _ids = new DataViewRowId[_maxRowCount];
        _batches = new long[_maxRowCount];
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _scorer.IsAtRow ? _firstPosition + _scorer.CurrentRow() : _input.Position;

    public override long Batch => _scorer.IsAtRow ? _batches[_scorer.CurrentRow()] : _input.Batch;

    public override bool MoveNext() => _scorer.MoveNext() || ReadBatch();

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[_scorer.CurrentRow()];

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Check(column);
        return _active.Cast<TValue>(column, _getters[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _scorer.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>False when there are no more rows.</summary>
    private bool ReadBatch()
    {
        _scorer.StartBatch(0);
        _failure?.Throw();
        (int rowCount, int valueCount) = (0, 0);
        try
        {
            while (rowCount < _wantedRowCount && valueCount + _scorer.ValueCount < MaxValueCount && _input.MoveNext())
            {
                valueCount += ReadRow(rowCount);
                rowCount++;
            }
        }
        catch (Exception exception)
        {
            // Not hidden: it waits for its row, where the next batch would have begun.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        if (rowCount == 0)
        {
            // A cursor at its end need not be disposed.
            _scorer.Dispose();
            _failure?.Throw();
            return false;
        }
        _scorer.StartBatch(rowCount, _firstPosition);
        _wantedRowCount = Math.Min(_maxRowCount, Growth * _wantedRowCount);
        return true;
    }

    /// <summary>Copies the row at which the input is; returns of how many values it consists beside its features.</summary>
    private int ReadRow(int row)
    {
        if (row == 0)
            _firstPosition = _input.Position;
        _scorer.Add(_inputs);
        int valueCount = 0;
        foreach (ColumnBuffer column in _columns)
            valueCount += column.Store(row);
        _getId(ref _ids[row]);
        _batches[row] = _input.Batch;
        return valueCount;
    }
}
