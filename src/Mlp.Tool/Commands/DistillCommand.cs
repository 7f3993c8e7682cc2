using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Mlp.MLNet.Tasks;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp distill</c>: a model of several networks and rows like those of its training → a model of one.</summary>
internal sealed class DistillCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A zip that mlp train, or ml.Model.Save, wrote." };
    private readonly DataArguments _data = new(
        "A table with the columns that the model was trained on: its training data, or more rows like it. Labels are not looked at and "
            + "may be absent. - is standard input; several files are one table.");
    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The model of one network. - is standard output.",
        HelpName = "small.zip",
        Required = true,
    };
    private readonly Option<int?> _epochs = new("--epochs")
    {
        Description = "Passes over the rows [default: as mlp train].",
        HelpName = "count",
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Of the order of the rows.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };
    private readonly TableArguments _table = new();

    public DistillCommand()
    {
        Definition = new Command("distill", "Makes a model of one network, for services, from a model of several.") { _model };
        _data.AddTo(Definition);
        Definition.Add(_out);
        Definition.Add(_epochs);
        Definition.Add(_seed);
        _table.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string outPath = result.GetValue(_out)!, modelPath = result.GetValue(_model)!;
        int? epochs = result.GetValue(_epochs);
        if (epochs < 1)
            throw new ToolException(ExitCode.Usage, $"--epochs is {epochs}; it must be at least 1.");
        DataRequest request = _data.Read(result);
        OutputFile.Check("--out", outPath, [.. request.Paths, modelPath], []);
        terminal.LeaveOutputTo("--out", outPath);
        using var opened = new OpenedModel(modelPath, label: null, request, _table.Read(result), terminal, cancellationToken);
        (MLContext ml, SavedModel model) = (opened.Context, opened.Model);
        CheckNetworks(model);
        ModelTable table = opened.OpenTable(needsLabel: false);
        opened.WriteWarnings(table);

        ITransformer distilled;
        try
        {
            distilled = ml.Model.DistillMlp(model.Transformer, table.Data, epochs, result.GetValue(_seed), cancellationToken);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is null)
        {
            throw TrainerErrors.Of(exception);
        }
        int networkCount = model.Network.Model.Networks.Count;
        SavedModel.Save(ml, distilled, model.Schema, model.Notes, outPath);
        terminal.Result(
            $"Written: {OutputFile.NameOf(outPath)}{OutputFile.SizeOf(outPath)}, one network that predicts what {networkCount} of "
                + $"{model.Path} do. "
                + "mlp evaluate says how well.");
        document["model"] = model.Path;
        document["data"] = opened.DataPath;
        document["networks"] = networkCount;
        document["written"] = new JsonObject { ["model"] = outPath };
        return ExitCode.Success;
    }

    private static void CheckNetworks(SavedModel model)
    {
        if (model.Network.Model.Networks.Count == 1)
        {
            throw new ToolException(
                ExitCode.BadInput,
                $"'{model.Path}' has one network already; there is nothing to distill. Give a model of several, as mlp train writes it by "
                    + "default.");
        }
        if (model.Network.Model.Coverage != Coverage.None)
        {
            throw new ToolException(
                ExitCode.BadInput, $"'{model.Path}' predicts intervals or sets, whose promise holds for its networks together. Train it "
                    + "without --intervals to distill it.");
        }
    }
}
