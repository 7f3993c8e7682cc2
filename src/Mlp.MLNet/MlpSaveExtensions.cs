using Mlp;

namespace Microsoft.ML;

/// <summary>Saving models so that there is always a whole one.</summary>
public static class MlpSaveExtensions
{
    /// <summary>Writes what <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, string)"/> writes, in a way that a kill,
    /// a full disk or a loss of power cannot destroy the model that is there already.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">Any transformer, with or without a network.</param>
    /// <param name="inputSchema">Of the data that the model takes; null for none.</param>
    /// <param name="filePath">Of the zip. Links are followed; devices and pipes are written as streams (<see cref="FileTarget"/>).</param>
    /// <remarks>The zip is written under another name in the same folder, forced to the disk, and then renamed.
    /// <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, string)"/> empties the old file first.</remarks>
    /// <exception cref="IOException">It cannot be written. An older file is there as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <example><code>
    /// ml.Model.SaveAtomically(model, data.Schema, "model.zip");
    /// </code></example>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        Write(filePath, stream => catalog.Save(model, inputSchema, stream));
    }

    /// <inheritdoc cref="SaveAtomically(ModelOperationsCatalog, ITransformer, DataViewSchema?, string)"/>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">Any transformer; null for the loader alone.</param>
    /// <param name="loader">Saved with the model.</param>
    /// <param name="filePath">Of the zip.</param>
    public static void SaveAtomically<TSource>(
        this ModelOperationsCatalog catalog, ITransformer? model, IDataLoader<TSource> loader, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        Write(filePath, stream => catalog.Save(model, loader, stream));
    }

    /// <summary>A zip is not written in order, so that a pipe gets it when it is complete.</summary>
    private static void Write(string path, Action<Stream> save) => FileTarget.Write(path, stream =>
    {
        if (stream.CanSeek)
        {
            save(stream);
            return;
        }
        using var zip = new MemoryStream();
        save(zip);
        zip.WriteTo(stream);
    });
}
