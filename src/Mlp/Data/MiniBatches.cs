using System.Numerics;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp.Data;

/// <summary>Cuts the rows of an epoch into batches, in a new random order if asked to, and gathers each into dense memory.</summary>
internal sealed class MiniBatches<T> : ICheckpointed
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IRowSource<T> _rows;
    private readonly RandomSource? _random;
    // Of rows that come in an order of their own; null for others.
    private readonly IRowStream<T>? _stream;
    private readonly long _totalCount;
    private readonly LabelSmoothing _smoothing;

    // All rows in the order of the epoch; of rows that come as they are the next batch alone.
    private readonly int[] _order;
    private readonly FeatureBatch<T> _features;
    private readonly CategoryDropout? _categoryDropout;
    private readonly RowBuffer<T> _targets;
    private readonly AlignedBuffer<T> _exampleWeights;
    private long _next;
    private int _rowCount;
    private bool _isGathered;

    /// <param name="rows">Read batch by batch.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="random">Shuffles them; null for the order of the rows.</param>
    /// <param name="smoothing">Applied to the targets.</param>
    /// <param name="categoryDropout">Applied to the categories; null for nothing. Its state is the caller's business.</param>
    public MiniBatches(
        IRowSource<T> rows, int batchSize, RandomSource? random, LabelSmoothing smoothing = default,
        CategoryDropout? categoryDropout = null)
    {
        _rows = rows;
        _categoryDropout = categoryDropout;
        _random = random;
        _smoothing = smoothing;
        _totalCount = FeatureRows.CountOf(rows);
        _stream = (rows as IStreamedRows<T>)?.Open(random?.NextUInt64());
        _order = _stream is not null ? [] : new int[random is null ? Math.Min(batchSize, rows.RowCount) : rows.RowCount];
        Count(_order, first: 0);
        _features = new FeatureBatch<T>(FeatureRows.InputsOf(rows), batchSize);
        _targets = new RowBuffer<T>(batchSize, rows.TargetCount);
        _exampleWeights = new AlignedBuffer<T>(batchSize);
    }

    public InputBatch<T> Inputs => _features.Inputs;

    /// <summary>The inputs of some rows of the batch.</summary>
    public InputBatch<T> InputsOf(int start, int rowCount) => _features.InputsOf(start, rowCount);

    public ReadOnlySpan<T> Targets => _targets.Rows(_rowCount);

    public ReadOnlySpan<T> ExampleWeights => _exampleWeights.Span[.._rowCount];

    /// <summary>Whether the current batch is the epoch's last.</summary>
    public bool IsLast => _next == _totalCount;

    /// <summary>Whether the epoch has another batch.</summary>
    public bool HasNext => _next < _totalCount;

    /// <summary>Whether the one batch of an epoch is the same in all epochs: it is gathered once.</summary>
    private bool HoldsAllRows => _exampleWeights.Length >= _totalCount;

    public void StartEpoch()
    {
        _next = 0;
        _stream?.StartEpoch();
        // In one batch of all rows their order makes no difference.
        if (!HoldsAllRows)
            _random?.Shuffle(_order);
    }

    /// <summary>Gathers the next batch; the last of an epoch may be smaller. False when the epoch is over.</summary>
    public bool MoveNext()
    {
        _rowCount = (int)Math.Min(_exampleWeights.Length, _totalCount - _next);
        if (_rowCount == 0)
            return false;
        if (HoldsAllRows && _isGathered && _categoryDropout is null)
        {
            _next = _rowCount;
            return true;
        }
        _isGathered = true;
        _features.Clear();
        Gather();
        _categoryDropout?.Apply(_features.Categories);
        if (_smoothing.Factor != 1)
        {
            Elementwise.ScaleAndShift(
                T.CreateTruncating(_smoothing.Factor), T.CreateTruncating(_smoothing.Shift), _targets.Rows(_rowCount));
        }
        _next += _rowCount;
        return true;
    }

    /// <summary>The rows of the current batch count as done.</summary>
    public void Exchange(StateExchange state)
    {
        if (_stream is not null)
        {
            state.Exchange("rows done in the epoch", ref _next);
            state.Check(_next >= 0 && _next <= _totalCount, $"{_next} rows done in an epoch of {_totalCount}");
            _stream.Exchange(state);
            return;
        }
        var next = (int)_next;
        state.Exchange("rows done in the epoch", ref next, 0, _rows.RowCount);
        _next = next;
        if (_random is null)
            return;
        state.Exchange("order of the rows", _order.AsSpan());
        state.Check(IsPermutation(_order), "an order of the rows that has some twice");
        _random.Exchange(state);
    }

    private void Gather()
    {
        Span<T> targets = _targets.Rows(_rowCount), exampleWeights = _exampleWeights.Span[.._rowCount];
        if (_stream is not null)
        {
            _stream.Read(_rowCount, _features, targets, exampleWeights);
            return;
        }
        if (_random is null)
            Count(_order, (int)_next);
        FeatureRows.Read(_rows, _order.AsSpan(_random is null ? 0 : (int)_next, _rowCount), _features, targets, exampleWeights);
    }

    private static void Count(Span<int> values, int first)
    {
        for (int index = 0; index < values.Length; index++)
            values[index] = first + index;
    }

    private static bool IsPermutation(int[] order)
    {
        var isThere = new bool[order.Length];
        foreach (int row in order)
        {
            if ((uint)row >= (uint)order.Length || isThere[row])
                return false;
            isThere[row] = true;
        }
        return true;
    }
}

/// <summary>target ← (1 − ε) target + ε / classes; the default changes nothing.</summary>
internal readonly record struct LabelSmoothing
{
    private readonly double _strength;

    /// <param name="strength">ε in [0, 1).</param>
    /// <param name="classCount">Classes that share ε: 2 for a binary output.</param>
    public LabelSmoothing(double strength, int classCount)
    {
        _strength = strength;
        Shift = strength / classCount;
    }

    public double Factor => 1 - _strength;

    public double Shift { get; }
}
