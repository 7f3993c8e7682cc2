using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>The dates of one column while the file is read.</summary>
internal sealed class DateScan
{
    /// <summary>Columns with fewer different numbers of six digits than this are numbers: 202001 may be a price.</summary>
    private const int FewestMonths = 8;

    private const double DaysOfTwoWeeks = 14, DaysOfHalfAYear = 180;

    private Dictionary<DateForm, DateSpread>? _spreads;
    private bool _hasMonthsAlone;

    /// <summary>The forms of date that fit every text.</summary>
    public DateForm Forms { get; private set; } = DateForm.All;

    /// <summary>The first text that excludes the last possible forms of date, and the forms that were possible before it.</summary>
    public (string Text, long Line, DateForm Before)? FirstNoDate { get; private set; }

    /// <summary>Numbers such as 20200131.</summary>
    public long NumberCount { get; private set; }

    /// <summary>Adds a text.</summary>
    public void AddText(ReadOnlySpan<byte> text, long line)
    {
        if (Forms == DateForm.None)
            return;
        var before = Forms;
        Forms = DateText.FormsOf(text, before);
        if (Forms == DateForm.None)
            FirstNoDate = (TextExcerpt.Of(text), line, before);
        Spread(text);
    }

    /// <summary>Adds a number, which is no date, or one of digits alone.</summary>
    public void AddNumber(ReadOnlySpan<byte> text)
    {
        if ((Forms & DateForm.Compact) == 0)
            return;
        if (text.Length is not (6 or 8 or 12 or 14) || !DateText.TryParse(text, DateForm.Compact, out _))
        {
            Forms &= ~DateForm.Compact;
            return;
        }
        NumberCount++;
        _hasMonthsAlone |= text.Length == 6;
        Forms = DateForm.Compact;
        Spread(text);
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

    private void Spread(ReadOnlySpan<byte> text)
    {
        foreach (DateForm form in (ReadOnlySpan<DateForm>)[
            DateForm.YearFirst, DateForm.DayDot, DateForm.DayFirst, DateForm.MonthFirst, DateForm.MonthName, DateForm.Compact,
            DateForm.MonthYear])
        {
            if ((Forms & form) == 0 || !DateText.TryParse(text, form, out FoundDate date))
                continue;
            _spreads ??= [];
            if (!_spreads.TryGetValue(form, out DateSpread? spread))
                _spreads.Add(form, spread = new DateSpread());
            spread.Add(date);
        }
    }
}
