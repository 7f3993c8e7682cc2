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
    private readonly int _slotCount;
    private readonly float[] _scalar = new float[1];
    private VBuffer<float> _vector;

    public FeatureColumn(DataViewRow row, DataViewSchema.Column column)
    {
        _column = column;
        _slotCount = column.Type is VectorDataViewType { Size: var size } ? size : 1;
        _name = $"Feature column '{column.Name}'";
        if (column.Type is VectorDataViewType)
            _getVector = row.GetGetter<VBuffer<float>>(column);
        else
            _getScalar = row.GetGetter<float>(column);
    }

    /// <summary>Whether the row was given by all of its slots.</summary>
    public bool IsDense => _getVector is null || _vector.IsDense;

    /// <summary>Which slots of the row the values are of, where it is not dense.</summary>
    public ReadOnlySpan<int> Slots => _getVector is null || _vector.IsDense ? [] : _vector.GetIndices();

    /// <summary>What the row was given by.</summary>
    public ReadOnlySpan<float> Values => _getVector is null ? _scalar : _vector.GetValues();

    /// <summary>Gets the row's features as they are given: <see cref="Slots"/> and <see cref="Values"/>.</summary>
    /// <inheritdoc cref="Read(Span{float})" path="/exception"/>
    public void Read()
    {
        if (_getScalar is not null)
        {
            _getScalar(ref _scalar[0]);
            return;
        }
        _getVector!(ref _vector);
        if (_vector.Length != _slotCount)
            throw WrongLength();
        if (!_vector.IsDense)
            SparseVectors.CheckIndices(_vector, _name);
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
            throw WrongLength();
        SparseVectors.CopyTo(_vector, features, _name);
    }

    private InvalidOperationException WrongLength() => new(
        $"Feature column '{_column.Name}' is {_column.Type}, but a row has {_vector.Length} slots. Give every row the same number of "
            + "features.");

    /// <summary>For messages: "slot 4, 'mean radius', is NaN".</summary>
    public string Describe(int slot, float value) => Describe(_column, slot, value);

    /// <inheritdoc cref="Describe(int, float)"/>
    public static string Describe(DataViewSchema.Column column, int slot, float number)
    {
        string value = number.ToString(CultureInfo.InvariantCulture);
        if (column.Type is not VectorDataViewType)
            return value;
        if (!column.HasSlotNames())
            return $"slot {slot} is {value}";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return $"slot {slot}, '{names.GetItemOrDefault(slot)}', is {value}";
    }
}
