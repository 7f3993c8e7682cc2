using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>Copies the vector of a label column, dense or sparse.</summary>
internal sealed class VectorReader<T>(DataViewRow row, DataViewSchema.Column label)
    where T : unmanaged
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(label);
    private readonly string _name = $"Label column '{label.Name}'";
    private VBuffer<T> _vector;

    /// <param name="values">As long as the column's type says; overwritten.</param>
    /// <exception cref="InvalidOperationException">The row has another number of slots than the column's type says.</exception>
    public void Read(Span<T> values)
    {
        _getter(ref _vector);
        if (_vector.Length != values.Length)
        {
            throw new InvalidOperationException(
                $"Label column '{label.Name}' is {label.Type}, but a row has {_vector.Length} slots. Give every row the same number "
                    + "of targets.");
        }
        SparseVectors.CopyTo(_vector, values, _name);
    }
}
