using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>The dates of one column while the file is read.</summary>
internal sealed class DateScan
{
    /// <summary>Columns with fewer different numbers of six digits than this are numbers: 202001 may be a price.</summary>
    private const int FewestMonths = 8;

    /// <summary>With fewer dates than every second one of so many texts, the column has none.</summary>
    private const int TextsUntilHopeless = 32;

    private const DateForm SlashForms = DateForm.DayFirst | DateForm.MonthFirst;

    private const int ShortestUnixTime = 10;

    private const double DaysOfTwoWeeks = 14, DaysOfHalfAYear = 180;

    // Of each form; null where no value was a date. Most columns have none.
    private long[]? _counts;
    private Dictionary<DateForm, DateSpread>? _spreads;
    private long _textCount;
    private bool _hasMonthsAlone, _hasDayFirst, _hasMonthFirst;

    /// <summary>The forms of date that fit every text.</summary>
    public DateForm Forms { get; private set; } = DateForm.All;

    /// <summary>The first text that excludes the last possible forms of date, and the forms that were possible before it.</summary>
    public (string Text, long Line, DateForm Before)? FirstNoDate { get; private set; }

    /// <summary>Numbers such as 20200131.</summary>
    public long NumberCount { get; private set; }

    /// <summary>Values that are dates of any form; no longer counted where most values are none.</summary>
    public long AnyCount { get; private set; }

    /// <summary>The form of most dates, whatever else there is; none where there are no dates, or day and month cannot be told
    /// apart.</summary>
    public DateForm MostFrequent
    {
        get
        {
            DateForm form = DateText.Forms.MaxBy(CountOf);
            bool isAmbiguous = form is DateForm.DayFirst or DateForm.MonthFirst
                && CountOf(DateForm.DayFirst) == CountOf(DateForm.MonthFirst);
            return CountOf(form) == 0 || isAmbiguous ? DateForm.None : form;
        }
    }

    private bool IsHopeless => _textCount >= TextsUntilHopeless && 2 * AnyCount < _textCount;

    /// <summary>Several forms of which every value has one; none where a value is no date, or day and month cannot be told apart.</summary>
    public DateForm Mixed
    {
        get
        {
            if (Forms != DateForm.None || AnyCount == 0 || AnyCount < _textCount || _hasDayFirst && _hasMonthFirst)
                return DateForm.None;
            DateForm found = DateText.Forms.Where(form => CountOf(form) > 0).Aggregate(DateForm.None, (sum, form) => sum | form);
            if (!found.HasFlag(DateForm.DayFirst | DateForm.MonthFirst))
                return found;
            return _hasDayFirst ? found & ~DateForm.MonthFirst : _hasMonthFirst ? found & ~DateForm.DayFirst : DateForm.None;
        }
    }

    /// <summary>Values that are dates of a form; those of several are counted for each.</summary>
    public long CountOf(DateForm form)
    {
        long count = 0;
        for (int i = 0; _counts != null && i < _counts.Length; i++)
            count += (form & DateText.Forms[i]) != 0 ? _counts[i] : 0;
        return count;
    }

    /// <summary>Adds a text.</summary>
    public void AddText(ReadOnlySpan<byte> text, long line)
    {
        if (Forms == DateForm.None && IsHopeless)
            return;
        _textCount++;
        var before = Forms;
        DateForm found = DateText.FormsOf(text, before == DateForm.None ? DateForm.All : before);
        if (before != DateForm.None)
        {
            Forms = found;
            if (found == DateForm.None)
            {
                FirstNoDate = (TextExcerpt.Of(text), line, before);
                found = DateText.FormsOf(text);
            }
        }
        _hasDayFirst |= (found & SlashForms) == DateForm.DayFirst;
        _hasMonthFirst |= (found & SlashForms) == DateForm.MonthFirst;
        Count(found, text);
    }

    /// <summary>Adds a number, which is no date, or one of digits alone.</summary>
    public void AddNumber(ReadOnlySpan<byte> text)
    {
        if (text.Length >= ShortestUnixTime && UnixTime.FormOf(text) is not DateForm.None and DateForm unix)
            Count(unix, text);
        bool mayBeDates = (Forms & DateForm.Compact) != 0;
        if (!mayBeDates && (Forms != DateForm.None || IsHopeless))
            return;
        if (text.Length is not (6 or 8 or 12 or 14) || !DateText.TryParse(text, DateForm.Compact, out _))
        {
            Forms &= ~DateForm.Compact;
            return;
        }
        _hasMonthsAlone |= text.Length == 6;
        if (mayBeDates)
        {
            NumberCount++;
            Forms = DateForm.Compact;
        }
        Count(DateForm.Compact, text);
    }

    /// <summary>Whether the column's numbers, if it has any, are dates, and are enough to say so.</summary>
    public bool NumbersAreDates(ColumnScan column) =>
        NumberCount == column.NumberCount && (!_hasMonthsAlone || column.DistinctCount >= FewestMonths);

    /// <summary>The form of Unix times if all numbers of a column are such; none if they are not.</summary>
    /// <param name="numberCount">Of the column.</param>
    public DateForm UnixForm(long numberCount) => numberCount == 0 ? DateForm.None
        : CountOf(DateForm.UnixSeconds) == numberCount ? DateForm.UnixSeconds
        : CountOf(DateForm.UnixMilliseconds) == numberCount ? DateForm.UnixMilliseconds : DateForm.None;

    /// <summary>What differs between the rows beside the days, if the dates are of a form.</summary>
    public IReadOnlyList<DatePart> PartsOf(DateForm form)
    {
        var spread = new DateSpread();
        foreach ((DateForm one, DateSpread of) in _spreads ?? [])
        {
            if ((form & one) != 0)
                spread.Add(of);
        }
        var parts = new List<DatePart>();
        double days = spread.Last - spread.First;
        if (spread.WeekdayCount > 1 && spread.HasDays && days >= DaysOfTwoWeeks)
            parts.Add(DatePart.Weekday);
        if (spread.MonthCount > 1 && days >= DaysOfHalfAYear)
            parts.Add(DatePart.Month);
        if (spread.HourCount > 1)
            parts.Add(DatePart.Hour);
        return parts;
    }

    private void Count(DateForm forms, ReadOnlySpan<byte> text)
    {
        AnyCount += forms == DateForm.None ? 0 : 1;
        for (int i = 0; i < DateText.Forms.Length; i++)
        {
            DateForm form = DateText.Forms[i];
            if ((forms & form) == 0 || !DateText.TryParse(text, form, out FoundDate date))
                continue;
            (_counts ??= new long[DateText.Forms.Length])[i]++;
            _spreads ??= [];
            if (!_spreads.TryGetValue(form, out DateSpread? spread))
                _spreads.Add(form, spread = new DateSpread());
            spread.Add(date);
        }
    }
}
