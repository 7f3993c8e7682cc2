namespace Microsoft.ML;

/// <summary>Model files from places that are not trusted.</summary>
public static class MlpModelExtensions
{
    /// <summary>Reads a model as ml.Model.Load does; one that cannot be read ends in one type of exception.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="path">Of the file.</param>
    /// <param name="inputSchema">What the model was saved with; null when it was saved without.</param>
    /// <exception cref="FormatException">The file is damaged, or no model of ML.NET's, or one that needs an assembly which is not there.
    /// The inner exception is what ML.NET threw, which may be of any type.</exception>
    /// <exception cref="IOException">The file cannot be opened or read, or an entry of it cannot be unpacked; or another exception of
    /// <see cref="File.OpenRead"/>.</exception>
    /// <remarks>
    /// It bounds neither the time that ML.NET takes for a damaged input schema nor the space that it unpacks entries to: see SECURITY.md.
    /// </remarks>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, string path, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using FileStream file = File.OpenRead(path);
        return catalog.LoadChecked(file, out inputSchema);
    }

    /// <inheritdoc cref="LoadChecked(ModelOperationsCatalog, string, out DataViewSchema)"/>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="stream">A model zip; seekable, read from its start; not closed.</param>
    /// <param name="inputSchema">What the model was saved with; null when it was saved without.</param>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return catalog.Load(stream, out inputSchema);
        }
        // ML.NET's readers check little, so that damage may end in any exception; this one is of the disk.
        catch (Exception exception) when (exception.GetType() != typeof(IOException))
        {
            string cause = exception.GetBaseException().Message;
            throw new FormatException(
                $"The model file cannot be read: {cause.TrimEnd('.')}. It is damaged or no model of ML.NET's; save or transfer it again.",
                exception);
        }
    }
}
