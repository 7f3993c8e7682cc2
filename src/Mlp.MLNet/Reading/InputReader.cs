using Microsoft.ML;
using Mlp.Data;

namespace Mlp.MLNet.Reading;

/// <summary>Reads rows to predict from, and takes them apart as a model needs them.</summary>
internal sealed class InputReader
{
    private readonly FeatureColumn _features;
    private readonly KeyReader _keys;
    // Null where a row is its numbers: they go straight to the batch.
    private readonly FeatureEncoder<float>? _encoder;

    /// <param name="row">The row or cursor to follow.</param>
    /// <param name="columns">Active in it.</param>
    /// <param name="model">Says what slots are.</param>
    public InputReader(DataViewRow row, InputColumns columns, Model<float> model)
    {
        _features = new FeatureColumn(row, columns.Features);
        _keys = new KeyReader(row, columns.Categories, model.Layout?.KeyCounts ?? []);
        _encoder = model.Layout is null ? null : new FeatureEncoder<float>(model.Layout);
    }

    /// <summary>Appends the row at which the row or cursor is.</summary>
    /// <param name="batch">Has room for it.</param>
    /// <inheritdoc cref="FeatureColumn.Read()" path="/exception"/>
    public void AppendTo(FeatureBatch<float> batch)
    {
        if (_encoder is null)
        {
            _features.Read(batch.AddNumbers(rowCount: 1));
            return;
        }
        _features.Read();
        if (_features.IsDense)
            _encoder.Encode(_features.Values);
        else
            _encoder.Encode(_features.Slots, _features.Values);
        _encoder.SetKeys(_keys.Read());
        batch.Add(_encoder.Numbers, _encoder.Categories, _encoder.SparseSlots, _encoder.SparseValues);
    }
}
