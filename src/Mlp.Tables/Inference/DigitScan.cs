using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Inference;

/// <summary>How a column's numbers of digits alone are written: codes have zeros in front, or all the same length.</summary>
internal sealed class DigitScan
{
    private int _shortest = int.MaxValue, _longest;

    /// <summary>Numbers of digits alone.</summary>
    public long Count { get; private set; }

    /// <summary>A number with a zero in front, and another digit behind it.</summary>
    public string? LeadingZero { get; private set; }

    /// <summary>Digits of every number; 0 if they differ.</summary>
    public int Width => _shortest == _longest ? _longest : 0;

    /// <summary>Whether all numbers end with a zero, as prices and estimates do.</summary>
    public bool IsRound { get; private set; } = true;

    public void Add(ReadOnlySpan<byte> number)
    {
        if (number.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return;
        Count++;
        _shortest = Math.Min(_shortest, number.Length);
        _longest = Math.Max(_longest, number.Length);
        IsRound &= number[^1] == '0';
        if (LeadingZero == null && number[0] == '0' && number.IndexOfAnyExcept((byte)'0') >= 0)
            LeadingZero = TextExcerpt.Of(number);
    }
}
