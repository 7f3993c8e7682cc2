using Mlp;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Parts;

namespace Microsoft.ML;

/// <summary>An ensemble whose networks are trained by several processes, on one machine or many.</summary>
/// <remarks>
/// Each job fits the same pipeline on the same data with the same options and seed, but for <see cref="MlpOptions.Part"/>, and saves its
/// part. Joined, the parts are the model of one process, bit for bit: of the same fingerprint. What the model predicts with beside its
/// networks, such as the temperature, is found from all parts.
/// </remarks>
public static class MlpPartExtensions
{
    /// <summary>Saves what one job trained: its model, and what joins it with the others.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">A network that was fitted with <see cref="MlpOptions.Part"/>, or a chain with one.</param>
    /// <param name="inputSchema">Of the data that the model takes; null for none.</param>
    /// <param name="filePath">Of the part. It is written whole or not at all (<see cref="FileTarget"/>).</param>
    /// <exception cref="ArgumentException">There is no such network in the model, or it was loaded from a file, or its training was
    /// cancelled.</exception>
    /// <exception cref="IOException">It cannot be written. An older file is there as it was.</exception>
    /// <example><code>
    /// options.Part = new EnsemblePart(3, 5);
    /// var part = pipeline.Append(ml.BinaryClassification.Trainers.Mlp(options)).Fit(data);
    /// ml.Model.SaveMlpPart(part, data.Schema, "part3");
    /// </code></example>
    public static void SaveMlpPart(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        MlpTransformerBase network = TrainedModels.Find(model);
        network.CheckIsPart();
        using var zip = new MemoryStream();
        catalog.Save(model, inputSchema, zip);
        FileTarget.Write(filePath, stream => network.WritePart(zip, stream));
    }

    /// <summary>Makes one model of all parts of a training.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="partPaths">Files of <see cref="SaveMlpPart"/>, all parts of one training, in any order. They are not trusted.</param>
    /// <param name="filePath">Of the model, a zip that <c>ml.Model.Load</c> reads. It is written whole or not at all.</param>
    /// <exception cref="InvalidOperationException">Parts are missing, are there twice, or belong to several trainings; the message names
    /// them and what differs.</exception>
    /// <exception cref="ModelFileException">A file is no part, or damaged.</exception>
    /// <exception cref="IOException">A part cannot be read, or the model cannot be written.</exception>
    /// <example><code>
    /// ml.Model.JoinMlpParts(["part1", "part2", "part3", "part4", "part5"], "model.zip");
    /// ITransformer model = ml.Model.Load("model.zip", out DataViewSchema schema);
    /// </code></example>
    public static JoinedParts JoinMlpParts(this ModelOperationsCatalog catalog, IReadOnlyList<string> partPaths, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(partPaths);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        return PartJoining.Join(partPaths, save => FileTarget.Write(filePath, save));
    }
}
