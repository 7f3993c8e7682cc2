using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Scorers;

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

    private readonly Option<string?> _csharp = new("--csharp")
    {
        Description = "A class that scores as the pipeline does, without ML.NET; its weights are written beside it.",
        HelpName = "Model.cs",
    };
    private readonly Option<string?> _project = new("--project")
    {
        Description = "The same as a project in a folder of its own.",
        HelpName = "folder",
    };
    private readonly Option<bool> _usePackage = new("--use-package")
    {
        Description = "The class refers to the package Mlp.Scoring, instead of having a copy of it.",
    };
    private readonly Option<string> _namespace = new("--namespace")
    {
        Description = "Of the class.",
        HelpName = "name",
        DefaultValueFactory = _ => "Scorers",
    };

    private readonly Option<bool> _withoutIntervals = new("--without-intervals")
    {
        Description = "Leaves the intervals, or sets of classes, of a model that predicts them out of the class: a row takes less time.",
    };

    public ExportCommand() =>
        Definition = new Command("export", "Writes a model in other formats.")
        {
            _model, _onnx, _safeTensors, _csharp, _project, _usePackage, _namespace, _withoutIntervals,
        };

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string? onnxPath = result.GetValue(_onnx), safeTensorsPath = result.GetValue(_safeTensors);
        ScorerFiles[] scorers = ScorersOf(result);
        if (onnxPath is null && safeTensorsPath is null && scorers.Length == 0)
        {
            throw new ToolException(
                ExitCode.Usage,
                "There is nothing to export to. Give --onnx model.onnx, --safetensors model.safetensors, --csharp Model.cs or "
                    + "--project folder, or several of them.");
        }
        string modelPath = result.GetValue(_model)!;
        OutputFile.Check("--onnx", onnxPath, [modelPath], []);
        OutputFile.Check("--safetensors", safeTensorsPath, [modelPath], [onnxPath]);
        foreach (ScorerFiles scorer in scorers)
        {
            string option = scorer.Project is null ? "--csharp" : "--project";
            if (scorer.Project is null)
                OutputFile.Check(option, scorer.Source, [modelPath], [onnxPath, safeTensorsPath]);
            OutputFile.Check(option, scorer.Project is null ? scorer.Weights : null, [modelPath], [onnxPath, safeTensorsPath]);
        }
        terminal.LeaveOutputTo("--onnx", onnxPath);
        terminal.LeaveOutputTo("--safetensors", safeTensorsPath);
        var ml = new MLContext(seed: 1);
        using var file = InputFile.Open(modelPath, cancellationToken);
        var model = SavedModel.Load(ml, file, readsTables: false);
        cancellationToken.ThrowIfCancellationRequested();

        document["model"] = model.Path;
        var written = new JsonObject();
        document["written"] = written;
        if (onnxPath is not null)
            Write("onnx", onnxPath, model.Network.Model.SaveAsOnnx);
        if (safeTensorsPath is not null)
            Write("safetensors", safeTensorsPath, stream => model.Network.Model.SaveSafeTensors(stream));

        foreach (ScorerFiles scorer in scorers)
            WriteScorer(scorer);

        string[] features = FeatureNames(model);
        document["features"] = Json.Texts(features);
        if (onnxPath is null && safeTensorsPath is null)
            return ExitCode.Success;
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

        void WriteScorer(ScorerFiles files)
        {
            var plan = ScorerPlan.Create(
                model, files.Name, result.GetValue(_namespace)!, hasCoverage: !result.GetValue(_withoutIntervals));
            files.Write(plan, model.Path, result.GetValue(_usePackage));
            written[files.Project is null ? "csharp" : "project"] = files.Project ?? files.Source;
            foreach (string path in new[] { files.Source, files.Weights, files.Project }.OfType<string>())
                terminal.Result($"Written: {OutputFile.NameOf(path)}{OutputFile.SizeOf(path)}");
            if (files.Project is null)
            {
                string weights = System.IO.Path.GetFileName(files.Weights);
                terminal.Detail(
                    $"Add the weights to the project: <EmbeddedResource Include=\"{weights}\" LogicalName=\"{weights}\" />");
            }
        }

        void Write(string format, string path, Action<Stream> save)
        {
            OutputFile.Write(path, save);
            written[format] = path;
            terminal.Result($"Written: {OutputFile.NameOf(path)}{OutputFile.SizeOf(path)}");
        }
    }

    private ScorerFiles[] ScorersOf(ParseResult result)
    {
        string space = result.GetValue(_namespace)!;
        if (!space.Split('.').All(part => part.Length > 0 && CSharp.Identifier(part, []) == part))
        {
            throw new ToolException(
                ExitCode.Usage,
                $"--namespace {space}: it is one or more names with points between them, each of letters and digits and with a capital "
                    + "first: Shop.Models.");
        }
        return
        [
            .. result.GetValue(_csharp) is string path ? [ScorerFiles.OfClass(path)] : Array.Empty<ScorerFiles>(),
            .. result.GetValue(_project) is string folder ? [ScorerFiles.OfProject(folder)] : Array.Empty<ScorerFiles>(),
        ];
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
