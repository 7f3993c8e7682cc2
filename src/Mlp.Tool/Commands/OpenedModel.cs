using Microsoft.ML;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary>The model that a command reads, and then the table for it; both stay open until the command ends.</summary>
internal sealed class OpenedModel : IDisposable
{
    private readonly DataRequest _request;
    private readonly TableOptions _options;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly ModelWarnings _warnings;
    private InputFile? _data;

    /// <param name="path">Of the zip.</param>
    /// <param name="label">The label's column, for a zip without notes; null for Label.</param>
    /// <param name="request">The table; not opened yet.</param>
    /// <param name="options">What the user said about it.</param>
    /// <param name="terminal">Gets what the model warns of.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">There is no such file, it is no model, or it is the table.</exception>
    public OpenedModel(
        string path, string? label, DataRequest request, TableOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        (_request, _options, _terminal, _cancellationToken) = (request, options, terminal, cancellationToken);
        InputFile.CheckOnlyOne(path, request.Paths);
        _warnings = ModelWarnings.Show(Context, terminal);
        File = InputFile.Open(path, cancellationToken);
        try
        {
            Model = SavedModel.Load(Context, File, label);
        }
        catch
        {
            File.Dispose();
            throw;
        }
    }

    public MLContext Context { get; } = new(seed: 1);

    public InputFile File { get; }

    public SavedModel Model { get; set; }

    /// <summary>What the user calls the table.</summary>
    public string DataPath => _data!.GivenPath;

    /// <summary>Opens the table for <see cref="Model"/>.</summary>
    /// <param name="needsLabel">Whether the label must be there.</param>
    /// <param name="splitColumn">A column that says train or test, or null.</param>
    /// <exception cref="TableException">The file is no table.</exception>
    /// <exception cref="ToolException">It does not have the model's columns.</exception>
    public ModelTable OpenTable(bool needsLabel, string? splitColumn = null)
    {
        _data = _request.Open(_options, _cancellationToken);
        _terminal.Rename(_data.Path, _data.Title);
        return ModelTable.Open(Model, _data, _options, splitColumn, needsLabel, _cancellationToken);
    }

    /// <summary>Says what the owner of the table should know; what it says, the model does not say again.</summary>
    public void WriteWarnings(ModelTable table)
    {
        table.WriteWarnings(_terminal);
        _warnings.KnowsOfMissing = table.WarnsOfMissing;
    }

    public void Dispose()
    {
        _data?.Dispose();
        File.Dispose();
    }
}
