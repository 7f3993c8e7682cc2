using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Tells the log what could not be read: the first few places, and the totals at the end.</summary>
internal sealed class ParseReport(IChannel channel, int shownMessages) : IDisposable
{
    private const int DefaultShownMessages = 10;

    private long _rowCount;
    private long _badValueCount;
    private long _badFormatCount;

    public static ParseReport Start(IHostEnvironment env) => new(env.Start("ParseStats"), DefaultShownMessages);

    public static ParseReport Silent(IHostEnvironment env) => new(env.Start("ParseStats"), 0);

    public void Row() => _rowCount++;

    public void BadValue(long line, string column, int? slot)
    {
        if (++_badValueCount > shownMessages)
            return;
        string place = slot.HasValue ? $" at slot {slot}" : "";
        channel.Info($"  Bad value at line {line} in column {column}{place}");
        if (_badValueCount == shownMessages)
            channel.Info("  Suppressing further bad value messages");
    }

    public void BadFormat(TextLine line, int start, int end, string message)
    {
        if (++_badFormatCount > shownMessages)
            return;
        string place = line.Number > 0 ? $" at {line.Path}({line.Number},{start + 1})-({line.Number},{end + 1})" : "";
        channel.Warning($"Format error{place}: {message}");
        if (_badFormatCount == shownMessages)
            channel.Warning("Suppressing further format error messages");
    }

    public void Dispose()
    {
        if (_badValueCount > 0 || _badFormatCount > 0)
            channel.Info($"Processed {_rowCount} rows with {_badValueCount} bad values and {_badFormatCount} format errors");
        channel.Dispose();
    }
}
