using System.Numerics;

namespace Mlp.Tables.Descriptions;

/// <summary>Checks forms of dates that are given.</summary>
internal static class DateFormCheck
{
    /// <summary>Whether a column can have a form: one, or several of which each value has one.</summary>
    public static bool IsForm(DateForm form) => BitOperations.IsPow2((int)form) ? Enum.IsDefined(form)
        : form > 0 && form != DateForm.All && (form & ~DateForm.All) == 0 && !form.HasFlag(DateForm.DayFirst | DateForm.MonthFirst);
}
