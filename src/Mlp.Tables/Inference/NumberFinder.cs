using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Finds how the numbers of a column are written.</summary>
/// <param name="separator">Of the fields: if it is a comma, a comma between digits was quoted, and more likely groups digits.</param>
internal sealed class NumberFinder(char separator)
{
    private static readonly NumberForm Plain = new();

    /// <summary>The decimal mark of the table's other columns; none if they do not tell, or differ.</summary>
    public char TableMark { get; private set; }

    /// <summary>Learns the decimal mark of the table from the columns that can be read in one way only.</summary>
    public void LearnMark(IEnumerable<ColumnScan> columns)
    {
        var marks = columns.Where(HasOnlyNumbers).Select(column => Decide(Accepted(column.Numbers, given: null)))
            .Where(found => !found.IsGuess && found.IsDecided).Select(found => found.Reading == NumberReading.Comma ? ',' : '.')
            .Distinct().ToList();
        TableMark = marks.Count == 1 ? marks[0] : '\0';
    }

    /// <summary>Whether a column has only numbers of one unit, and missing values, however the numbers are written.</summary>
    public static bool HasOnlyNumbers(ColumnScan column)
    {
        NumberScan numbers = column.Numbers;
        if (column.TextCount != numbers.QuantityCount || column.NumberCount + numbers.QuantityCount == 0)
            return false;
        // (1), (2), (3) alone are no negative numbers.
        return Accepted(numbers, given: null).Count > 0 && numbers.Units[0].BareBracketCount < column.NumberCount + numbers.QuantityCount;
    }

    /// <summary>Whether a column has only quantities, but of several currencies or units.</summary>
    public static bool HasMixedUnits(ColumnScan column) =>
        column.TextCount == column.Numbers.QuantityCount && column.Numbers.QuantityCount > 0
        && Accepted(column.Numbers, given: null).Count == 0;

    /// <summary>How the numbers are read; texts that are no quantities are ignored.</summary>
    /// <param name="column">What was counted.</param>
    /// <param name="given">How they must be read, or null to find out.</param>
    public NumberFinding Find(ColumnScan column, NumberForm? given = null)
    {
        NumberScan numbers = column.Numbers;
        if (!numbers.HasAny)
            return NumberFinding.None;
        var units = Accepted(numbers, given?.Unit);
        if (units.Count == 0)
            return new NumberFinding { Reading = NumberReading.MixedUnits };
        var (reading, isGuess, _) = given == null
            ? Decide(units) : (given.DecimalMark == ',' ? NumberReading.Comma : NumberReading.Point, false, true);
        if (reading == NumberReading.MixedMarks)
            return new NumberFinding { Reading = reading };
        bool isComma = reading == NumberReading.Comma;
        string name = given?.Unit ?? NameOf(numbers, units);
        var found = new NumberFinding
        {
            Reading = reading,
            Form = isComma || name.Length > 0 ? new NumberForm(isComma ? ',' : '.', name) : Plain,
            HasGroups = numbers.FirstGrouped != null,
            IsGuess = isGuess,
        };
        foreach (UnitScan unit in units)
            Add(found, unit, isComma ? unit.Comma : unit.Point, NumberReader.FactorOf(name, unit.Unit, unit.Factor), isComma);
        return found;
    }

    private static void Add(NumberFinding found, UnitScan unit, ReadingScan scan, double factor, bool isComma)
    {
        found.Count += scan.Count;
        found.IntegerCount += scan.IntegerCount;
        found.TooLargeCount += scan.TooLargeCount;
        // A debit is the negative of a credit.
        found.Minimum = Math.Min(found.Minimum, (factor < 0 ? scan.Maximum : scan.Minimum) * factor);
        found.Maximum = Math.Max(found.Maximum, (factor < 0 ? scan.Minimum : scan.Maximum) * factor);
        found.UnitCount += unit.Unit.Length > 0 ? unit.Count : 0;
        found.HasGroups |= (isComma ? unit.AmbiguousPointCount : unit.AmbiguousCommaCount) > 0;
    }

