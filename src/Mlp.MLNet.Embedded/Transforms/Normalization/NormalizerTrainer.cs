using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Collects range, moments or median of each slot of a column; a scalar is a column of one slot.</summary>
internal sealed class NormalizerTrainer<T> : INormalizerTrainer
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NormalizerColumn _options;
    private readonly VectorDataViewType? _vectorType;
    private readonly ValueGetter<T>? _getScalar;
    private readonly ValueGetter<VBuffer<T>>? _getVector;
    private readonly SlotRange<T>[] _ranges = [];
    private readonly SlotMoments[] _moments = [];
    private readonly SlotMedian<T>[] _medians = [];
    private VBuffer<T> _row;
    private long _rowCount;

    public NormalizerTrainer(NormalizerColumn options, DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        _options = options;
        _vectorType = column.Type as VectorDataViewType;
        if (_vectorType == null)
            _getScalar = cursor.GetGetter<T>(column);
        else
            _getVector = cursor.GetGetter<VBuffer<T>>(column);
        int size = column.Type.GetValueCount();
        if (options.UseMeanVariance)
            _moments = new SlotMoments[size];
        else
            _ranges = [.. Enumerable.Repeat(SlotRange<T>.Empty, size)];
        if (options.RangeShare != null)
            _medians = [.. Enumerable.Range(0, size).Select(_ => new SlotMedian<T>())];
    }

    public bool Update()
    {
        if (_rowCount == _options.MaximumExampleCount)
            return false;
        _rowCount++;
        if (_getScalar != null)
        {
            var value = default(T);
            _getScalar(ref value);
            UpdateSlot(0, value);
            return true;
        }

        _getVector!(ref _row);
        int size = _vectorType!.Size;
        if (_row.Length != size)
            throw Contracts.Except($"Normalizer expected {size} slots but got {_row.Length}");
        if (_medians.Length > 0 && !_row.IsDense)
            throw new IndexOutOfRangeException("Robust scaling cannot learn from a sparse vector, here no more than in ML.NET.");
        ReadOnlySpan<T> values = _row.GetValues();
        ReadOnlySpan<int> indices = _row.GetIndices();
        for (int i = 0; i < values.Length; i++)
            UpdateSlot(_row.IsDense ? i : indices[i], values[i]);
        return true;
    }

    public INormalizerFunction Finish()
    {
        for (int i = 0; i < _ranges.Length; i++)
            _ranges[i].AddImplicitZeros(_rowCount);
        for (int i = 0; i < _moments.Length; i++)
            _moments[i].AddZeros(_rowCount);
        if (_options.UseCdf)
            return CdfFunction();
        if (_options.RangeShare is float share)
            return RobustFunction(T.CreateTruncating(share));
        (T Scale, T Offset)[] slots = [.. _ranges.Select(range => range.GetScale(_options.FixZero)),
            .. _moments.Select(moments => moments.GetScale<T>(_options.FixZero))];
        T[]? offsets = [.. slots.Select(slot => slot.Offset)];
        if (_vectorType != null && offsets.All(T.IsZero))
            offsets = null;
        return new AffineNormalizerFunction<T>([.. slots.Select(slot => slot.Scale)], offsets, _vectorType != null);
    }

    /// <summary>A constant slot gets an infinite scale.</summary>
    private AffineNormalizerFunction<T> RobustFunction(T share)
    {
        T[] scales = [.. _ranges.Select(range => T.One / (range.Length * share))];
        T[]? offsets = _options.CenterData ? [.. _medians.Select(median => median.Value)] : _vectorType == null ? [T.Zero] : null;
        return new AffineNormalizerFunction<T>(scales, offsets, _vectorType != null);
    }

    private CdfNormalizerFunction<T> CdfFunction()
        => new(
            [.. _moments.Select(moments => moments.IsConstant ? T.Zero : T.CreateTruncating(moments.Mean))],
            [.. _moments.Select(moments => moments.IsConstant ? T.Zero : T.CreateTruncating(moments.StandardDeviation))],
            _vectorType != null);

    private void UpdateSlot(int slot, T value)
    {
        if (_options.UseMeanVariance)
            _moments[slot].Add(double.CreateTruncating(value));
        else
            _ranges[slot].Add(value);
        if (_medians.Length > 0)
            _medians[slot].Add(value);
    }
}
