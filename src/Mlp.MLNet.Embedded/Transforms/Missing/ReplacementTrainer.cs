using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the statistics that replace the missing values of a column.</summary>
internal sealed class ReplacementTrainer
{
    private readonly SlotStatistic[] _statistics;
    private readonly Action _update;
    private long _count;

    public ReplacementTrainer(
        MissingValueReplacingEstimator.ReplacementMode mode, bool bySlot, DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        IsBySlot = bySlot && vector != null;
        _statistics = [.. Enumerable.Range(0, IsBySlot ? vector!.Size : 1).Select(_ => SlotStatistic.Create(mode))];
        _update = column.Type.GetItemType() == NumberDataViewType.Single
            ? MakeUpdate<float>(cursor, column)
            : MakeUpdate<double>(cursor, column);
    }

    public bool IsBySlot { get; }

    public void Update() => _update();

    public double[] Finish(IChannel channel) => [.. _statistics.Select(statistic => statistic.GetResult(channel, _count))];

    private Action MakeUpdate<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> getScalar = cursor.GetGetter<T>(column);
            return () =>
            {
                T value = default;
                getScalar(ref value);
                _count++;
                _statistics[0].Add(double.CreateTruncating(value));
            };
        }

        ValueGetter<VBuffer<T>> getVector = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        return () =>
        {
            getVector(ref buffer);
            _count += IsBySlot ? 1 : buffer.Length;
            ReadOnlySpan<T> values = buffer.GetValues();
            ReadOnlySpan<int> indices = buffer.GetIndices();
            for (int i = 0; i < values.Length; i++)
            {
                int slot = buffer.IsDense ? i : indices[i];
                _statistics[IsBySlot ? slot : 0].Add(double.CreateTruncating(values[i]));
            }
        };
    }
}
