using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Turns the text of a field into a value; false if it is not one.</summary>
internal delegate bool TextParse<T>(ReadOnlyMemory<char> text, out T value);

/// <summary>ML.NET's rules for reading a field, one per item type.</summary>
internal static class TextValueParser
{
    /// <summary>The parser of an item type; <typeparamref name="T"/> is its raw type.</summary>
    public static TextParse<T> Get<T>(PrimitiveDataViewType type, NumberParser numbers)
    {
        if (type is KeyDataViewType key)
            return GetKey<T>(key);
        object parser = default(T) switch
        {
            float => (TextParse<float>)((ReadOnlyMemory<char> text, out float value) => numbers.TryParse(text.Span, out value)),
            double => (TextParse<double>)((ReadOnlyMemory<char> text, out double value) => numbers.TryParse(text.Span, out value)),
            bool => (TextParse<bool>)((ReadOnlyMemory<char> text, out bool value) => TryParseBoolean(text.Span, out value)),
            ReadOnlyMemory<char> => (TextParse<ReadOnlyMemory<char>>)TryParseText,
            sbyte => Signed(sbyte.MaxValue, number => (sbyte)number),
            short => Signed(short.MaxValue, number => (short)number),
            int => Signed(int.MaxValue, number => (int)number),
            long => Signed(long.MaxValue, number => number),
            byte => Unsigned(byte.MaxValue, number => (byte)number),
            ushort => Unsigned(ushort.MaxValue, number => (ushort)number),
            uint => Unsigned(uint.MaxValue, number => (uint)number),
            ulong => Unsigned(ulong.MaxValue, number => number),
            TimeSpan => (TextParse<TimeSpan>)TryParseTimeSpan,
            DateTime => (TextParse<DateTime>)TryParseDateTime,
            DateTimeOffset => (TextParse<DateTimeOffset>)TryParseDateTimeOffset,
            _ => throw new NotSupportedException($"Text cannot be read as {type}."),
        };
        return (TextParse<T>)parser;
    }

    /// <summary>Whether a field that cannot be read becomes a missing value instead of an error.</summary>
    public static bool HasMissingValue(PrimitiveDataViewType type) =>
        type is KeyDataViewType || type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    internal static bool TryParseBoolean(ReadOnlySpan<char> text, out bool value)
    {
        value = text is "1" or "+" or "+1" || IsWord(text, "t") || IsWord(text, "y") || IsWord(text, "yes") || IsWord(text, "true");
        return value || text is "" or "0" or "-" or "-1"
            || IsWord(text, "f") || IsWord(text, "n") || IsWord(text, "no") || IsWord(text, "false");
    }

    /// <summary>Decimal digits only; the empty text is 0, a leading minus is the only sign there is.</summary>
    internal static bool TryParseSigned(ReadOnlySpan<char> text, long maximum, out long value)
    {
        value = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] == '-')
        {
            // The most negative value has no positive counterpart: negate in unsigned arithmetic.
            if (text.Length == 1 || !TryParseDigits(text[1..], out ulong magnitude) || magnitude > (ulong)maximum + 1)
                return false;
            value = unchecked((long)(0 - magnitude));
            return true;
        }
        if (!TryParseDigits(text, out ulong digits) || digits > (ulong)maximum)
            return false;
        value = (long)digits;
        return true;
    }

    private static bool IsWord(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool TryParseText(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value)
    {
        value = text;
        return true;
    }

    private static TextParse<T> Signed<T>(long maximum, Func<long, T> narrow) =>
        (ReadOnlyMemory<char> text, out T value) =>
        {
            bool good = TryParseSigned(text.Span, maximum, out long number);
            value = narrow(number);
            return good;
        };

    private static TextParse<T> Unsigned<T>(ulong maximum, Func<ulong, T> narrow) =>
        (ReadOnlyMemory<char> text, out T value) =>
        {
            // Unlike the signed types these take no empty field.
            bool good = !text.IsEmpty & TryParseDigits(text.Span, out ulong number) && number <= maximum;
            value = good ? narrow(number) : narrow(0);
            return good;
        };

    /// <summary>The text counts from 0, the key from 1: 0 stands for missing.</summary>
    private static TextParse<T> GetKey<T>(KeyDataViewType type)
    {
        object parser = default(T) switch
        {
            byte => Key(type.Count, number => (byte)number),
            ushort => Key(type.Count, number => (ushort)number),
            uint => Key(type.Count, number => (uint)number),
            _ => Key(type.Count, number => number),
        };
        return (TextParse<T>)parser;

        static TextParse<TKey> Key<TKey>(ulong count, Func<ulong, TKey> narrow) =>
            (ReadOnlyMemory<char> text, out TKey value) =>
            {
                ulong number = 0;
                bool missing = text.IsEmpty || NumberParser.IsMissing(text.Span);
                bool good = missing || TryParseDigits(text.Span, out number) && number < count;
                value = narrow(good && !missing ? number + 1 : 0);
                return good;
            };
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            uint number = (uint)(digit - '0');
            if (value > (ulong.MaxValue - number) / 10)
                return false;
            value = value * 10 + number;
        }
        return true;
    }

    private static bool TryParseTimeSpan(ReadOnlyMemory<char> text, out TimeSpan value)
    {
        value = default;
        return text.IsEmpty || TimeSpan.TryParse(text.Span, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseDateTime(ReadOnlyMemory<char> text, out DateTime value)
    {
        value = default;
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.IsEmpty || DateTime.TryParse(text.Span, CultureInfo.InvariantCulture, Styles, out value);
    }

    private static bool TryParseDateTimeOffset(ReadOnlyMemory<char> text, out DateTimeOffset value)
    {
        value = default;
        return text.IsEmpty
            || DateTimeOffset.TryParse(text.Span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }
}
