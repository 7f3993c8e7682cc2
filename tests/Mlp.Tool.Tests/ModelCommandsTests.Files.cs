using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <content>inspect and export, and zips that other programs wrote or that are no models.</content>
public sealed partial class ModelCommandsTests
{
    [Fact]
    public void Inspect_TellsInputsNetworksAndHistory()
    {
        JsonElement document = ToolRun.Json("inspect", _models.Buyers);
        Assert.Equal("binary", document.GetProperty("task").GetString());
        Assert.Equal("buys?", document.GetProperty("label").GetString());
        Assert.Equal(["age", "home country", "visits, last year", "class"], document.GetProperty("inputs").EnumerateArray()
            .Select(input => input.GetProperty("fields")[0].GetString()));
        // Age and visits; four countries and two classes.
        Assert.Equal(8, document.GetProperty("features").GetInt32());
        // Two of them are numbers and enter a second time, as three mixtures of 16 cosines each; age has an indicator and a learnt value
        // where it is missing. The countries and classes are learnt as four and two numbers a value, and so is an unknown one.
        Assert.Equal(
            2 * (16 + 16 + 3 * 16 + 3) + (9 + 2 * 3) * 128 + 128 + 128 + 1 + 1 + 4 * (4 + 1) + 2 * (2 + 1),
            document.GetProperty("parameters").GetInt64());
        Assert.Equal(1, document.GetProperty("networks").GetInt32());
        JsonElement training = Assert.Single(document.GetProperty("trainings").EnumerateArray());
        Assert.InRange(training.GetProperty("bestEpoch").GetInt32(), 1, training.GetProperty("epochs").GetInt32());
        Assert.InRange(document.GetProperty("singleRowMicroseconds").GetDouble(), 0.1, 1e5);
        Assert.InRange(document.GetProperty("batchedRowMicroseconds").GetDouble(), 0.01, 1e5);

        var run = ToolRun.Of("inspect", _models.Flowers);
        Assert.Matches("m1 ... m10 +10 numbers", run.Out);
        Assert.Contains("iris, rose, tulip", run.Out);
        Assert.Matches(@"\n +1 +\d+ +\d+ +0\.\d+ +0\.\d+ ", run.Out);
    }

    [Fact]
    public void Export_WritesOnnx()
    {
        string path = _folder.PathOf("model.onnx");
        JsonElement document = ToolRun.Json("export", _models.Flowers, "--onnx", path);
        Assert.Equal(path, document.GetProperty("written").GetProperty("onnx").GetString());
        Assert.Equal(10, document.GetProperty("features").GetArrayLength());
        // A ModelProto begins with the field ir_version, a varint.
        Assert.Equal(0x08, File.ReadAllBytes(path)[0]);
        Assert.Contains("--onnx", ToolRun.Fails(ExitCode.Usage, "export", _models.Flowers));
        Assert.DoesNotContain("FeaturizeText", ToolRun.Of("export", _models.Flowers, "--onnx", _folder.PathOf("flowers.onnx")).Error);
    }

