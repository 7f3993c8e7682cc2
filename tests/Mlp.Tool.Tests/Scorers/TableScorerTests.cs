using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Mlp.Tables;
using Mlp.TestSupport;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Scorers;

/// <summary>Classes made of models of <c>mlp train</c> give the bits that the model gives for the same table, whatever its columns
/// are.</summary>
public sealed class TableScorerTests : IDisposable
{
    private const string Day = "yyyy-MM-dd HH:mm";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void NumbersCategoriesDatesAndSpellings()
    {
        var random = new Random(5);
        string[] colours = ["red", "Red", "green", "GREEN", "blue", ""], answers = ["yes", "no", "Ja", "nein", "true", "N"];
        DateTime Ordered(int row) => new DateTime(2023, 1, 1).AddMinutes(row * 1_234);
        DateTime Shipped(int row) => Ordered(row).AddHours(row % 90);
        string text = "age,colour,answer,ordered,shipped,price,y\n" + string.Concat(Enumerable.Range(0, 200).Select(row =>
        {
            int age = random.Next(18, 80);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(row % 9 == 4 ? "NA" : age)},{colours[row % colours.Length]},{answers[random.Next(answers.Length)]},"
                    + $"{Ordered(row).ToString(Day, CultureInfo.InvariantCulture)},"
                    + $"{(row % 10 == 3 ? "" : Shipped(row).ToString(Day, CultureInfo.InvariantCulture))},"
                    + $"\"{random.Next(9000):N0} EUR\",{(age > 40 ? "old" : "young")}\n");
        }));
        string data = Write(text);
        // What is joined, and what is derived, is part of the test.
        JsonElement trained = Train(data, "y");
        Assert.Contains(trained.GetProperty("table").GetProperty("columns").EnumerateArray(), column =>
            column.GetProperty("name").GetString() == "shipped" && column.GetProperty("kind").GetString() == "date");

        AssertSame(data, row =>
        [
            ("Ordered", Ordered(row)), ("Shipped", row % 10 == 3 ? null : Shipped(row)), ("Colour", $" {colours[row % colours.Length]}"),
        ]);
    }

    [Fact]
    public void VectorsAndSeveralClasses()
    {
        string data = Write(ExampleTables.Flowers());
        Train(data, "kind");
        AssertSame(data);
    }

    [Fact]
    public void TextsAndEmptyCells()
    {
        string data = Write(ExampleTables.Flights());
        Train(data, "late");
        AssertSame(data);
    }

    [Fact]
    public void DividedPictures()
    {
        var random = new Random(2);
        string data = Write(string.Join(',', Enumerable.Range(0, 64).Select(pixel => $"px{pixel}")) + ",digit\n" + string.Concat(
            Enumerable.Range(0, 120).Select(row =>
                string.Concat(Enumerable.Range(0, 64).Select(pixel => $"{(random.Next(3) + row % 3) * 40},")) + $"d{row % 3}\n")));
        Train(data, "digit");
        AssertSame(data);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        string path = _folder.PathOf("data.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private JsonElement Train(string data, string label) => ToolRun.Json(
        "train", data, "--label", label, "--preset", "fast", "--epochs", "2", "--threads", "1", "--out", _folder.PathOf("model.zip"));

    private void AssertSame(string data, Func<int, IEnumerable<(string, object?)>>? more = null)
    {
        var ml = new MLContext(seed: 1);
        using var file = InputFile.Open(_folder.PathOf("model.zip"), CancellationToken.None);
        var model = SavedModel.Load(ml, file);
        using var rows = InputFile.Open(data, CancellationToken.None);
        var table = ModelTable.Open(model, rows, new TableOptions(), splitColumn: null, needsLabel: false, CancellationToken.None);
        CompiledScorer.Of(_folder.PathOf("model.zip")).AssertSameAs(table.Data, model.Transformer, more);
    }
}
