using System.Text;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Decides from the values of the label whether they are classes or quantities.</summary>
/// <param name="path">For messages.</param>
/// <param name="place">How messages refer to the label's column.</param>
/// <param name="numbers">Knows how numbers are written.</param>
/// <param name="kinds">Checks that numbers can be read.</param>
/// <param name="options">How messages call the options.</param>
internal sealed class TaskFinder(string path, string place, NumberFinder numbers, KindFinder kinds, OptionNames options)
{
    /// <summary>A quantity has at least this many different values; with fewer, the values are classes.</summary>
    private const int FewestQuantities = 5;

    /// <summary>With more values than this, or fewer rows per value on average, the values are not classes.</summary>
    private const int MostClasses = 50, FewestRowsPerClass = 5;

    /// <summary>Finds the task and the classes.</summary>
    /// <param name="column">The label's column.</param>
    /// <param name="label">Its values.</param>
    /// <param name="given">The task that the user gave, or null.</param>
    /// <exception cref="TableException">The label does not fit the task, or has one value only.</exception>
    public (TableTask Task, string Reason, IReadOnlyList<LabelClass> Classes) Find(ColumnScan column, LabelScan label, TableTask? given)
    {
        var classes = SortClasses(column, label);
        if (column.NumberCount + column.TextCount == 0 && classes.Count == 0)
            throw Fail(null, $"the label is missing in every row. Choose another column with {options.Label}");
        if (classes.Count == 1 && !label.HasNoClasses)
        {
            throw Fail(
                null,
                $"the label is '{TextExcerpt.Of(classes[0].Value)}' in every row that has one, so there is nothing to tell apart. " +
                $"Choose another column with {options.Label}, or add rows of other classes");
        }
        return given switch
        {
            TableTask.Regression => (TableTask.Regression, $"{options.Task} says so.", CheckQuantities(column)),
            TableTask.Multiclass => (TableTask.Multiclass, $"{options.Task} says so.", CheckClasses(column, label, classes)),
            TableTask.Binary => (TableTask.Binary, $"{options.Task} says so.", CheckTwo(classes, label)),
            _ => Find(column, label, classes),
        };
    }

    /// <summary>With two classes, the positive one; null for the other tasks.</summary>
    /// <param name="task">As <see cref="Find(ColumnScan, LabelScan, TableTask?)"/> found it.</param>
    /// <param name="classes">In order.</param>
    /// <param name="form">Which spellings are one class.</param>
    /// <param name="given">The class that the user gave, or null.</param>
    /// <exception cref="TableException">The user gave a class that is none, or one for another task.</exception>
    public (LabelClass? Class, string Reason) FindPositive(TableTask task, IReadOnlyList<LabelClass> classes, TextForm form, string? given)
    {
        if (task != TableTask.Binary)
        {
            return given is null ? (null, "") : throw Fail(
                null,
                $"{options.PositiveClass} {TextExcerpt.Of(given)} says which of two classes counts, but the task is " +
                $"{task.ToString().ToLowerInvariant()}. Leave it out, or choose {options.OfTask(TableTask.Binary)}");
        }
        if (given is not null)
        {
            string wanted = TextForms.Apply(given, form);
            return (classes.FirstOrDefault(value => value.Value == wanted) ?? throw Fail(
                null,
                $"{options.PositiveClass} {TextExcerpt.Of(given)} is none of the label's classes, which are " +
                $"{TextExcerpt.Of(classes[0].Value)} and {TextExcerpt.Of(classes[1].Value)}. Give one of them"),
                $"{options.PositiveClass} says so");
        }
        return PositiveFinder.Find(classes[0], classes[1]);
    }

    private (TableTask Task, string Reason, IReadOnlyList<LabelClass> Classes) Find(
        ColumnScan column, LabelScan label, IReadOnlyList<LabelClass> classes)
    {
        if (!label.HasNoClasses && classes.Count == 2)
        {
            string reason = $"The label has two values, {TextExcerpt.Of(classes[0].Value)} and {TextExcerpt.Of(classes[1].Value)}.";
            return (TableTask.Binary, reason, classes);
        }
        if (!NumberFinder.HasOnlyNumbers(column))
            return (TableTask.Multiclass,
                $"The label is text with {classes.Count:N0} different values.", CheckClasses(column, label, classes));
        long rows = classes.Sum(value => value.Count);
        string? quantities = numbers.Find(column) is var counted && counted.IntegerCount < counted.Count
            ? "The label has numbers with fractions"
            : label.HasNoClasses || classes.Count > MostClasses ? $"The label has more than {MostClasses} different whole numbers"
            : rows < FewestRowsPerClass * classes.Count
                ? $"The label has {classes.Count} different whole numbers in {rows:N0} rows, too few rows for classes"
            : HasTails(classes, rows) ? "The label's whole numbers thin out towards the smallest and the largest, as quantities do"
            : null;
        if (quantities != null)
            return (TableTask.Regression,
                $"{quantities}; {options.OfTask(TableTask.Multiclass)} makes classes of them.", CheckQuantities(column));
        string found = $"The label has {classes.Count} different whole numbers, and the smallest or the largest is as frequent as others";
        return (TableTask.Multiclass, $"{found}; {options.OfTask(TableTask.Regression)} makes quantities of them.", classes);
    }