    [Fact]
    public void Export_WritesSafeTensors()
    {
        string path = _folder.PathOf("model.safetensors");
        ToolRun.Json("export", _models.Prices, "--safetensors", path);
        byte[] file = File.ReadAllBytes(path);
        using var header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)));
        Assert.Equal([128, 1], ((string[])["0.weight", "2.weight"])
            .Select(name => header.RootElement.GetProperty(name).GetProperty("shape")[0].GetInt32()));
        Assert.Equal("F32", header.RootElement.GetProperty("embedding.weight").GetProperty("dtype").GetString());
    }

    [Fact]
    public void ZipOfAProgram_IsServedByItsSchema()
    {
        string data = Write("a,b,kind\n" + string.Concat(
            Enumerable.Range(0, 80).Select(row => $"{row % 9},{row % 5},{(row % 9 > 4 ? "big" : "small")}\n")));
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromTextFile(
            data, [new("a", DataKind.Single, 0), new("b", DataKind.Single, 1), new("kind", DataKind.String, 2)], ',', hasHeader: true);
        var model = ml.Transforms.Concatenate("Features", "a", "b").Append(ml.Transforms.Conversion.MapValueToKey("kind"))
            .Append(ml.BinaryClassification.Trainers.Mlp("kind", numberOfEpochs: 5, hiddenLayerSizes: [8])).Fit(rows);
        string zip = _folder.PathOf("program.zip");
        ml.Model.Save(model, rows.Schema, zip);

        JsonElement document = ToolRun.Json("evaluate", zip, data, "--label", "kind");
        Assert.Equal(80, document.GetProperty("rows").GetInt32());
        Assert.Contains("say with --label", ToolRun.Fails(ExitCode.BadInput, "evaluate", zip, data));
        Assert.False(ToolRun.Json("inspect", zip, "--label", "kind").GetProperty("isFromTool").GetBoolean());

        // It does not replace missing values: the middle stands for one where the training had none, and not in silence.
        string scored = _folder.PathOf("scored.csv");
        var run = ToolRun.Of("predict", zip, Write("a,b,kind\n1,2,small\n,3,big\n4,5,small\n"), "--label", "kind", "--out", scored);
        Assert.True(run.IsDone, run.Error);
        Assert.Contains("warning: Feature column 'Features' has a missing value in row 2 (slot 0, 'a', is NaN),", run.Error);
        Assert.Matches("^,3,big,(big|small),", File.ReadAllLines(scored)[2]);
    }

    [Fact]
    public void FilesThatAreNoModels_AreOneLine()
    {
        Assert.Contains("There is no model", ToolRun.Fails(ExitCode.BadInput, "inspect", _folder.PathOf("nosuch.zip")));
        Assert.Contains("is not a model that can be read", ToolRun.Fails(ExitCode.BadInput, "inspect", Write("no zip")));
        byte[] whole = File.ReadAllBytes(_models.Prices);
        string cut = _folder.PathOf("cut.zip");
        for (int part = 1; part < 8; part++)
        {
            File.WriteAllBytes(cut, whole[..(whole.Length * part / 8)]);
            Assert.Contains("is not a model that can be read", ToolRun.Fails(ExitCode.BadInput, "inspect", cut));
        }
    }

    [Theory]
    [InlineData(null, "{", "notes.json")]
    [InlineData(null, "null", "notes.json")]
    [InlineData(null, "{\"version\": 2}", "notes.json")]
    [InlineData("\"version\": 1", "\"version\": 2", "Its version is 2; this command reads version 1.")]
    [InlineData("\"task\": \"Regression\"", "\"task\": \"Guess\"", "notes.json")]
    [InlineData("\"task\": \"Regression\"", "\"task\": \"Binary\"", "classes that do not fit the task")]
    [InlineData("\"inputs\": [", "\"inputs\": [null,", "a null in a list")]
    [InlineData("\"kind\": \"Label\"", "\"kind\": \"Number\"", "not one label")]
    [InlineData("\"name\": \"area\"", "\"name\": \"room\"", "which its schema does not have")]
    [InlineData("\"dateForm\": \"YearFirst\"", "\"dateForm\": \"All\"", "a form of dates that there is not")]
    [InlineData("\"isText\": false", "\"isText\": true", "in its schema it is Single")]
    public void NotesThatAreWrong_AreOneLine(string? find, string replacement, string expected)
    {
        string zip = _folder.PathOf("changed.zip");
        File.Copy(_models.Prices, zip);
        using (ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Update))
        {
            ZipArchiveEntry entry = archive.GetEntry(SavedModel.NotesEntryName)!;
            string notes;
            using (var reader = new StreamReader(entry.Open()))
                notes = reader.ReadToEnd();
            Assert.True(find is null || notes.Contains(find, StringComparison.Ordinal), notes);
            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry(SavedModel.NotesEntryName).Open());
            writer.Write(find is null ? replacement : notes.Replace(find, replacement, StringComparison.Ordinal));
        }
        Assert.Contains(expected, ToolRun.Fails(ExitCode.BadInput, "predict", zip, _models.PricesData, "--out", _folder.PathOf("s.csv")));
    }
}
