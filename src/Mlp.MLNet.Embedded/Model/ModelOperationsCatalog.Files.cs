using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class ModelOperationsCatalog
{
    // ML.NET's name, whatever the model is.
    private const string ModelDirectory = "TransformerChain";

    /// <summary>Writes a model, and the schema of the data it takes where one is given.</summary>
    public void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        Environment.CheckValue(stream, nameof(stream));
        using var repository = new RepositoryWriter(stream);
        ModelSaveContext.SaveModel(repository, model, ModelDirectory);
        if (inputSchema == null)
            return;

        // Of the saver and of the empty view it saves.
        UnusedHosts.Register(Environment, 2);
        repository.Add(SchemaEntry.Name, SchemaEntry.Write(inputSchema));
    }

    public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        Environment.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    /// <summary>Reads a model; the schema is null when it was saved without one.</summary>
    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Environment.CheckValue(stream, nameof(stream));
        using var repository = new RepositoryReader(stream, Environment);
        byte[]? schema = repository.ReadOrNull(SchemaEntry.Name);
        inputSchema = null!;
        if (schema != null)
        {
            // Of the loader.
            UnusedHosts.Register(Environment, 1);
            inputSchema = SchemaEntry.Read(schema);
        }

        if (!ModelLoadContext.LoadModelOrNull<ITransformer, SignatureLoadModel>(
            Environment, out ITransformer model, repository, ModelDirectory))
        {
            throw schema == null
                ? Environment.Except("Could not load legacy format model")
                : Environment.ExceptDecode("Corrupt model file");
        }

        return model;
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Environment.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }
}
