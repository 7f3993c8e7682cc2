using Microsoft.ML.Data;

namespace Mlp.Tables.Tests.Inference;

public sealed class SpellingTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_WordsForYesAndNo_AreTwoClasses()
    {
        TableDescription table = Labels(["TRUE", "true", "Y", "yes", "ja", "oui", "1", "nein", "no", "F"]);

        Assert.Equal(TableTask.Binary, table.Label!.Task);
        Assert.Equal([("no", 30), ("yes", 70)], table.Label.Classes.Select(item => (item.Value, item.Count)));
        Assert.Equal(("yes", "it means yes"), (table.Label.PositiveClass!.Value, table.Label.PositiveReason));
        Assert.Equal(
            ["yes", "yes", "yes", "yes", "yes", "yes", "yes", "no", "no", "no"], TableFile.Load(table).GetColumn<string>("y").Take(10));
        var warning = Assert.Single(table.Warnings, warning => warning.Code == "joined-spellings");
        Assert.Contains("TRUE, true, Y, yes, ja and 2 more are yes; nein, no, F are no", warning.Message);
    }

    [Fact]
    public void Inspect_ClassesThatDifferByCapitals_AreOne()
    {
        TableDescription table = Labels(["Rose", "rose", "ROSE", "Tulip", "iris"]);

        Assert.Equal(["iris", "rose", "tulip"], table.Label!.Classes.Select(item => item.Value));
        Assert.Contains("Rose and rose", Assert.Single(table.Warnings, warning => warning.Code == "joined-spellings").Message);
        Assert.Equal(3, table.Label.Column.DistinctCount);
    }

    [Fact]
    public void Inspect_ClassesInOneSpelling_StayAsTheyAre()
    {
        Assert.Equal(["False", "True"], Labels(["True", "False"]).Label!.Classes.Select(item => item.Value));
        Assert.Equal(["Rose", "Tulip"], Labels(["Rose", "Tulip"]).Label!.Classes.Select(item => item.Value));
        Assert.Equal(["maybe", "no", "yes"], Labels(["yes", "no", "maybe"]).Label!.Classes.Select(item => item.Value));
        // Letters of both cases, as those of handwriting, are classes of their own.
        Assert.Equal(24, Labels([.. "abcdefghijklABCDEFGHIJKL".Select(letter => $"{letter}")]).Label!.Classes.Count);
        Assert.Equal(2, Labels(["m", "M", "f", "F"]).Label!.Classes.Count);
    }

    [Theory]
    [InlineData("O,S,N", "N,O,S")]
    [InlineData("Y,J,N", "J,N,Y")]
    [InlineData("N,S,NE", "N,NE,S")]
    [InlineData("pos,neg,0", "0,neg,pos")]
    [InlineData("+,-,0", "+,-,0")]
    [InlineData("yes,no,-", "-,no,yes")]
    [InlineData("positive,negative,-1,0", "-1,0,negative,positive")]
    [InlineData("y,yes,no", "no,yes")]
    [InlineData("yes,no,N", "no,yes")]
    [InlineData("T,true,F", "no,yes")]
    [InlineData("Y,N,1,0", "no,yes")]
    [InlineData("pos,+,neg", "no,yes")]
    [InlineData("Y,y,N,n", "n,y")]
    public void Inspect_LettersAndSigns_AreSpellingsOnlyBesideTheirWords(string values, string classes)
    {
        LabelDescription label = Labels(values.Split(',')).Label!;

        Assert.Equal(classes.Split(','), label.Classes.Select(item => item.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Inspect_TaskOfSeveralClasses_KeepsWordsForYes()
    {
        TableDescription table = Labels(["yes", "ja", "no"], new TableOptions { Task = TableTask.Multiclass });

        Assert.Equal(["ja", "no", "yes"], table.Label!.Classes.Select(item => item.Value));
        Assert.Equal(TextForm.AsWritten, table.Label.Column.TextForm);
    }

    [Theory]
    [InlineData("nein", "ja", "ja")]
    [InlineData("non", "oui", "oui")]
    [InlineData("Yes", "No", "Yes")]
    [InlineData("N", "S", "S")]
    [InlineData("J", "N", "J")]
    [InlineData("0", "1", "1")]
    [InlineData("1", "-1", "1")]
    [InlineData("neg", "pos", "pos")]
    [InlineData("нет", "да", "да")]
    [InlineData("いいえ", "はい", "はい")]
    [InlineData("spam", "not spam", "spam")]
    [InlineData("churn", "no_churn", "churn")]
    [InlineData("unchecked", "checked", "checked")]
    [InlineData("inactive", "active", "active")]
    // Neither means yes: the rarer one, which is the first here.
    [InlineData("zebra", "ape", "zebra")]
    [InlineData("ape", "zebra", "ape")]
    [InlineData("1", "2", "1")]
    [InlineData("2", "1", "2")]
    [InlineData("S", "M", "S")]
    public void Inspect_PositiveClass_MeansYes_OrIsTheRarerOne(string rare, string frequent, string positive)
    {
        Assert.Equal(positive, Labels([rare, frequent, frequent]).Label!.PositiveClass!.Value);
    }

    [Fact]
    public void Inspect_PositiveClassFromTheOptions_MayBeAnySpelling()
    {
        Assert.Equal("no", Labels(["TRUE", "true", "F", "nein"], positive: "nein").Label!.PositiveClass!.Value);
        Assert.Equal("ape", Labels(["ape", "zebra", "zebra", "ape", "ape"], positive: "ape").Label!.PositiveClass!.Value);
    }

    [Fact]
    public void Inspect_CategoriesInSeveralSpellings_AreJoined_UnlessTheUserSaysCategory()
    {
        string[] values = ["Red", "red", "green", "Red", "red", "green"];

        ColumnDescription column = _folder.Column(values);

        Assert.Equal((ColumnKind.Category, TextForm.IgnoreCase, 2), (column.Kind, column.TextForm, column.DistinctCount));
        var options = new TableOptions { Kinds = TableFolder.Kinds(("x", ColumnKind.Category)) };
        Assert.Equal((TextForm.AsWritten, 3), (_folder.Column(values, options).TextForm, _folder.Column(values, options).DistinctCount));
        Assert.Equal(TextForm.YesNo, _folder.Column(["Y", "yes", "0", "no", "Y", "yes"]).TextForm);
        Assert.Equal(ColumnKind.Number, _folder.Column(["0", "1", "1", "0"]).Kind);
    }

    [Fact]
    public void Load_TextFormOfAnEarlierTable_JoinsTheSame()
    {
        string path = _folder.Write("n,x\n1,RED\n2,Blue\n");

        Assert.Equal(["red", "blue"],
            TableFile.Load(path, columns: [TableColumn.Text("x", form: TextForm.IgnoreCase)]).GetColumn<string>("x").ToArray());
    }

    private TableDescription Labels(string[] values, string? positive = null) =>
        Labels(values, new TableOptions { PositiveClass = positive });

    private TableDescription Labels(string[] values, TableOptions options)
    {
        string text = "n,y\n" + string.Concat(Enumerable.Range(0, 10 * values.Length).Select(i =>
            $"{i * 7 % 11}.5,{values[i % values.Length]}\n"));
        return _folder.Inspect(text, options with { Label = "y" });
    }
}
