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
            BooleanDataViewType => Reader<bool>(row, label, value => value ? 1 : 0),
            // A key is stored as 1 for its first value and 0 for a missing one, in one of four number types.
            KeyDataViewType { RawType: var type } when type == typeof(byte) => Reader<byte>(row, label, value => KeyTarget(value)),
            KeyDataViewType { RawType: var type } when type == typeof(ushort) => Reader<ushort>(row, label, value => KeyTarget(value)),
            KeyDataViewType { RawType: var type } when type == typeof(uint) => Reader<uint>(row, label, value => KeyTarget(value)),
            KeyDataViewType => Reader<ulong>(row, label, KeyTarget),
            _ => Reader<float>(row, label, value => value),
        };
    }

    public override string Advice => _isKey
        ? "Filter or replace missing labels before Fit."
        : "Filter or replace these labels before Fit.";

    public override string? TryRead(out float target)
    {
        target = _read();
        return target switch
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

    private static float KeyTarget(ulong value) => value switch
    {
        1 => 0,
        2 => 1,
        _ => float.NaN,
    };

    private static Func<float> Reader<T>(DataViewRow row, DataViewSchema.Column label, Func<T, float> convert)
        where T : unmanaged
    {
        ValueGetter<T> getter = row.GetGetter<T>(label);
        return () =>
        {
            T value = default;
            getter(ref value);
            return convert(value);
        };
    }
}
