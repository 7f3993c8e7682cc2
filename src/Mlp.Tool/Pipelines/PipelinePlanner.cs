using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Pipelines;

/// <summary>Plans the pipeline for a table from its description.</summary>
internal static class PipelinePlanner
{
    /// <summary>This many numbered columns of one name (px0, px1, ...) become one vector; fewer are easier to read as separate
    /// columns.</summary>
    public const int LeastColumnsOfVector = 10;

    // With more dates there would be more differences than dates are worth.
    private const int MostDatesOfDifferences = 4;

    // A picture has at least this many numbers, all of them whole and at most 255.
    private const int LeastPixels = 64;
    private const double LargestPixel = 255;

    /// <param name="table">With a label and at least one column to learn from.</param>
    /// <param name="split">Its column by the name in the file.</param>
    /// <param name="trainer">Its task and label column are filled in.</param>
    public static PipelinePlan Create(TableDescription table, SplitPlan split, TrainerPlan trainer)
    {
        LabelDescription label = table.Label ?? throw new ArgumentException("The table was inspected without a label.", nameof(table));
        bool hasClasses = ModelTask.Of(label.Task).HasClasses;
        var names = new ColumnNames();
        var inputs = new List<InputColumn>();
        foreach (IReadOnlyList<ColumnDescription> group in GroupFeatures(table.Columns))
        {
            string name = names.Add(group.Count > 1 ? PrefixOf(group[0].Name) : group[0].Name);
            InputKind kind = group[0].Kind switch
            {
                ColumnKind.Category => InputKind.Category,
                ColumnKind.Text => InputKind.Text,
                ColumnKind.Date => InputKind.Date,
                _ => InputKind.Number
            };
            bool isText = kind is InputKind.Category or InputKind.Text;
            NumberForm? form = kind == InputKind.Number ? group[0].NumberForm : null;
            inputs.Add(new InputColumn(
                name, kind, [.. group.Select(column => column.Name)], isText, group[0].DateForm, form, group[0].TextForm));
            foreach (DatePart part in group[0].DateParts)
            {
                string partName = names.Add($"{group[0].Name} ({part.ToString().ToLowerInvariant()})");
                inputs.Add(new InputColumn(
                    partName, InputKind.Date, [group[0].Name], IsText: part is DatePart.Weekday or DatePart.Month, Part: part));
            }
        }
        AddDifferences(table, inputs, names);
        string labelName = names.Add(label.Column.Name);
        InputColumn[] features = [.. inputs];
        inputs.Add(new InputColumn(labelName, InputKind.Label, [label.Column.Name], IsText: hasClasses,
            NumberForm: hasClasses ? null : label.Column.NumberForm, TextForm: label.Column.TextForm));
        if (table.Split is SplitDescription given)
        {
            string splitName = names.Add(given.Column.Name);
            inputs.Add(new InputColumn(splitName, InputKind.Split, [given.Column.Name], IsText: true));
            split = split with { Column = splitName, TrainValue = given.TrainValue, TestValue = given.TestValue };
        }

        if (split.TimeColumn is string time)
            split = split with { TimeColumn = FindDate(table, inputs, time) };

        if (hasClasses && trainer.Levels is { Count: > 1 } levels)
        {
            throw new ToolException(
                ExitCode.Usage,
                $"--intervals {string.Join(',', levels.Select(CSharp.Literal))}: sets of classes have one level, and column "
                    + $"'{label.Column.Name}' has classes. Give one level.");
        }
        trainer = trainer with { Task = label.Task, LabelColumn = labelName };
        string[] classes = OrderOf(label);
        return new PipelinePlan
        {
            Task = label.Task,
            Inputs = inputs,
            Classes = classes,
            Split = split,
            Trainer = trainer,
            Steps = CreateSteps(features, table, classes, trainer),
        };
    }