    /// <summary>Whether the smallest and the largest value are rare: less than half as frequent as the average. Measurements, ages and
    /// scores have such tails on both sides; numbers of classes begin with a frequent class, or their classes were collected in similar
    /// numbers.</summary>
    private static bool HasTails(IReadOnlyList<LabelClass> values, long rows) =>
        values.Count >= FewestQuantities && 2 * values[0].Count * values.Count < rows && 2 * values[^1].Count * values.Count < rows;

    /// <summary>The values that are classes, by number if all are numbers, else by text.</summary>
    private List<LabelClass> SortClasses(ColumnScan column, LabelScan label)
    {
        if (!NumberFinder.HasOnlyNumbers(column))
        {
            TextForm spelling = column.Spellings.Form;
            return [.. label.Values.GroupBy(value => TextForms.Apply(value.Value, spelling))
                .Select(group => new LabelClass(group.Key, group.Sum(value => value.Count)))
                .OrderBy(value => value.Value, StringComparer.Ordinal)];
        }
        NumberForm form = numbers.Find(column).Form;
        return [.. label.Values
            .Select(value => (Class: value, Value: NumberReader.Read(Encoding.UTF8.GetBytes(value.Value), form)))
            .Where(value => !double.IsNaN(value.Value))
            .OrderBy(value => value.Value).ThenBy(value => value.Class.Value, StringComparer.Ordinal)
            .Select(value => value.Class)];
    }

    private IReadOnlyList<LabelClass> CheckQuantities(ColumnScan column)
    {
        if (column.TextCount > 0 && KindFinder.IsDate(column))
            throw Date(column);
        if (column.Numbers.FirstNoNumber is { } first)
        {
            throw Fail(
                first.Line,
                $"'{first.Text}' is no number, but regression predicts numbers. " +
                $"Correct it, or choose {options.OfTask(TableTask.Multiclass)}");
        }
        kinds.CheckNumbers(column, form: null, place, "regression predicts numbers");
        NumberFinding found = numbers.Find(column);
        if (found.TooLargeCount > 0)
            throw Fail(null, $"{found.TooLargeCount:N0} values are beyond the range of a Single (3.4E38). Divide the label by a constant");
        if (found.Minimum == found.Maximum)
        {
            throw Fail(
                null,
                $"the label is {found.Minimum} in every row that has one, so there is nothing to predict. " +
                $"Choose another column with {options.Label}");
        }
        return [];
    }

    private IReadOnlyList<LabelClass> CheckClasses(ColumnScan column, LabelScan label, IReadOnlyList<LabelClass> classes)
    {
        bool isDate = column.TextCount > 0 && KindFinder.IsDate(column);
        if (isDate && (label.HasNoClasses || classes.Sum(value => value.Count) < FewestRowsPerClass * classes.Count))
            throw Date(column);
        if (label.HasNoClasses)
        {
            string first = column.FirstText == null ? "" : $", such as '{column.FirstText}' in line {column.FirstTextLine:N0}";
            throw Fail(
                column.FirstText == null ? null : column.FirstTextLine,
                $"the label has more than {TableLimits.Classes:N0} different values or very long ones{first}: these are no classes. " +
                $"Choose another column with {options.Label}");
        }
        long rows = classes.Sum(value => value.Count);
        if (classes.Count > 2 && classes.Count == rows)
        {
            throw Fail(
                null,
                $"the label has another value in each of {rows:N0} rows, so no class can be learned. " +
                $"Choose another column with {options.Label}");
        }
        return classes;
    }

    private TableException Date(ColumnScan column) => Fail(
        column.FirstTextLine,
        $"the label has dates such as {column.FirstText}, and a date cannot be predicted. Write a number in its place, such as the days " +
        $"since another date, or choose another column with {options.Label}");

    private IReadOnlyList<LabelClass> CheckTwo(IReadOnlyList<LabelClass> classes, LabelScan label)
    {
        if (classes.Count == 2 && !label.HasNoClasses)
            return classes;
        string found = label.HasNoClasses ? $"more than {TableLimits.Classes:N0}" : $"{classes.Count:N0}";
        string values = TextExcerpt.List([.. classes.Select(value => value.Value)]);
        throw Fail(
            null,
            $"{options.OfTask(TableTask.Binary)} needs two classes, but the label has {found} values: {values}. " +
            $"Choose {options.OfTask(TableTask.Multiclass)} or {options.OfTask(TableTask.Regression)}");
    }

    private TableException Fail(long? line, string what) =>
        new(path, line == null ? $"{path}, {place}: {what}." : $"{path}, line {line:N0}, {place}: {what}.", line, place);
}
