using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>The feature column of a row or cursor: a vector, dense or sparse, or a single number.</summary>
internal sealed class FeatureColumn
{
    private readonly DataViewSchema.Column _column;
    private readonly ValueGetter<VBuffer<float>>? _getVector;
    private readonly ValueGetter<float>? _getScalar;
    private readonly string _name;
    private VBuffer<float> _vector;

    public FeatureColumn(DataViewRow row, DataViewSchema.Column column)
    {
        _column = column;
        _name = $"Feature column '{column.Name}'";
        if (column.Type is VectorDataViewType)
            _getVector = row.GetGetter<VBuffer<float>>(column);
        else
            _getScalar = row.GetGetter<float>(column);
    }

    /// <summary>Copies the row's features.</summary>
    /// <param name="features">As long as the column's type says; overwritten.</param>
    /// <exception cref="InvalidOperationException">The row has another number of features than the column's type says.</exception>
    public void Read(Span<float> features)
    {
        if (_getScalar is not null)
        {
            _getScalar(ref features[0]);
            return;
        }
        _getVector!(ref _vector);
        if (_vector.Length != features.Length)
        {
            throw new InvalidOperationException(
                $"Feature column '{_column.Name}' is {_column.Type}, but a row has {_vector.Length} slots. Give every row the same "
                    + "number of features.");
        }
        SparseVectors.CopyTo(_vector, features, _name);
    }

    /// <summary>For messages: "slot 4, 'mean radius', is NaN".</summary>
    public string Describe(ReadOnlySpan<float> features, int slot) => Describe(_column, features, slot);

    /// <inheritdoc cref="Describe(ReadOnlySpan{float}, int)"/>
    public static string Describe(DataViewSchema.Column column, ReadOnlySpan<float> features, int slot)
    {
        string value = features[slot].ToString(CultureInfo.InvariantCulture);
        if (column.Type is not VectorDataViewType)
            return value;
        if (!column.HasSlotNames())
            return $"slot {slot} is {value}";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return $"slot {slot}, '{names.GetItemOrDefault(slot)}', is {value}";
    }
}
