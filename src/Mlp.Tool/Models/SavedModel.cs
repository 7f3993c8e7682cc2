using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Replay;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>A model and its zip.</summary>
internal sealed class SavedModel
{
    /// <summary>Entry of the zip with the <see cref="ModelNotes"/>.</summary>
    public const string NotesEntryName = "Mlp.Tool/notes.json";

    // A table of 100,000 columns has notes of some 10 MB.
    private const int LongestNotes = 64 * 1024 * 1024;

    private SavedModel(
        string path, ITransformer transformer, DataViewSchema schema, MlpTransformerBase network, ModelNotes notes, bool isFromTool)
    {
        (Path, Transformer, Schema, Network, Notes, IsFromTool) = (path, transformer, schema, network, notes, isFromTool);
    }

    public string Path { get; }

    public ITransformer Transformer { get; }

    /// <summary>The input schema of the model.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The step of the pipeline that predicts.</summary>
    public MlpTransformerBase Network { get; }

    public ModelNotes Notes { get; }

    /// <summary>Whether the zip has notes; if not, they were made from its schema.</summary>
    public bool IsFromTool { get; }

    /// <summary>Writes an ordinary ML.NET zip with one additional entry.</summary>
    /// <param name="ml">Writes.</param>
    /// <param name="transformer">The model.</param>
    /// <param name="schema">Of its input.</param>
    /// <param name="notes">Of it.</param>
    /// <param name="path">Where to.</param>
    /// <param name="memoryPlace">Where its memory goes; null where it has none, or loses it.</param>
    /// <exception cref="ToolException">It cannot be written; nothing is left behind.</exception>
    public static void Save(
        MLContext ml, ITransformer transformer, DataViewSchema schema, ModelNotes notes, string path, MlpReplayPlace? memoryPlace = null)
    {
        using MemoryStream file = ToZip(ml, transformer, schema, notes);
        if (memoryPlace is { } place && FindNetwork(transformer)?.ReplayMemory is { } memory)
            ReplayPlaces.Write(path, memory, place, file, OutputFile.Write);
        else
            OutputFile.Write(path, file.WriteTo);
    }

    /// <summary>The zip in memory, because adding the entry reads the zip again, and a pipe cannot be read again.</summary>
    public static MemoryStream ToZip(MLContext ml, ITransformer transformer, DataViewSchema schema, ModelNotes notes)
    {
        var file = new MemoryStream();
        ml.Model.Save(transformer, schema, file);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        using (Stream entry = zip.CreateEntry(NotesEntryName).Open())
            entry.Write(notes.ToJson());
        return file;
    }

    /// <summary>Reads a zip that this command, or a program with ML.NET, saved. It is not trusted.</summary>
    /// <param name="ml">Reads.</param>
    /// <param name="file">The zip.</param>
    /// <param name="label">The label's column, for a zip without notes; null for "Label".</param>
    /// <param name="readsTables">Whether the model is going to read tables, which have numbers and texts alone.</param>
    /// <exception cref="ToolException">It is not there, damaged, or has no network.</exception>
    public static SavedModel Load(MLContext ml, InputFile file, string? label = null, bool readsTables = true)
    {
        string path = file.GivenPath;
        if (!File.Exists(file.Path))
            throw new ToolException(ExitCode.BadInput, $"There is no model '{path}'. mlp train writes one.");
        ITransformer transformer;
        DataViewSchema? schema;
        ModelNotes? notes;
        try
        {
            notes = ReadNotes(file.Path);
            transformer = ml.Model.Load(file.Path, out schema);
        }
        // ML.NET throws exceptions of many types for damaged content. The zip is the user's input, so none of them is an error of the
        // command.
        catch (Exception exception) when (exception is not (OutOfMemoryException or ToolException))
        {
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            if (!IsZip(file.Path))
            {
                throw new ToolException(
                    ExitCode.BadInput,
                    $"'{path}' is not a model that can be read: it is no zip, as models are. If it is a table, mlp train trains a model on "
                        + "it, and says first how it reads it.", exception);
            }
            throw new ToolException(
                ExitCode.BadInput,
                $"'{path}' is not a model that can be read: {FirstLine(cause.Message)} Train it again, or copy it again from "
                    + "where it works.", exception);
        }
        if (FindNetwork(transformer) is not MlpTransformerBase network)
        {
            throw new ToolException(
                ExitCode.BadInput,
                $"'{path}' has no network of Mlp.MLNet in it: it was trained by something else. This command serves models of mlp train "
                    + "and of Mlp.MLNet's trainers.");
        }
        if (schema is null)
            throw new ToolException(
                ExitCode.BadInput,
                $"'{path}' does not say which columns it takes. Save it with the schema of its data: ml.Model.Save(model, "
                    + "data.Schema, path).");
        ModelNotes known = notes
            ?? (readsTables ? NotesOfSchema.Create(path, transformer, schema, network, label) : NotesOfSchema.OfNoColumns(network));
        CheckColumns(path, schema, known);
        return new SavedModel(path, transformer, schema, network, known, notes is not null);
    }

    /// <summary>Whether a file begins as zips do.</summary>
    private static bool IsZip(string path)
    {
        using FileStream file = File.OpenRead(path);
        return file.ReadByte() == 'P' && file.ReadByte() == 'K';
    }

    /// <summary>This model with the memory of its training.</summary>
    public SavedModel With(MlpReplayMemory memory)
    {
        ITransformer transformer = TrainedModels.Remember(Transformer, memory);
        return new SavedModel(Path, transformer, Schema, TrainedModels.Find(transformer), Notes, IsFromTool);
    }

    private static ModelNotes? ReadNotes(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        if (zip.GetEntry(NotesEntryName) is not ZipArchiveEntry entry)
            return null;
        if (entry.Length > LongestNotes)
            throw new InvalidDataException($"Its entry {NotesEntryName} unpacks to {entry.Length:N0} bytes, more than notes have.");
        // The length that the entry states is not trusted either.
        byte[] json = new byte[entry.Length];
        using Stream stream = entry.Open();
        int count = stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
        try
        {
            return ModelNotes.Parse(json.AsSpan(0, count));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Its entry {NotesEntryName} is not as this command writes it. {exception.Message}", exception);
        }
    }

    private static void CheckColumns(string path, DataViewSchema schema, ModelNotes notes)
    {
        foreach (InputColumn input in notes.Inputs)
        {
            if (schema.GetColumnOrNull(input.Name) is not DataViewSchema.Column column)
                throw new ToolException(
                    ExitCode.BadInput,
                    $"'{path}' has notes about a column '{input.Name}', which its schema does not have. The zip was put together from "
                        + "two models; train it again.");
            DataViewType expected = input.IsVector ? new VectorDataViewType(NumberDataViewType.Single, input.Fields.Count)
                : input.IsText ? TextDataViewType.Instance : NumberDataViewType.Single;
            if (!column.Type.Equals(expected))
                throw new ToolException(
                    ExitCode.BadInput,
                    $"'{path}' has notes in which column '{input.Name}' is {expected}; in its schema it is {column.Type}. The zip was "
                        + "put together from two models; train it again.");
        }
    }

    private static MlpTransformerBase? FindNetwork(ITransformer transformer) => transformer switch
    {
        MlpTransformerBase network => network,
        IEnumerable<ITransformer> chain => chain.Reverse().Select(FindNetwork).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string FirstLine(string message)
    {
        string line = message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
