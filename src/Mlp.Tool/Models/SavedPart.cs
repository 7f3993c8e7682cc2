using Microsoft.ML;
using Mlp.MLNet;
using Mlp.MLNet.Parts;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>What a job with <c>--member</c> leaves, and the model of all of them.</summary>
internal static class SavedPart
{
    /// <summary>Writes a part, which has the zip of its model with the notes in it.</summary>
    /// <exception cref="ToolException">It cannot be written; nothing is left behind.</exception>
    public static void Save(
        MLContext ml, ITransformer transformer, MlpTransformerBase network, DataViewSchema schema, ModelNotes notes, string path)
    {
        using MemoryStream zip = SavedModel.ToZip(ml, transformer, schema, notes);
        OutputFile.Write(path, stream => network.WritePart(zip, stream));
    }

    /// <summary>Writes the model of all parts.</summary>
    /// <param name="parts">Are not trusted.</param>
    /// <param name="path">Of the model.</param>
    /// <exception cref="ToolException">They cannot be read, do not belong together, or the model cannot be written.</exception>
    public static JoinedParts Join(IReadOnlyList<InputFile> parts, string path)
    {
        if (parts.FirstOrDefault(part => !File.Exists(part.Path)) is { } missing)
            throw new ToolException(ExitCode.BadInput, $"There is no part '{missing.GivenPath}'. mlp train --member writes one.");
        try
        {
            return PartJoining.Join([.. parts.Select(part => part.Path)], save => OutputFile.Write(path, save));
        }
        catch (Exception exception) when (exception is ModelFileException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.BadInput, exception.Message, exception);
        }
    }
}
