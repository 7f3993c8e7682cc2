using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Mlp.Benchmarks.Tests.Quality;

/// <summary>A data folder with a table per task, in the form of the public ones; 120 rows to train on and 40 to test.</summary>
internal sealed class SmallSets : IDisposable
{
    public const int TrainCount = 120, TestCount = 40;

    public SmallSets()
    {
        Directory.CreateDirectory(Folder);
        var random = new Random(1);
        WriteTable("two.csv.gz", random, (x, isRed) => x + (isRed ? 1 : 0) > 0.5 ? "1" : "0");
        WriteTable("three.csv", random, (x, isRed) => isRed ? "red" : x > 0 ? "right" : "left");
        WriteTable("number.csv", random, (x, isRed) => (100 * x + (isRed ? 50 : 0)).ToString("F2", CultureInfo.InvariantCulture));
        File.WriteAllText(Path.Combine(Folder, "datasets.json"),
            $"[{Entry("two.csv.gz", "binary")},{Entry("three.csv", "multiclass")},{Entry("number.csv", "regression")}]");
        string models =
            """{"linear": {"accuracy": 0.7, "auc": 0.8, "log_loss": 0.5, "rmse": 20}, "hist_gb": {"accuracy": 0.6, "auc": 0.7, "log_loss": 0.6, "rmse": 25}}""";
        foreach (string file in (string[])["peers.json", "mlnet.json"])
            File.WriteAllText(
                Path.Combine(Folder,
                    file), $$$"""{"datasets": {"two": {"models": {{{models}}} }, "three": {"models": {{{models}}} }, "number": {"models": {{{models}}} } } }""");
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"quality-{Guid.NewGuid():N}");

    /// <summary>Adds the folder of mixed sets: "again", the table of two classes, and "said", texts of two classes.</summary>
    public void AddMixed()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "mixed")).FullName;
        File.Copy(Path.Combine(Folder, "two.csv.gz"), Path.Combine(folder, "again.csv.gz"));
        File.WriteAllText(Path.Combine(folder, "datasets.json"), $"[{Entry("again.csv.gz", "binary")}]");
        var text = new StringBuilder("Kind\tTitle\tBody\tsplit\n");
        for (int row = 0; row < TrainCount + TestCount; row++)
        {
            string kindAndTitle = row % 3 == 0 ? "question\thow, \"why\"" : "bug\tit fails";
            text.Append(CultureInfo.InvariantCulture, $"{kindAndTitle}\trow {row}\t{(row % 4 == 0 ? "test" : "train")}\n");
        }
        WriteText(Path.Combine(folder, "said.tsv.gz"), text.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Entry(string file, string task) =>
        $$"""{"name": "{{file.Split('.')[0]}}", "file": "{{file}}", "task": "{{task}}", "train": {{TrainCount}}, "test": {{TestCount}}, "numeric": ["x", "y"], "categorical": ["colour"], "missing_cells": 9, "notes": ""}""";

    /// <summary>The category between the numbers, some fields of each empty; every fourth row a test row.</summary>
    private void WriteTable(string file, Random random, Func<double, bool, string> label)
    {
        var text = new StringBuilder("x,colour,y,label,split\n");
        for (int row = 0; row < TrainCount + TestCount; row++)
        {
            double x = random.NextDouble() * 2 - 1;
            bool isRed = row % 3 == 0;
            string second = row % 20 == 7 ? "" : random.NextDouble().ToString("F3", CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{x:F3},{(row % 30 == 1 ? "" : isRed ? "red" : "blue")},{second},{label(x, isRed)},{(row % 4 == 0 ? "test" : "train")}\n");
        }
        WriteText(Path.Combine(Folder, file), text.ToString());
    }

    private static void WriteText(string path, string text)
    {
        using Stream stream = File.Create(path);
        using Stream target = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
        target.Write(Encoding.UTF8.GetBytes(text));
    }
}
