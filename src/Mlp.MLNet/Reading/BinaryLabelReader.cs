using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>Two classes: false, 0 or the first key value becomes 0; true, 1 or the second key value becomes 1.</summary>
internal sealed class BinaryLabelReader : LabelReader
{
    private readonly Func<float> _read;
    private readonly bool _isKey;

    public BinaryLabelReader(DataViewRow row, DataViewSchema.Column label)
    {
        _isKey = label.Type is KeyDataViewType;
        _read = label.Type switch
        {
            BooleanDataViewType => ReadBoolean(row, label),
            KeyDataViewType => ReadKey(KeyGetter.Create(row, label)),
            _ => ReadSingle(row, label),
        };
    }

    public override string Advice => _isKey
        ? "Filter or replace missing labels before Fit."
        : "Filter or replace these labels before Fit.";

    public override string? TryRead(Span<float> targets)
    {
        targets[0] = _read();
        return targets[0] switch
        {
            0 or 1 => null,
            float.NaN => _isKey ? "is missing" : "is NaN",
            _ => "is neither 0 nor 1",
        };
    }

    /// <summary>A target as the label column has it, for messages.</summary>
    public static string NameOf(float target, DataViewType labelType) => labelType switch
    {
        BooleanDataViewType => target > 0 ? "true" : "false",
        KeyDataViewType => target > 0 ? "the second key value" : "the first key value",
        _ => target > 0 ? "1" : "0",
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

    private static Func<float> ReadKey(Func<ulong> getKey) => () => getKey() switch
    {
        1 => 0,
        2 => 1,
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
