namespace Mlp.Tables.Tests.Inference;

public sealed class WarningTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_OrdinaryTable_GivesNone()
    {
        Assert.DoesNotContain(Warnings("x,k,y", i => $"{i * 37 % 101}.5,{"abc"[i % 3]},{i * i % 2}", rows: 202), warning =>
            warning.Code != "duplicate-rows");
    }

    [Theory]
    [InlineData("constant-column", "c")]
    [InlineData("duplicate-column", "x,copy")]
    [InlineData("left-out-column", "id,day")]
    [InlineData("leaking-column", "leak")]
    [InlineData("mostly-missing", "gaps")]
    [InlineData("nearly-number", "typo")]
    [InlineData("rare-class", "y")]
    [InlineData("infinite", "big")]
    [InlineData("ambiguous-date", "day")]
    public void Inspect_NamesTheColumns(string code, string columns)
    {
        var warnings = Warnings("x,copy,c,id,leak,gaps,typo,big,day,y", i =>
        {
            string label = i < 3 ? "rare" : i % 2 == 0 ? "a" : "b";
            string gaps = i % 3 == 0 ? $"{i % 5}" : "", typo = i == 40 ? "oops" : $"{i % 9}", big = i == 7 ? "1e99" : $"{i % 8}";
            string day = $"0{1 + i % 9}/0{1 + i % 7}/2020";
            return $"{i * 37 % 101}.5,{i * 37 % 101}.5,7,user{i},code-{label},{gaps},{typo},{big},{day},{label}";
        });

        var warning = Assert.Single(warnings, warning => warning.Code == code);
        Assert.Equal(columns.Split(','), warning.Columns);
        Assert.EndsWith(".", warning.Message);
    }

    [Fact]
    public void Inspect_NumberThatFollowsTheLabel_Leaks()
    {
        var warning = Assert.Single(Warnings("x,cents,y", i => $"{i * 37 % 101}.5,{i * i}00,{i * i}.00", rows: 120), warning =>
            warning.Code == "leaking-column");

        Assert.Equal(["cents"], warning.Columns);
        Assert.Contains("correlation is 1.00000", warning.Message);
    }

    [Theory]
    [InlineData("n", "~{0}", true)]
    [InlineData("stars", "{0}/50", true)]
    [InlineData("age", "{0}-99", true)]
    [InlineData("height", "5'{0}\"\"", false)]
    [InlineData("phone", "030-{0}", false)]
    [InlineData("n", "a{0}", false)]
    [InlineData("n", "{0}", false)]
    public void Inspect_NumbersWithAMark_AreSaid(string name, string form, bool isSaid)
    {
        IReadOnlyList<TableWarning> warnings = Warnings(
            $"x,{name},y", i => $"{i * 37 % 101}.5,\"{form.Replace("{0}", $"{10 + i * 7 % 30}")}\",{i % 2}");

        Assert.Equal(isSaid, warnings.Any(warning => warning.Code == "digits-in-text" && warning.Columns[0] == name));
    }

    [Fact]
    public void Inspect_OneRowOfTotals_IsNoLeak_AndHidesNone()
    {
        // The last row sums up the others, and has nearly all of the variance.
        IReadOnlyList<TableWarning> warnings = Warnings("x,city,leak,y", i => i == 240
            ? "1,Total,Total,99999" : $"{i * 37 % 101}.5,c{i % 6},k{i % 8},{i % 8 * 10}.{i % 2}", rows: 241);

        Assert.Equal(["leak"], Assert.Single(warnings, warning => warning.Code == "leaking-column").Columns);
    }

    [Fact]
    public void Inspect_UniqueFeatureBesideUniqueLabel_DoesNotLeak()
    {
        Assert.DoesNotContain(Warnings("x,y", i => $"{i * 37 % 101}.5,{i * 53 % 103}.25", rows: 100), warning =>
            warning.Code == "leaking-column");
    }

    [Fact]
    public void Inspect_CategoryWhoseValuesGoWithOneClass_Leaks()
    {
        // Twelve wards, the first three of which have the rare class.
        var warning = Assert.Single(Warnings("x,ward,y", i => $"{i * 37 % 101}.5,w{i % 12},{(i % 12 < 3 ? "ill" : "well")}", rows: 120),
            warning => warning.Code == "leaking-column");
        Assert.Equal(["ward"], warning.Columns);
        Assert.Contains("each of its 12 values goes with one class.", warning.Message);

        // One row in which a ward has the other class.
        AssertNoLeak(i => $"{i * 37 % 101}.5,w{i % 12},{(i % 12 < 3 || i == 119 ? "ill" : "well")}");
        // The rows of the rare class have a ward each: a chance.
        AssertNoLeak(i => $"{i * 37 % 101}.5,{(i % 40 == 0 ? $"v{i}" : $"w{i % 3}")},{(i % 40 == 0 ? "ill" : "well")}");
        // Few rows a value.
        AssertNoLeak(i => $"{i * 37 % 101}.5,w{i / 3},{(i / 3 % 4 == 0 ? "ill" : "well")}");
        // Not given up, although every ward is new at first.
        Assert.Contains(
            Warnings("x,ward,y", i => $"{i * 37 % 101}.5,w{i % 40},{(i % 40 < 3 ? "ill" : "well")}", rows: 240),
            warning => warning.Code == "leaking-column");

        void AssertNoLeak(Func<int, string> row) =>
            Assert.DoesNotContain(Warnings("x,ward,y", row, rows: 120), warning => warning.Code == "leaking-column");
    }

    [Fact]
    public void Inspect_CategoryWhoseValuesExplainTheNumber_Leaks()
    {
        // Two models a number.
        var warning = Assert.Single(
            Warnings("x,model,y", i => $"{i * 37 % 101}.5,m{i % 24},{i % 12 * (i % 12)}.25", rows: 240, TableTask.Regression),
            warning => warning.Code == "leaking-column");
        Assert.Equal(["model"], warning.Columns);
        Assert.Contains("its values explain 100.000 % of the label's variance.", warning.Message);

        Assert.DoesNotContain(
            Warnings("x,model,y", i => $"{i * 37 % 101}.5,m{i % 24},{i % 12 * (i % 12) + i % 5}.25", rows: 240, TableTask.Regression),
            warning => warning.Code == "leaking-column");
    }

    [Fact]
    public void Inspect_EqualRows_AreCounted()
    {
        var warning = Assert.Single(Warnings("x,y", i => $"{i % 90}.5,{i % 90 % 2}", rows: 120), warning =>
            warning.Code == "duplicate-rows");

        Assert.Contains("30 of 120 rows repeat an earlier one", warning.Message);
    }

    [Fact]
    public void Inspect_MissingLabelsAndFewRows_AreSaid()
    {
        var warnings = Warnings("x,y", i => $"{i * 37 % 101}.5,{(i == 5 ? "" : i % 2)}", rows: 20).ToList();

        Assert.Contains("1 of 20 rows have no label, first in line 7",
            Assert.Single(warnings, warning => warning.Code == "missing-label").Message);
        Assert.Contains("19 rows with a label", Assert.Single(warnings, warning => warning.Code == "few-rows").Message);
    }

    [Fact]
    public void Inspect_ManyCategories_AreSaid_WhereTheOptionsWantThem()
    {
        string text = "x,k\n" + string.Concat(Enumerable.Range(0, 1500).Select(i => $"{i % 7}.5,k{i}\n"));

        var table = _folder.Inspect(text, new TableOptions { Kinds = TableFolder.Kinds(("k", ColumnKind.Category)) });

        Assert.Contains(
            "1,500 categories, nearly as many as rows; ",
            Assert.Single(table.Warnings, warning => warning.Code == "many-categories").Message);
    }

    private IReadOnlyList<TableWarning> Warnings(string header, Func<int, string> row, int rows = 110, TableTask? task = null) =>
        _folder.Inspect(header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\n")),
            new TableOptions { Label = "y", Task = task }).Warnings;
}
