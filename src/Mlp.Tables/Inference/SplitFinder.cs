using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Inference;

/// <summary>Recognizes the column that says which rows train and which test.</summary>
internal static class SplitFinder
{
    private const string Name = "split", Train = "train", Test = "test";

    /// <summary>Index of the column that the user named, or else of the one called split; -1 for none.</summary>
    /// <exception cref="TableException">There is no column of the name that the user gave.</exception>
    public static int FindColumn(ColumnNames names, TableOptions options)
    {
        if (options.SplitColumn is { } given)
            return names.Find(given, options.Names.SplitColumn);
        return names.Names.ToList().FindIndex(name => name.Equals(Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether its values are those of a split.</summary>
    public static bool IsSplit(ColumnScan column, LabelScan values) =>
        column.EmptyCount == 0 && values.Values.Count() == 2 && Find(values, Train) != null && Find(values, Test) != null;

    /// <summary>What it holds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="scan">What was counted in it.</param>
    /// <param name="values">Its values.</param>
    /// <param name="path">For messages.</param>
    /// <param name="options">How messages call the options.</param>
    /// <exception cref="TableException">It has other values than those of a split.</exception>
    public static SplitDescription Describe(ColumnDescription column, ColumnScan scan, LabelScan values, string path, OptionNames options)
    {
        if (values.MissingLines.Count > 0)
            throw Fail(path, column, values.MissingLines[0], $"the split column has no value. Fill in {Train} or {Test}");
        LabelClass? train = Find(values, Train), test = Find(values, Test);
        if (!IsSplit(scan, values) || train == null || test == null)
        {
            string has = TextExcerpt.List([.. values.Values.Select(value => value.Value)]);
            throw Fail(
                path, column, null,
                $"the split column must have the values {Train} and {Test}, but has {has}. Choose another {options.SplitColumn}, or none");
        }
        return new SplitDescription(column, train.Value, test.Value, train.Count, test.Count);
    }

    private static LabelClass? Find(LabelScan values, string value) =>
        values.Values.FirstOrDefault(found => found.Value.Equals(value, StringComparison.OrdinalIgnoreCase));

    private static TableException Fail(string path, ColumnDescription column, long? line, string what) =>
        new(path, $"{path}{(line == null ? "" : $", line {line:N0}")}, column '{column.Name}': {what}.", line, column.Name);
}