    /// <summary>ML.NET's name of a date column of the file.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    private static string FindDate(TableDescription table, List<InputColumn> inputs, string column)
    {
        InputColumn? found = inputs.Find(input => input is { Kind: InputKind.Date, Part: DatePart.Days }
            && input.Fields[0].Equals(column, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
            return found.Name;
        string[] dates = [.. table.Columns.Where(each => each.Kind == ColumnKind.Date).Select(each => each.Name)];
        string known = dates.Length == 0 ? "The table has none; --date makes a column one" : $"The table has {string.Join(", ", dates)}";
        throw new ToolException(ExitCode.Usage, $"--test-latest {column}: that is no column of dates. {known}.");
    }

    /// <summary>Adds the days between each two dates of a row: a network does not see a few days in days since 1970.</summary>
    private static void AddDifferences(TableDescription table, List<InputColumn> inputs, ColumnNames names)
    {
        string[] dates = [.. table.Columns.Where(column => column.Kind == ColumnKind.Date).Select(column => column.Name)];
        if (dates.Length > MostDatesOfDifferences)
            return;
        for (int later = 1; later < dates.Length; later++)
        {
            foreach (string since in dates[..later])
            {
                string name = names.Add($"{dates[later]} (days since {since})");
                inputs.Add(new InputColumn(name, InputKind.Date, [dates[later], since], IsText: false, Part: DatePart.DaysSince));
            }
        }
    }

    /// <summary>A table column by its name in the file.</summary>
    public static Dictionary<string, ColumnDescription> ByName(TableDescription table) => table.Columns.ToDictionary(column => column.Name);

    private static List<PipelineStep> CreateSteps(
        InputColumn[] features, TableDescription table, string[] classes, TrainerPlan trainer)
    {
        Dictionary<string, ColumnDescription> columns = ByName(table);
        InputColumn[] numbers = [.. features.Where(input => !input.IsText)];
        string[] categories = [.. features.Where(input => input.IsText && input.Kind != InputKind.Text).Select(input => input.Name)];
        string[] texts = [.. features.Where(input => input.Kind == InputKind.Text).Select(input => input.Name)];
        string[] pictures = [.. numbers.Where(input => IsPicture(input, columns)).Select(input => input.Name)];

        var steps = new List<PipelineStep>();
        if (pictures.Length > 0 && pictures.Length == numbers.Length)
            steps.Add(new PipelineStep.DivideByLargest(pictures));
        if (categories.Length > 0)
            steps.Add(new PipelineStep.OneHot(categories));
        foreach (string text in texts)
            steps.Add(new PipelineStep.Featurize(text));
        // Missing numbers stay NaN: the trainer learns from them, as it learns categories from the ranges that OneHotEncoding marks.
        steps.Add(new PipelineStep.Concatenate([.. numbers.Select(input => input.Name), .. categories, .. texts]));
        if (classes.Length > 0)
            steps.Add(new PipelineStep.MapLabel(trainer.LabelColumn, classes));
        steps.Add(new PipelineStep.TrainNetwork(trainer));
        if (trainer.Definition.PredictsKey)
            steps.Add(new PipelineStep.NamePredictedClass());
        return steps;
    }

    /// <summary>The classes by index; with two classes the positive one is last.</summary>
    private static string[] OrderOf(LabelDescription label) =>
        [.. label.Classes.OrderBy(item => item == label.PositiveClass).Select(item => item.Value)];

    private static bool IsPicture(InputColumn input, Dictionary<string, ColumnDescription> columns) =>
        input.Fields.Count >= LeastPixels
        && input.Fields.Select(field => columns[field])
        .All(column => column is { IsInteger: true, MissingCount: 0, Minimum: >= 0, Maximum: <= LargestPixel });

    /// <summary>The columns a model sees, in the order of the file; numbered ones of one name are together, at the position of the
    /// first.</summary>
    private static IEnumerable<IReadOnlyList<ColumnDescription>> GroupFeatures(IReadOnlyList<ColumnDescription> columns)
    {
        ColumnDescription[] features = [.. columns.Where(column => column.IsFeature)];
        ColumnDescription[][] vectors =
            [.. features.Where(IsNumbered).GroupBy(column => (PrefixOf(column.Name), column.NumberForm)).Select(group => group.ToArray())
            .Where(group => group.Length >= LeastColumnsOfVector)];
        HashSet<ColumnDescription> members = [.. vectors.SelectMany(vector => vector)];
        Dictionary<ColumnDescription, ColumnDescription[]> byFirst = vectors.ToDictionary(vector => vector[0]);
        foreach (ColumnDescription column in features)
        {
            if (byFirst.TryGetValue(column, out ColumnDescription[]? vector))
                yield return vector;
            else if (!members.Contains(column))
                yield return [column];
        }
    }

    private static bool IsNumbered(ColumnDescription column) =>
        column.Kind == ColumnKind.Number && PrefixOf(column.Name).Length > 0 && char.IsAsciiDigit(column.Name[^1]);

    /// <summary>px12 and px_12 begin with px.</summary>
    private static string PrefixOf(string name) => name.TrimEnd([.. "0123456789"]).TrimEnd('_', '-', '.', ' ');

    /// <summary>Gives every column of the schema a unique name.</summary>
    private sealed class ColumnNames
    {
        // Names of the columns that the pipeline itself adds.
        private readonly HashSet<string> _taken =
            [MLNetColumns.Features, MLNetColumns.Score, MLNetColumns.Probability, MLNetColumns.PredictedLabel];

        public string Add(string wanted)
        {
            string name = wanted;
            for (int number = 2; !_taken.Add(name); number++)
                name = $"{wanted}_{number}";
            return name;
        }
    }
}
