using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlp.Tables.ParquetFiles;

/// <summary>How values of a physical type lie side by side in a page or a dictionary, and what becomes of them.</summary>
/// <typeparam name="T">What becomes of them.</typeparam>
internal interface IPlainValues<T>
{
    /// <summary>Stands for a value that is missing.</summary>
    static abstract T Missing { get; }

    /// <summary>Bytes of a value, at least.</summary>
    static abstract int LeastBytes { get; }

    /// <summary>Reads as many values as there is room for.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    static abstract void Read(ReadOnlySpan<byte> bytes, Span<T> values);

    /// <summary>What a number of a run is; null where values are not written in runs.</summary>
    static virtual Func<int, T>? OfRun => null;
}

/// <summary>Numbers as <see cref="float"/>; what is not finite, or beyond its range, is missing.</summary>
/// <typeparam name="TStored">The type in the file.</typeparam>
internal readonly struct PlainNumbers<TStored> : IPlainValues<float>
    where TStored : unmanaged, INumber<TStored>
{
    public static float Missing => float.NaN;

    public static int LeastBytes => Marshal.SizeOf<TStored>();

    public static void Read(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if ((long)values.Length * LeastBytes > bytes.Length)
            throw new InvalidDataException("A page ends before its values do");
        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(bytes)[..values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            // By way of a double, as all numbers.
            float single = (float)double.CreateTruncating(stored[index]);
            values[index] = float.IsFinite(single) ? single : float.NaN;
        }
    }
}

/// <summary>Numbers as they are.</summary>
internal readonly struct PlainStored<TStored> : IPlainValues<TStored?>
    where TStored : unmanaged, INumber<TStored>
{
    public static TStored? Missing => null;

    public static int LeastBytes => Marshal.SizeOf<TStored>();

    public static void Read(ReadOnlySpan<byte> bytes, Span<TStored?> values)
    {
        if ((long)values.Length * LeastBytes > bytes.Length)
            throw new InvalidDataException("A page ends before its values do");
        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(bytes)[..values.Length];
        for (int index = 0; index < values.Length; index++)
            values[index] = stored[index];
    }
}

/// <summary>A bit each, from the lowest of a byte on; or in runs.</summary>
internal readonly struct PlainTruths : IPlainValues<bool?>
{
    public static bool? Missing => null;

    // They have no dictionary, in which this counts.
    public static int LeastBytes => 1;

    public static Func<int, bool?> OfRun { get; } = number => number != 0;

    public static void Read(ReadOnlySpan<byte> bytes, Span<bool?> values)
    {
        if ((values.Length + 7) / 8 > bytes.Length)
            throw new InvalidDataException("A page ends before its values do");
        for (int index = 0; index < values.Length; index++)
            values[index] = (bytes[index >> 3] >> (index & 7) & 1) != 0;
    }
}

/// <summary>Times in 96 bits, as Spark and Impala write them: nanoseconds of the day, then the Julian day. What a
/// <see cref="DateTime"/> cannot hold is missing.</summary>
internal readonly struct PlainTimes : IPlainValues<DateTime?>
{
    private const int DayOfYearOne = 1_721_426, NanosecondsPerTick = 100;

    public static DateTime? Missing => null;

    public static int LeastBytes => sizeof(long) + sizeof(int);

    public static void Read(ReadOnlySpan<byte> bytes, Span<DateTime?> values)
    {
        if ((long)values.Length * LeastBytes > bytes.Length)
            throw new InvalidDataException("A page ends before its values do");
        foreach (ref DateTime? value in values)
        {
            long nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Int128 ticks = (Int128)(BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(long)..]) - (long)DayOfYearOne)
                * TimeSpan.TicksPerDay + nanoseconds / NanosecondsPerTick;
            value = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks) : null;
            bytes = bytes[LeastBytes..];
        }
    }
}

/// <summary>Texts in UTF-8, each behind its length.</summary>
internal readonly struct PlainTexts : IPlainValues<string?>
{
    public static string? Missing => null;

    public static int LeastBytes => sizeof(int);

    public static void Read(ReadOnlySpan<byte> bytes, Span<string?> values)
    {
        foreach (ref string? value in values)
        {
            int length = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (length < 0 || length > bytes.Length - sizeof(int))
                throw new InvalidDataException("A page ends inside a text");
            value = Encoding.UTF8.GetString(bytes.Slice(sizeof(int), length));
            bytes = bytes[(sizeof(int) + length)..];
        }
    }
}
