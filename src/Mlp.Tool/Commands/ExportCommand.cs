using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp export</c>: the network of a model → formats that others read.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A zip that mlp train, or ml.Model.Save, wrote." };
    private readonly Option<string?> _onnx =
        new("--onnx") { Description = "The network with its scaling, for ONNX runtimes. - is standard output.", HelpName = "model.onnx" };
    private readonly Option<string?> _safeTensors = new("--safetensors")
    {
        Description =
            "The weights alone, as PyTorch has them. - is standard output.",
        HelpName = "model.safetensors"
    };

    public ExportCommand() =>
        Definition = new Command("export", "Writes the network of a model in other formats.") { _model, _onnx, _safeTensors };

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string? onnxPath = result.GetValue(_onnx), safeTensorsPath = result.GetValue(_safeTensors);
        if (onnxPath is null && safeTensorsPath is null)
            throw new ToolException(
                ExitCode.Usage, "There is nothing to export to. Give --onnx model.onnx, --safetensors model.safetensors, or both.");
        string modelPath = result.GetValue(_model)!;
        OutputFile.Check("--onnx", onnxPath, [modelPath], []);
        OutputFile.Check("--safetensors", safeTensorsPath, [modelPath], [onnxPath]);
        terminal.LeaveOutputTo("--onnx", onnxPath);
        terminal.LeaveOutputTo("--safetensors", safeTensorsPath);
        var ml = new MLContext(seed: 1);
        using var file = InputFile.Open(modelPath, cancellationToken);
        var model = SavedModel.Load(ml, file);
        cancellationToken.ThrowIfCancellationRequested();

        document["model"] = model.Path;
        var written = new JsonObject();
        document["written"] = written;
        if (onnxPath is not null)
            Write("onnx", onnxPath, model.Network.Model.SaveAsOnnx);
        if (safeTensorsPath is not null)
            Write("safetensors", safeTensorsPath, stream => model.Network.Model.SaveSafeTensors(stream));

        string[] features = FeatureNames(model);
        document["features"] = Json.Texts(features);
        terminal.Detail(
            $"The network takes {Figures.Count(features.Length, "feature", "features")}; --json lists them in order. What turns a table "
                + $"into them stays in {model.Path}.");
        string[] texts = [.. model.Notes.Inputs.Where(input => input.Kind == InputKind.Text).Select(input => input.Fields[0])];
        if (onnxPath is not null && texts.Length > 0)
        {
            terminal.Warning(
                $"The words of {string.Join(", ", texts)} are found by FeaturizeText, which has no form in ONNX: who runs {onnxPath} has "
                    + "to find them in the same way, as ml.Model.Load does with the zip.");
        }
        return ExitCode.Success;

        void Write(string format, string path, Action<Stream> save)
        {
            OutputFile.Write(path, save);
            written[format] = path;
            terminal.Result($"Written: {path}{OutputFile.SizeOf(path)}");
        }
    }

    /// <summary>The names of the features; the index where a feature has no name.</summary>
    private static string[] FeatureNames(SavedModel model)
    {
        DataViewSchema.Column features = model.Transformer.GetOutputSchema(model.Schema)[model.Network.FeatureColumnName];
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (features.HasSlotNames())
            features.GetSlotNames(ref names);
        string[] given = [.. names.DenseValues().Select(name => name.ToString())];
        return [.. Enumerable.Range(0, model.Network.Model.InputCount)
            .Select(index => index < given.Length && given[index].Length > 0 ? given[index] : $"{index}")];
    }
}
