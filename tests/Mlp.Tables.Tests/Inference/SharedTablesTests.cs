namespace Mlp.Tables.Tests.Inference;

public class SharedTablesTests
{
    public static TheoryData<string> Names => [.. SharedTables.All().Select(table => table.Name)];

    [SharedTablesTheory]
    [MemberData(nameof(Names))]
    public void Inspect_FindsWhatTheListSays_GivenTheLabelOnly(string name)
    {
        var expected = SharedTables.All().Single(table => table.Name == name);

        var table = TableFile.Inspect(expected.FullPath, new TableOptions { Label = "label" });

        Assert.Equal(',', table.Separator);
        Assert.True(table.HasHeader);
        Assert.Equal(expected.Rows, table.RowCount);
        Assert.Equal(expected.File.EndsWith(".gz", StringComparison.Ordinal), table.IsCompressed);
        Assert.Equal(expected.Task, table.Label!.Task.ToString().ToLowerInvariant());
        Assert.Equal((expected.Classes ?? []).Order(StringComparer.Ordinal),
            table.Label.Classes.Select(value => value.Value).Order(StringComparer.Ordinal));
        Assert.Equal((expected.Train, expected.Test), (table.SplitCandidate!.TrainCount, table.SplitCandidate.TestCount));
        Assert.Equal(expected.Categorical, NamesOf(table, ColumnKind.Category));
        // A pixel or pulse that never changes is left out.
        Assert.Equal(expected.Numeric, NamesOf(table, ColumnKind.Number, ColumnKind.Constant));
        Assert.Equal([table.SplitCandidate.Column.Name], NamesOf(table, ColumnKind.Ignored));
        Assert.DoesNotContain(table.Warnings, warning => warning.Code is "leaking-column" or "missing-label" or "nearly-number");
    }

    private static IEnumerable<string> NamesOf(TableDescription table, params ColumnKind[] kinds) =>
        table.Columns.Where(column => kinds.Contains(column.Kind)).Select(column => column.Name);
}
