using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mlp.TestSupport;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Tests;

/// <summary>What <c>mlp train --code</c> writes compiles, runs on its own, and prints the metrics that <c>mlp train</c> printed.</summary>
public sealed class GeneratedProgramTests : IDisposable
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly TemporaryFolder _folder = new();

    [Trait("Speed", "Slow")]
    [Fact]
    public void BinaryTable_WithCategoriesAndMissingValues() =>
    AssertSameMetrics(Write(ExampleTables.Buyers()), "buys?", "--learning-rate", "0.01", "--batch-size", "16");

    [Trait("Speed", "Slow")]
    [Fact]
    public void MulticlassTable_WithAVectorAndASplitColumn()
    {
        string[] lines = ExampleTables.Flowers().TrimEnd('\n').Split('\n');
        AssertSameMetrics(Write(string.Join("\n", lines.Select(
            (line, row) => $"{line},{(row == 0 ? "use" : row % 3 == 0 ? "Test" : "Train")}")) + "\n"), "kind", "--split-column", "use");
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void MixedTable_WithTextsAndManyCategories() => AssertSameMetrics(Write(ExampleTables.Flights()), "late");

    [Fact]
    public void RegressionTable_WithDatesAndDecimalCommas()
    {
        AssertSameMetrics(Write(ExampleTables.Prices()), "price", "--layers", "16", "--networks", "2");
        // The program reads the table itself, however it is written.
        Assert.DoesNotContain("Program.data.csv", _folder.FileNames);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void CompressedTable_WithRowsWithoutLabel()
    {
        string path = _folder.PathOf("data.csv.gz");
        string text = "note,x,day,y\n" + string.Concat(Enumerable.Range(0, 80).Select(row =>
            $"\"a\n{row % 3}\",{row % 7}.5,0{1 + row % 9}/0{1 + row % 5}/2020,{(row % 9 == 4 ? "NA" : row % 7 > 3 ? "p" : "q")}\n"));
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text + "z,1.5,13/01/2020,p\n"));
        AssertSameMetrics(path, "y");
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void FolderOfPictures_BecomesATableBesideTheProgram()
    {
        PicturesTests.WriteFolder(_folder.PathOf("pictures"), trainCount: 40, testCount: 20);
        AssertSameMetrics(_folder.PathOf("pictures"), "label");
        Assert.Contains("Program.data.csv", _folder.FileNames);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void TableThatShips() => AssertSameMetrics(SampleTables.PathOf("diabetes.csv"), "label");

    [Trait("Speed", "Slow")]
    [Fact]
    public void HostileNames_AreLiterals()
    {
        string header = "\"a\"\"; Environment.Exit(9); //\",class,Row,\"x\\u0022\",é ü,1st,Features,Score,\"new\tline\",y\n";
        string rows = string.Concat(Enumerable.Range(0, 60).Select(row =>
            $"{row % 7}.5,{(row % 2 == 0 ? "\"in\"\"t\\\"" : "b")},{row % 5}.25,"
            + $"{row % 3}.5,{row % 11}.5,{row % 4}.5,{row % 6}.5,{row % 8}.5,{row % 9}.5,{(row % 7 > 3 ? "\"p\"\" \\\"" : "q{0}")}\n"));
        AssertSameMetrics(Write(header + rows), "y");
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        string path = _folder.PathOf("data.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private void AssertSameMetrics(string data, string label, params string[] more)
    {
        string program = _folder.PathOf("Program.cs");
        JsonElement document = ToolRun.Json(
            ["train", data, "--label", label, "--preset", "fast", "--epochs", "6", "--out", _folder.PathOf("model.zip"), "--code", program,
                .. more]);
        var expected = ToolRun.Metrics(document).ToDictionary(pair => pair.Key, pair => pair.Value.Value);

        string[] printed = Run(Compile(File.ReadAllText(program)));
        (string Name, string Title, string Format)[] definitions = document.GetProperty("table").GetProperty("label").GetProperty("task")
            .GetString() switch
        {
            "binary" => [.. BinaryModelTask.Metrics.Select(metric => (metric.Name, metric.Title, metric.Format))],
            "multiclass" => [.. MulticlassModelTask.Metrics.Select(metric => (metric.Name, metric.Title, metric.Format))],
            _ => [.. RegressionModelTask.Metrics.Select(metric => (metric.Name, metric.Title, metric.Format))],
        };
        Assert.Equal(
            definitions.Select(metric => $"{metric.Title} {expected[metric.Name].ToString(metric.Format, CultureInfo.InvariantCulture)}"),
            printed.Select(line => string.Join(" ", line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    private string Compile(string code)
    {
        string[] trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        // What a project has that refers to Mlp.MLNet and Mlp.Tables and no more: not the command itself.
        string[] references = [.. trusted.Where(path => Path.GetFileName(path) is not ("Mlp.Tool.dll" or "Mlp.Tool.Tests.dll"))];
        var compilation = CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string assembly = _folder.PathOf("Generated.dll");
        var result = compilation.Emit(assembly);
        Assert.True(
            result.Success, $"{string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error))}\n{code}");
        Assert.DoesNotContain(result.Diagnostics, found => found.Severity == DiagnosticSeverity.Warning);
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        foreach (string library in references.Where(path => Path.GetDirectoryName(path) == here))
            File.Copy(library, _folder.PathOf(Path.GetFileName(library)), overwrite: true);
        File.Copy(Path.Combine(here, "Mlp.Tool.Tests.runtimeconfig.json"), _folder.PathOf("Generated.runtimeconfig.json"), overwrite: true);
        return assembly;
    }

    private string[] Run(string assembly)
    {
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, WorkingDirectory = _folder.FullPath };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output.TrimEnd('\n').Split('\n');
    }
}
