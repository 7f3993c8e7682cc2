using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>Columns of a view, and where they lie in the file.</summary>
internal static class TableColumns
{
    /// <summary>All columns that something can be learnt from, the label and the split column, in the order of the file.</summary>
    public static IReadOnlyList<TableColumn> Of(TableDescription table)
    {
        return [.. table.Columns.Where(column => column.IsFeature || column.Kind is ColumnKind.Label or ColumnKind.Split).Select(Create)];

        TableColumn Create(ColumnDescription column) => column.Kind switch
        {
            ColumnKind.Date => TableColumn.Date(column.Name),
            ColumnKind.Number => TableColumn.Number(column.Name),
            ColumnKind.Label when table.Label!.Task == TableTask.Regression => TableColumn.Number(column.Name),
            _ => TableColumn.Text(column.Name),
        };
    }

    /// <summary>Options with the kinds of the file's columns, except the label and the split column, which have kinds of their
    /// own.</summary>
    public static TableOptions AddKinds(TableOptions options, IReadOnlyList<TableColumn> columns)
    {
        var kinds = new Dictionary<string, ColumnKind>(options.Kinds);
        var numbers = new Dictionary<string, NumberForm>(options.NumberForms);
        var dates = new Dictionary<string, DateForm>(options.DateForms);
        foreach (TableColumn column in columns)
        {
            foreach (string field in column.Fields.Where(field => field != options.Label && field != options.SplitColumn))
            {
                kinds[field] = column.Kind;
                if (column.NumberForm is { } form)
                    numbers[field] = form;
                if (column.DateForm != DateForm.None)
                    dates[field] = column.DateForm;
            }
        }
        return options with { Kinds = kinds, NumberForms = numbers, DateForms = dates };
    }

    /// <summary>Finds the columns in a file.</summary>
    /// <exception cref="ArgumentException">One is not there, is not what is asked for, or has the name of another.</exception>
    public static IReadOnlyList<ViewColumn> Resolve(TableDescription table, IReadOnlyList<TableColumn> columns)
    {
        var byName = table.Columns.ToDictionary(column => column.Name);
        var names = new HashSet<string>();
        foreach (TableColumn column in columns)
        {
            if (!names.Add(column.Name))
                throw new ArgumentException($"Two columns have the name '{column.Name}'. Give each a name of its own.", nameof(columns));
        }
        return [.. columns.Select(column =>
        {
            ColumnDescription[] fields = [.. column.Fields.Select(field => Find(column, field))];
            TextForm form = column.TextForm ?? fields.FirstOrDefault()?.TextForm ?? TextForm.AsWritten;
            return new ViewColumn(column.Name, column.Kind, fields, form, column.Part);
        })];

        ColumnDescription Find(TableColumn column, string field)
        {
            if (!byName.TryGetValue(field, out ColumnDescription? found))
            {
                string known = TextExcerpt.List([.. table.Columns.Select(each => each.Name)], count: 20);
                throw new ArgumentException(
                    $"{table.Path} has no column '{TextExcerpt.Of(field)}'. The columns are {known}.", nameof(columns));
            }
            bool isText = found.Kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Unreadable or ColumnKind.Split
                || found.Kind == ColumnKind.Label && !table.Label!.HasNumbers;
            bool fits = column.Kind switch
            {
                ColumnKind.Number => !isText && found.Kind != ColumnKind.Date,
                ColumnKind.Date => found.Kind == ColumnKind.Date,
                _ => true,
            };
            return fits ? found : throw new ArgumentException(
                $"Column '{TextExcerpt.Of(field)}' of {table.Path} is a {found.Kind.ToString().ToLowerInvariant()}, " +
                $"and is asked for as a {column.Kind.ToString().ToLowerInvariant()}. " +
                "Ask for it as what it is, or inspect the file with another kind for it.",
                nameof(columns));
        }
    }
}