    /// <summary>The units whose numbers are the column's: all of one unit, or of one kind such as g and kg, and those without any. Empty
    /// if there are several.</summary>
    private static IReadOnlyList<UnitScan> Accepted(NumberScan numbers, string? given)
    {
        // Most columns have no units, and a table may have many columns.
        if (numbers.Units.Count == 1)
            return numbers.HasAny ? numbers.Units : [];
        var used = numbers.Units.Where(unit => unit.Count > 0).ToList();
        if (given != null)
            return [.. used.Where(unit => NumberReader.IsUnitOf(given, unit.Unit, unit.Factor))];
        var named = used.Where(unit => unit.Unit.Length > 0).ToList();
        bool multiply = named.All(unit => unit.Factor != 1);
        return named.Count <= 1 || multiply || named.All(unit => AreOfOneKind(unit.Unit, named[0].Unit)) ? used : [];
    }

    private static bool AreOfOneKind(string unit, string other) => UnitScale.Ratio(TimeOf(unit), TimeOf(other)) != 0;

    private static string TimeOf(string unit) => unit == ClockText.Short ? ClockText.Unit : unit;

    /// <summary>The name of the unit: none where letters multiply, which they do if numbers have different ones, or one and none. Of
    /// several of one kind that of most numbers, of times that of the clock.</summary>
    private static string NameOf(NumberScan numbers, IReadOnlyList<UnitScan> units)
    {
        if (units is [{ Unit: "" }])
            return "";
        var named = units.Where(unit => unit.Unit.Length > 0).ToList();
        if (named.Count > 0 && named.All(unit => AreOfOneKind(unit.Unit, named[0].Unit)) && (named.Count > 1 || named[0].IsShortClock))
        {
            bool hasClocks = named.Any(unit => unit.IsShortClock);
            return hasClocks ? numbers.ClockUnit : named.MaxBy(unit => unit.Count)!.Unit;
        }
        // 5 Cr are 5 crore.
        if (units is [var only])
            return UnitScale.Ratio(only.Unit, "cr") == 1 ? "" : only.Unit;
        return named is [{ Factor: 1 } unit] ? unit.Unit : "";
    }

    private (NumberReading Reading, bool IsGuess, bool IsDecided) Decide(IReadOnlyList<UnitScan> units)
    {
        bool canPoint = true, canComma = true, isMoney = false;
        long points = 0, commas = 0;
        double largestUnmarked = 0;
        foreach (UnitScan unit in units)
        {
            canPoint &= unit.Point.Count == unit.Count;
            canComma &= unit.Comma.Count == unit.Count;
            isMoney |= unit.IsCurrency;
            points += unit.AmbiguousPointCount;
            commas += unit.AmbiguousCommaCount;
            largestUnmarked = Math.Max(largestUnmarked, unit.LargestUnmarked);
        }
        if (canPoint != canComma)
            return (canPoint ? NumberReading.Point : NumberReading.Comma, IsGuess: false, IsDecided: true);
        if (!canPoint || points > 0 && commas > 0)
            return (NumberReading.MixedMarks, IsGuess: false, IsDecided: false);
        if (points + commas == 0)
            return (NumberReading.Point, IsGuess: false, IsDecided: false);
        // 1.234 beside 987, but no 12.5, no 0.123 and no 1234: the mark stands where a number reaches a thousand.
        bool lookLikeThousands = largestUnmarked is >= 1 and < 1000;
        char mark = commas > 0 ? ',' : '.';
        if (TableMark != '\0')
        {
            return (TableMark == ',' ? NumberReading.Comma : NumberReading.Point, IsGuess: lookLikeThousands && mark == TableMark,
                IsDecided: false);
        }
        // No currency is written with three decimals; other numbers are as often as not.
        bool isKnown = isMoney || commas > 0 && separator == ',', groups = isKnown || lookLikeThousands;
        return (groups == commas > 0 ? NumberReading.Point : NumberReading.Comma, IsGuess: !isKnown, IsDecided: false);
    }
}
