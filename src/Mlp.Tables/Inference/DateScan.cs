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

    private const double DaysOfTwoWeeks = 14, DaysOfHalfAYear = 180;

    private static readonly DateForm[] EveryForm =
        [.. Enum.GetValues<DateForm>().Where(form => form is not (DateForm.None or DateForm.All))];

    // Of each form; null where no value was a date. Most columns have none.
    private long[]? _counts;
    private Dictionary<DateForm, DateSpread>? _spreads;
    private long _textCount;
    private bool _hasMonthsAlone;

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
            DateForm form = EveryForm.MaxBy(CountOf);
            bool isAmbiguous = form is DateForm.DayFirst or DateForm.MonthFirst
                && CountOf(DateForm.DayFirst) == CountOf(DateForm.MonthFirst);
            return CountOf(form) == 0 || isAmbiguous ? DateForm.None : form;
        }
    }

    private bool IsHopeless => _textCount >= TextsUntilHopeless && 2 * AnyCount < _textCount;

    /// <summary>Values that are dates of one form.</summary>
    public long CountOf(DateForm form) => form == DateForm.None ? 0 : _counts?[Array.IndexOf(EveryForm, form)] ?? 0;

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
        Count(found, text);
    }

    /// <summary>Adds a number, which is no date, or one of digits alone.</summary>
    public void AddNumber(ReadOnlySpan<byte> text)
    {
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

    /// <summary>What differs between the rows beside the days, if the dates are of a form.</summary>
    public IReadOnlyList<DatePart> PartsOf(DateForm form)
    {
        if (_spreads == null || !_spreads.TryGetValue(form, out DateSpread? spread))
            return [];
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
        for (int i = 0; i < EveryForm.Length; i++)
        {
            DateForm form = EveryForm[i];
            if ((forms & form) == 0 || !DateText.TryParse(text, form, out FoundDate date))
                continue;
            (_counts ??= new long[EveryForm.Length])[i]++;
            _spreads ??= [];
            if (!_spreads.TryGetValue(form, out DateSpread? spread))
                _spreads.Add(form, spread = new DateSpread());
            spread.Add(date);
        }
    }
}
