using System.Globalization;
using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The standard conversions between the types of single values.</summary>
/// <remarks>
/// Signed integers wrap around when they are narrowed, unsigned ones become 0 (missing, for a key) when they do not fit; what is no
/// number becomes NaN, 0 or, for signed integers, an error.
/// </remarks>
internal static class Conversions
{
    private static readonly NumberParser Numbers = new('.', emptyIsNaN: false);
    private static readonly Dictionary<(Type Source, Type Destination), Delegate> Standard = [];

    static Conversions()
    {
        AddSigned<sbyte>("sbyte");
        AddSigned<short>("short");
        AddSigned<int>("int");
        AddSigned<long>("long");
        AddUnsigned<byte>();
        AddUnsigned<ushort>();
        AddUnsigned<uint>();
        AddUnsigned<ulong>();
        AddNumber<float>(value => value.ToString("G7", CultureInfo.InvariantCulture));
        AddNumber<double>(value => value.ToString("G17", CultureInfo.InvariantCulture));
        AddFromText(NumberDataViewType.Single, float.NaN);
        AddFromText(NumberDataViewType.Double, double.NaN);
        AddFromText(BooleanDataViewType.Instance, false);
        AddFromText(TimeSpanDataViewType.Instance, default(TimeSpan));
        AddFromText(DateTimeDataViewType.Instance, default(DateTime));
        AddFromText(DateTimeOffsetDataViewType.Instance, default(DateTimeOffset));
        Add<ReadOnlyMemory<char>, ReadOnlyMemory<char>>(text => text);
        Add<bool, bool>(value => value);
        Add<bool, float>(value => value ? 1 : 0);
        Add<bool, double>(value => value ? 1 : 0);
        Add<bool, ReadOnlyMemory<char>>(value => value.ToString().AsMemory());
        Add<DateTime, DateTime>(value => value);
        AddTicks<TimeSpan>(value => value.Ticks, "{0:c}");
        AddTicks<DateTime>(value => value.Ticks, "{0:o}");
        AddTicks<DateTimeOffset>(value => value.UtcDateTime.Ticks, "{0:o}");
    }

    public static bool Exists(DataViewType source, DataViewType destination)
    {
        if (source is KeyDataViewType sourceKey)
        {
            if (destination is KeyDataViewType destinationKey ? sourceKey.Count != destinationKey.Count : !Holds(destination, sourceKey))
                return false;
        }
        else if (destination is KeyDataViewType)
        {
            return source is TextDataViewType;
        }

        return Standard.ContainsKey((source.RawType, destination.RawType));
    }

    /// <summary>The conversion between two types for which one exists; the type parameters are their raw types.</summary>
    public static Func<TSource, TDestination> Get<TSource, TDestination>(DataViewType source, DataViewType destination)
    {
        Contracts.Check(Exists(source, destination), $"No standard conversion from '{source}' to '{destination}'");
        if (source is TextDataViewType && destination is KeyDataViewType key)
        {
            TextParse<TDestination> parse = TextValueParser.Get<TDestination>(key, Numbers);
            return (Func<TSource, TDestination>)(Delegate)((ReadOnlyMemory<char> text) =>
            {
                parse(text, out TDestination value);
                return value;
            });
        }

        return (Func<TSource, TDestination>)Standard[(typeof(TSource), typeof(TDestination))];
    }

    /// <summary>How ML.NET writes a value among others, as in the text names of categories; missing is "?", for a key nothing.</summary>
    public static string ToText<T>(DataViewType type, T value)
        => value switch
        {
            _ when type is KeyDataViewType => KeyText(Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
            float.NaN or double.NaN => "?",
            float number => number.ToString("R", CultureInfo.InvariantCulture),
            double number => number.ToString("G17", CultureInfo.InvariantCulture),
            bool flag => flag ? "1" : "0",
            _ => Get<T, ReadOnlyMemory<char>>(type, TextDataViewType.Instance)(value).ToString(),
        };

    private static string KeyText(ulong key) => key == 0 ? "" : (key - 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A key becomes a number only where its count fits.</summary>
    private static bool Holds(DataViewType destination, KeyDataViewType key)
        => destination == NumberDataViewType.Byte ? key.Count <= byte.MaxValue
            : destination == NumberDataViewType.UInt16 ? key.Count <= ushort.MaxValue
            : destination == NumberDataViewType.UInt32 ? key.Count <= uint.MaxValue
            : destination == NumberDataViewType.UInt64;

    private static void Add<TSource, TDestination>(Func<TSource, TDestination> convert)
        => Standard.Add((typeof(TSource), typeof(TDestination)), convert);

    private static void AddNumber<T>(Func<T, string> toText)
        where T : struct, INumber<T>
    {
        Add<T, float>(float.CreateTruncating);
        Add<T, double>(double.CreateTruncating);
        Add<T, bool>(value => value != T.Zero);
        Add<T, ReadOnlyMemory<char>>(value => toText(value).AsMemory());
    }

    private static void AddSigned<T>(string name)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        AddNumber<T>(value => value.ToString()!);
        Add<T, sbyte>(sbyte.CreateTruncating);
        Add<T, short>(short.CreateTruncating);
        Add<T, int>(int.CreateTruncating);
        Add<T, long>(long.CreateTruncating);
        Add<bool, T>(value => value ? T.One : T.Zero);
        long maximum = long.CreateTruncating(T.MaxValue);
        Add<ReadOnlyMemory<char>, T>(text => TextValueParser.TryParseSigned(text.Span, maximum, out long value)
            ? T.CreateTruncating(value)
            : throw Contracts.Except($"Value could not be parsed from text to {name}."));
    }

    private static void AddUnsigned<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        AddNumber<T>(value => value.ToString()!);
        Add<T, byte>(NarrowOrZero<T, byte>);
        Add<T, ushort>(NarrowOrZero<T, ushort>);
        Add<T, uint>(NarrowOrZero<T, uint>);
        Add<T, ulong>(NarrowOrZero<T, ulong>);
        AddFromText(DataViewTypes.PrimitiveType(typeof(T)), T.Zero);
    }

    private static TDestination NarrowOrZero<TSource, TDestination>(TSource value)
        where TSource : struct, IBinaryInteger<TSource>
        where TDestination : struct, IBinaryInteger<TDestination>, IMinMaxValue<TDestination>
        => ulong.CreateTruncating(value) <= ulong.CreateTruncating(TDestination.MaxValue)
            ? TDestination.CreateTruncating(value)
            : TDestination.Zero;

    private static void AddFromText<T>(PrimitiveDataViewType type, T otherwise)
    {
        TextParse<T> parse = TextValueParser.Get<T>(type, Numbers);
        bool isFractional = type == NumberDataViewType.Single || type == NumberDataViewType.Double;
        Add<ReadOnlyMemory<char>, T>(text
            => !(isFractional && StartsTooLate(text.Span)) && parse(text, out T value) ? value : otherwise);
    }

    /// <summary>ML.NET loses its place behind leading blanks: only a single character is read there.</summary>
    private static bool StartsTooLate(ReadOnlySpan<char> text)
        => text.Length > 0 && char.IsWhiteSpace(text[0]) && text.TrimStart().Length > 1;

    private static void AddTicks<T>(Func<T, long> ticks, string format)
    {
        Add<T, long>(ticks);
        Add<T, float>(value => ticks(value));
        Add<T, double>(value => ticks(value));
        Add<T, ReadOnlyMemory<char>>(value => string.Format(CultureInfo.InvariantCulture, format, value).AsMemory());
    }
}
