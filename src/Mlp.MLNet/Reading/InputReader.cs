using Microsoft.ML;
using Mlp.Data;

namespace Mlp.MLNet.Reading;

/// <summary>Reads rows to predict from, and takes them apart as a model needs them.</summary>
internal sealed class InputReader
{
    private readonly FeatureColumn _features;
    private readonly KeyReader _keys;
    private readonly FeatureEncoder<float> _encoder;
    private readonly int _firstKey;

    /// <param name="row">The row or cursor to follow.</param>
    /// <param name="columns">Active in it.</param>
    /// <param name="model">Says what slots are.</param>
    public InputReader(DataViewRow row, InputColumns columns, Model<float> model)
    {
        FeatureLayout layout = model.Layout ?? FeatureLayout.Dense(model.FeatureCount);
        _features = new FeatureColumn(row, columns.Features);
        _keys = new KeyReader(row, columns.Categories, layout.KeyCounts);
        _encoder = new FeatureEncoder<float>(layout);
        _firstKey = layout.Categories.Length;
    }

    /// <summary>Appends the row at which the row or cursor is.</summary>
    /// <param name="batch">Has room for it.</param>
    /// <inheritdoc cref="FeatureColumn.Read()" path="/exception"/>
    public void AppendTo(FeatureBatch<float> batch)
    {
        _features.Read();
        if (_features.IsDense)
            _encoder.Encode(_features.Values);
        else
            _encoder.Encode(_features.Slots, _features.Values);
        _keys.Read().CopyTo(_encoder.Categories[_firstKey..]);
        batch.Add(_encoder.Numbers, _encoder.Categories, _encoder.SparseSlots, _encoder.SparseValues);
    }
}
