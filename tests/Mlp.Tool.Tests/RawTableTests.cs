using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>Six tables as people keep them, in <c>RawTables</c>: what the command makes of each column, and how good the model is. They
/// were made up by a rule each, so that there is something to find in all but the last.</summary>
public sealed class RawTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The file, its label, what the columns are (of some why, in brackets), the metric, its observed value and the least that it
    /// may be.</summary>
    public static TheoryData<string, string, string, string, double, double> Tables => new()
    {
        // Windows-1252, money as in Germany, brackets for minus, post codes with a zero in front.
        {
            "invoices.csv", "Tage bis Zahlung",
            "Rechnung Nr.: identifier; PLZ: category (zeros in front); Rechnungsdatum: date (days, weekday and month); "
                + "Betrag: number (€, with a decimal comma); Skonto: number (percent); Saldo: number (brackets for minus); "
                + "Mahnung: category; Bemerkung: category",
            "rSquared", 0.976, 0.93
        },
        // Dollars and cents, units, months as dates.
        {
            "houses.csv", "price",
            "id: identifier; sold: date (Aug-2019, which give days and month); zip: category (zeros in front); area: number (sq ft, with "
                + "marks); lot: number (acres); built: number; garage: category; remarks: category",
            "rSquared", 0.991, 0.95
        },
        // Dates as 20141013T000000, times of day, durations, miles among kilometres, 118 aircraft, twelve spellings of yes and no.
        {
            "flights.csv", "delayed",
            "flight_id: identifier; date: date (days, weekday and month); tailnum: category; carrier: category; departs: number (07:50, in "
                + "hours); duration: number (in hours, min converted); distance: number (km, mi converted); seats: number",
            "accuracy", 0.80, 0.72
        },
        // Tabs, seconds since 1970, short texts that half repeat, sentences.
        {
            "messages.tsv", "queue",
            "ticket: identifier; opened: date (seconds since 1970); subject: category; message: text",
            "accuracy", 1, 0.95
        },
        // UTF-16, laps as m:ss, apostrophes between thousands, percent above 100, months among years, milliseconds since 1970.
        {
            "races.csv", "Punkte",
            "Startnr: identifier; Läufer: identifier; start_time: date (milliseconds since 1970); Runde: number (in minutes); Total: "
                + "number (in minutes, h converted); Höhe: number (in m, with marks); Steigung: number (percent); Beitrag: number (CHF); "
                + "Erfahrung: number (Jahre, Monate converted)",
            "rSquared", 0.995, 0.97
        },
        // Nothing to find.
        {
            "noise.csv", "churned",
            "id: identifier; store_code: category (zeros in front); signup: date; amount: number ($, with brackets for minus); change: "
                + "number (percent); city: category",
            "accuracy", 0.5, 0
        },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Train_RawTable_ReadsEachColumn_AndLearns(
        string file, string label, string columns, string metric, double observed, double least)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "RawTables", file), model = _folder.PathOf("model.zip");
        bool isNoise = least == 0;

        var run = ToolRun.Of("train", path, "--label", label, "--preset", "fast", "--out", model, "--json");

        Assert.Equal(isNoise ? ExitCode.NoBetterThanGuess : ExitCode.Success, run.ExitCode);
        JsonElement document = JsonDocument.Parse(run.Out).RootElement;
        var found = document.GetProperty("table").GetProperty("columns").EnumerateArray().ToDictionary(
            column => column.GetProperty("name").GetString()!,
            column => (Kind: column.GetProperty("kind").GetString(), Reason: column.GetProperty("reason").GetString()!));
        string[] expected = columns.Split("; ");
        Assert.Equal(expected.Length + 1, found.Count);
        foreach (string column in expected)
        {
            string[] parts = column.Split(": ", 2), kind = parts[1].Split(" (", 2);
            Assert.Equal((parts[0], kind[0]), (parts[0], found[parts[0]].Kind));
            if (kind.Length > 1)
                Assert.Contains(kind[1][..^1], found[parts[0]].Reason);
        }
        Assert.Equal("label", found[label].Kind);
        double value = ToolRun.Metrics(document)[metric].Value;
        Assert.True(isNoise || value >= least, $"{metric} is {value:F3}; observed {observed}.");

        // The rows it was trained on are read the same way again.
        string scored = _folder.PathOf("scored.csv");
        var predicted = ToolRun.Of("predict", model, path, "--out", scored);
        Assert.True(predicted.IsDone, predicted.Error);
        Assert.DoesNotContain("missing", predicted.Error);
        Assert.Equal(document.GetProperty("table").GetProperty("rows").GetInt32() + 1, File.ReadLines(scored).Count());
    }

    [Fact]
    public void Train_SpellingsOfYes_AreOneClass_AndThePositiveOne()
    {
        JsonElement label = ToolRun.Json(
            "train", Path.Combine(AppContext.BaseDirectory, "RawTables", "flights.csv"), "-l", "delayed", "--preset", "fast", "--epochs",
            "2", "--out", _folder.PathOf("model.zip")).GetProperty("table").GetProperty("label");

        Assert.Equal(("binary", "yes"), (label.GetProperty("task").GetString(), label.GetProperty("positiveClass").GetString()));
        Assert.Equal(2, label.GetProperty("classes").GetArrayLength());
    }
}
