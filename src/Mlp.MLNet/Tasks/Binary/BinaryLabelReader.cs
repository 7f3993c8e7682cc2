using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks.Binary;

/// <summary>Two classes: false, 0, −1 or the first key value becomes 0; true, 1 or the second key value becomes 1.</summary>
internal sealed class BinaryLabelReader : LabelReader
{
    /// <summary>The positive class of a key unless it is named.</summary>
    public const int SecondKey = 2;

    private readonly Func<float> _read;
    private readonly bool _isKey;
    // Of a column of numbers, whose negative class is called either way.
    private bool _hasZero, _hasMinusOne;

    /// <param name="row">The row to follow.</param>
    /// <param name="label">Boolean, Single or a key of two values; active.</param>
    /// <param name="positiveKey">The value of a key that becomes 1: the first or the second.</param>
    public BinaryLabelReader(DataViewRow row, DataViewSchema.Column label, int positiveKey = SecondKey)
    {
        _isKey = label.Type is KeyDataViewType;
        _read = label.Type switch
        {
            BooleanDataViewType => ReadBoolean(row, label),
            KeyDataViewType => ReadKey(KeyGetter.Create(row, label), positiveKey),
            _ => ReadSingle(row, label),
        };
    }

    public override string Advice => _isKey ? KeyGetter.Advice
        : "Map them to 0 and 1, for example with Conversion.MapValue, or filter these rows before Fit.";

    public override string? TryRead(Span<float> targets)
    {
        float label = _read();
        (_hasZero, _hasMinusOne) = (_hasZero || label == 0, _hasMinusOne || label == -1);
        targets[0] = label == -1 ? 0 : label;
        return label switch
        {
            0 or -1 when !_isKey && _hasZero && _hasMinusOne => "mixes 0 and -1",
            0 or 1 or -1 => null,
            float.NaN => _isKey ? KeyGetter.Problem : "is NaN",
            _ => "is neither 0 nor 1, nor -1",
        };
    }

    /// <summary>A target as the label column has it, for messages.</summary>
    public static string NameOf(float target, DataViewSchema.Column label, LabelValues? classes) => label.Type switch
    {
        BooleanDataViewType => target > 0 ? "true" : "false",
        KeyDataViewType when classes is not null => $"'{classes.NameOf(target > 0 ? 1 : 0)}'",
        KeyDataViewType => target > 0 ? "the second key value" : "the first key value",
        _ => target > 0 ? "1" : "0 or -1",
    };

    private static Func<float> ReadBoolean(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(label);
        return () =>
        {
            bool value = false;
            getter(ref value);
            return value ? 1 : 0;
        };
    }

    private static Func<float> ReadKey(Func<ulong> getKey, int positiveKey) => () => getKey() switch
    {
        1 => positiveKey == 1 ? 1 : 0,
        2 => positiveKey == 2 ? 1 : 0,
        _ => float.NaN,
    };

    private static Func<float> ReadSingle(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<float> getter = row.GetGetter<float>(label);
        return () =>
        {
            float value = 0;
            getter(ref value);
            return value;
        };
    }
}
