using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tool.Scorers;

/// <summary>Columns of single values that ConvertType makes Single.</summary>
internal static class PlainNumbers
{
    private static readonly Dictionary<DataViewType, (string Name, Func<float, Delegate> Create)> Types = new()
    {
        [BooleanDataViewType.Instance] = ("bool", number => Getter(number != 0)),
        [NumberDataViewType.SByte] = ("sbyte", number => Getter((sbyte)number)),
        [NumberDataViewType.Byte] = ("byte", number => Getter((byte)number)),
        [NumberDataViewType.Int16] = ("short", number => Getter((short)number)),
        [NumberDataViewType.UInt16] = ("ushort", number => Getter((ushort)number)),
        [NumberDataViewType.Int32] = ("int", number => Getter((int)number)),
        [NumberDataViewType.UInt32] = ("uint", number => Getter((uint)number)),
        [NumberDataViewType.Int64] = ("long", number => Getter((long)number)),
        [NumberDataViewType.UInt64] = ("ulong", number => Getter((ulong)number)),
        [NumberDataViewType.Double] = ("double", number => Getter((double)number)),
    };

    /// <summary>What C# calls the type; null for one that is none of these.</summary>
    public static string? NameOf(DataViewType type) => Types.TryGetValue(type, out var found) ? found.Name : null;

    /// <summary>A getter of a number in that type.</summary>
    public static Delegate CreateGetter(DataViewType type, float number) => Types[type].Create(number);

    private static ValueGetter<T> Getter<T>(T number) => (ref T value) => value = number;
}
